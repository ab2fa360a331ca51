// The baseline: TypeScript 6 in one process walks the types of a Pikku app, as its generator does, and writes what it
// found as JSON. `node typescript-6.mjs <app folder> <output file> [--errors] [--edits <rounds>]`
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript-6'

/**
 * Opens the app's program.
 * @param {string} folder
 */
function openApp(folder) {
  const file = join(folder, 'tsconfig.json')
  const { config } = ts.readConfigFile(file, ts.sys.readFile)
  const { fileNames, options } = ts.parseJsonConfigFileContent(config, ts.sys, folder)
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile
  /** @type {Map<string, ts.SourceFile | undefined>} */
  const files = new Map()
  host.getSourceFile = (name, ...rest) => {
    if (!files.has(name)) files.set(name, read(name, ...rest))
    return files.get(name)
  }
  let program = ts.createProgram(fileNames, options, host)
  return {
    entry: join(folder, 'src/app.ts'),
    program: () => program,
    /** @param {string} changed */
    update(changed) {
      files.delete(changed)
      program = ts.createProgram(fileNames, options, host, program)
    },
  }
}

/**
 * Reads the functions of the app, or of one file of it.
 * @param {ts.Program} program
 * @param {string} entry
 * @param {string} [only]
 */
function readApp(program, entry, only) {
  const checker = program.getTypeChecker()
  const walk = createWalker(checker)
  const source = program.getSourceFile(entry)
  const exported = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .find(({ name }) => name === 'default')
  const definition = propertyType(checker, checker.getTypeOfSymbol(exported), 'definition')
  /** @type {Record<string, unknown>} */
  const operations = {}
  for (const module of propertyType(checker, definition, 'rpc').getProperties()) {
    for (const symbol of checker.getTypeOfSymbol(module).getProperties()) {
      if (only && symbol.declarations?.[0]?.getSourceFile().fileName !== only) continue
      const type = checker.getTypeOfSymbol(symbol)
      const [signature] = type.getCallSignatures()
      if (!signature) continue
      const [, input] = signature.getParameters()
      const options = type.getProperty('options')
      operations[`${module.name}.${symbol.name}`] = {
        description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        input: input && walk.shape(checker.getTypeOfSymbol(input)),
        output: walk.shape(unwrap(checker, signature.getReturnType())),
        errors: options && readErrors(checker, walk, checker.getTypeOfSymbol(options)),
      }
    }
  }
  return { operations, types: Object.fromEntries(walk.named) }
}

/** What a promise or a generator gives. */
function unwrap(checker, type) {
  const name = type.symbol?.name
  if (name !== 'Promise' && name !== 'AsyncGenerator') return type
  return checker.getTypeArguments(type)[0] ?? type
}

function readErrors(checker, walk, options) {
  const errors = options.getProperty('errors')
  if (!errors) return []
  return checker.getTypeArguments(checker.getTypeOfSymbol(errors)).map((type) => {
    const instance = type.getConstructSignatures()[0].getReturnType()
    return {
      code: checker.typeToString(propertyType(checker, type, 'code')),
      data: walk.shape(propertyType(checker, instance, 'data')),
    }
  })
}

function propertyType(checker, type, name) {
  return checker.getTypeOfSymbol(type.getProperty(name))
}

/** Turns types into plain shapes, each named type once. */
function createWalker(checker) {
  /** @type {Map<string, unknown>} */
  const named = new Map()
  const nameOf = (type) => {
    const symbol = type.aliasSymbol ?? (type.flags & ts.TypeFlags.Object ? type.symbol : undefined)
    if (!symbol || symbol.name.startsWith('__')) return undefined
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation)
  }
  const shape = (type) => {
    const name = nameOf(type)
    if (type.symbol?.name === 'Date') return { kind: 'date' }
    if (!name || checker.isArrayLikeType(type)) return structure(type)
    if (!named.has(name)) {
      named.set(name, undefined)
      named.set(name, structure(type))
    }
    return { kind: 'ref', name }
  }
  const structure = (type) => {
    const { flags } = type
    if (flags & ts.TypeFlags.String) return { kind: 'string' }
    if (flags & ts.TypeFlags.Number) return { kind: 'number' }
    if (flags & ts.TypeFlags.Boolean) return { kind: 'boolean' }
    if (flags & ts.TypeFlags.Null) return { kind: 'null' }
    if (flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void)) return { kind: 'undefined' }
    if (type.isLiteral()) return { kind: 'literal', value: type.value }
    if (flags & ts.TypeFlags.BooleanLiteral) return { kind: 'literal', value: checker.typeToString(type) === 'true' }
    if (type.isUnion()) return { kind: 'union', members: type.types.map(shape) }
    if (checker.isTupleType(type)) return { kind: 'tuple', items: checker.getTypeArguments(type).map(shape) }
    if (checker.isArrayType(type)) return { kind: 'array', items: shape(checker.getTypeArguments(type)[0]) }
    const index = checker.getIndexInfosOfType(type)[0]
    return {
      kind: 'object',
      properties: checker.getPropertiesOfType(type).map((symbol) => ({
        name: symbol.name,
        optional: Boolean(symbol.flags & ts.SymbolFlags.Optional),
        shape: shape(checker.getTypeOfSymbol(symbol)),
        description: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        tags: symbol.getJsDocTags(checker).map(({ name, text }) => [name, ts.displayPartsToString(text)]),
      })),
      index: index && { key: shape(index.keyType), value: shape(index.type) },
    }
  }
  return { named, shape }
}

/** @param {ts.Program} program */
function countErrors(program) {
  return program.getSyntacticDiagnostics().length + program.getSemanticDiagnostics().length
}

const [folder, output, ...flags] = process.argv.slice(2)
const withErrors = flags.includes('--errors')
const rounds = flags.includes('--edits') ? Number(flags[flags.indexOf('--edits') + 1]) : 0
const app = openApp(folder)
const model = readApp(app.program(), app.entry)
writeFileSync(output, JSON.stringify(model))
const errors = withErrors ? countErrors(app.program()) : 0
if (errors) throw new Error(`The app has ${errors} type errors.`)
const edited = join(folder, 'src/functions/albums.ts')
const before = readFileSync(edited, 'utf8')
const times = []
for (let round = 0; round < rounds; round++) {
  writeFileSync(edited, before.replace('createdAt: Date', `createdAt: Date\n  edited${round}?: string`))
  const start = performance.now()
  app.update(edited)
  const { operations } = readApp(app.program(), app.entry, edited)
  if (withErrors) countErrors(app.program())
  writeFileSync(output, JSON.stringify(operations))
  times.push(performance.now() - start)
}
if (rounds) writeFileSync(edited, before)
console.log(JSON.stringify(times))
