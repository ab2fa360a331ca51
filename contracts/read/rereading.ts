import { isFunctionDeclaration, isIdentifier, isVariableDeclaration, type Node } from 'typescript/ast'
import type { OperationModel } from '../model.ts'
import { readRpcTree } from './app-file.ts'
import { type Ask, type Compiler, type CompilerSymbol, together } from './compiler.ts'
import { joinTypes, type LastingTypes, lastingTypes } from './lasting-types.ts'
import { importersOf, type ModuleGraph, reachedFrom } from './module-graph.ts'
import type { Modules } from './modules.ts'
import type { OperationNames } from './operation-names.ts'
import { readOperation } from './operations.ts'
import type { ShapeReader } from './shapes.ts'
import type { AppSurroundings } from './surroundings.ts'
import { sourceOfSymbol, type Wired } from './wired.ts'
import type { Wiring } from './wiring.ts'

/** What was found in an app, kept so that after an edit only what it touches has to be read again. */
export interface Reading {
  readonly graph: ModuleGraph
  readonly wired: readonly Wired[]
  readonly names: readonly OperationNames[]
  readonly modules: Modules
  readonly surroundings: AppSurroundings
  /** The operations, one for each that is wired, with lasting keys in their shapes. */
  readonly operations: readonly OperationModel[]
  readonly types: LastingTypes
  /** Where the RPC tree holds modules; absent when only the compiler can tell what is wired. */
  readonly places: Places | undefined
}

/** The files behind the wiring of an app. */
export interface Places {
  readonly modules: readonly { readonly prefix: string; readonly file: string }[]
  readonly surroundings: readonly string[]
}

/** The files that a wiring speaks of; nothing when what it names as functions is something else. */
export function* placesOf(compiler: Compiler, wiring: Wiring, wired: readonly Wired[]): Ask<Places | undefined> {
  const operations = new Set(wired.map(({ rpcName }) => rpcName))
  if (!wiring.functions.every((name) => operations.has(name)) || !wired.every(isPlain)) return undefined
  const files = yield* together(wiring.modules.map(({ specifier }) => fileOf(compiler, specifier)))
  const surroundings = yield* together(wiring.surroundings.map((specifier) => fileOf(compiler, specifier)))
  const modules = wiring.modules.map(({ prefix }, index) => ({ prefix, file: files[index] ?? '' }))
  return files.every(Boolean) && surroundings.every(Boolean)
    ? { modules, surroundings: surroundings.filter((file) => file !== undefined) }
    : undefined
}

/** The files whose operations an edit can have touched; nothing when it can have touched the wiring itself. */
export function touchedFiles(
  reading: Reading,
  changed: readonly string[],
  app: string,
): ReadonlySet<string> | undefined {
  const { graph, places } = reading
  const around = places && reachedFrom([app, ...places.surroundings], new Map([...graph.imports, [app, []]]))
  if (!around || changed.some((file) => around.has(file))) return undefined
  return reachedFrom(changed, importersOf(graph))
}

/** Operations that were read again, by their positions. Their types are all read when the batch has ended. */
export interface Reread {
  readonly wired: ReadonlyMap<number, Wired>
  readonly operations: readonly OperationModel[]
}

/** Reads the operations of some files again; nothing when they are not those of before. */
export function* readAgain(
  reader: ShapeReader,
  { wired, names, modules, surroundings, places }: Reading,
  touched: ReadonlySet<string>,
): Ask<Reread | undefined> {
  const rewired = yield* rewire(reader.compiler, wired, places?.modules ?? [], touched)
  if (!rewired) return undefined
  const { middleware } = surroundings
  const asks = [...rewired].map(([index, one]) =>
    readOperation(reader, one, { modules, middleware, names: names[index] }),
  )
  const operations = (yield* together(asks)).filter((operation) => operation !== undefined)
  return operations.length === rewired.size ? { wired: rewired, operations } : undefined
}

/** An earlier reading with what was read again; nothing where the two cannot be put together. */
export function joinReadings(
  reading: Reading,
  { wired, operations }: Reread,
  { registry }: ShapeReader,
): Reading | undefined {
  const later = lastingTypes(operations, registry)
  const kept = reading.operations.filter((_, index) => !wired.has(index))
  const types = later.isExact ? joinTypes(kept, reading.types, later.types) : undefined
  if (!types) return undefined
  const fresh = new Map([...wired.keys()].map((index, position) => [index, later.operations[position]]))
  return {
    ...reading,
    wired: reading.wired.map((one, index) => wired.get(index) ?? one),
    operations: reading.operations.map((operation, index) => fresh.get(index) ?? operation),
    types,
  }
}

/** The functions of some files as they are now, by their position; nothing when there are others than before. */
function* rewire(
  compiler: Compiler,
  known: readonly Wired[],
  modules: Places['modules'],
  touched: ReadonlySet<string>,
): Ask<Map<number, Wired> | undefined> {
  const inTree = new Map<string, CompilerSymbol>()
  const again = modules.filter(({ file }) => touched.has(file))
  const found = yield* together(again.map(({ prefix, file }) => leavesOf(compiler, file, prefix)))
  for (const [at, { prefix }] of again.entries()) {
    const leaves = found[at] ?? []
    const before = known.flatMap(({ rpcName }) => (rpcName?.startsWith(prefix) ? [rpcName] : []))
    if (leaves.map(({ name }) => name).join() !== before.join()) return undefined
    for (const { name, symbol } of leaves) inTree.set(name, symbol)
  }
  const indices = known.flatMap((wired, index) => (touched.has(sourceFileOf(wired)) ? [index] : []))
  const fresh = yield* together(indices.map((index) => rewireOne(compiler, known[index], inTree)))
  const rewired = indices.flatMap((index, position) => {
    const wired = fresh[position]
    return wired ? [[index, wired] as const] : []
  })
  return rewired.length === indices.length ? new Map(rewired) : undefined
}

function* leavesOf(compiler: Compiler, file: string, prefix: string): Ask<{ name: string; symbol: CompilerSymbol }[]> {
  const module = yield* compiler.checker.getSymbolOfSourceFile.gen(file)
  if (!module) return []
  return yield* readRpcTree(compiler, yield* compiler.checker.getTypeOfSymbol.gen(module), prefix)
}

function* rewireOne(
  compiler: Compiler,
  before: Wired | undefined,
  inTree: ReadonlyMap<string, CompilerSymbol>,
): Ask<Wired | undefined> {
  if (!before) return undefined
  const symbol =
    inTree.get(before.rpcName ?? '') ?? (yield* exportOf(compiler, sourceFileOf(before), before.exportName))
  const source = symbol && (yield* sourceOfSymbol(compiler, symbol))
  if (!source) return undefined
  const wired = { ...before, source, type: yield* compiler.checker.getTypeOfSymbol.gen(symbol) }
  return isPlain(wired) && sourceFileOf(wired) === sourceFileOf(before) ? wired : undefined
}

function* exportOf(compiler: Compiler, file: string, name: string): Ask<CompilerSymbol | undefined> {
  const module = yield* compiler.checker.getSymbolOfSourceFile.gen(file)
  const exports = module ? yield* compiler.checker.getExportsOfModule.gen(module) : []
  return exports.find((symbol) => symbol.name === name)
}

function* fileOf(compiler: Compiler, specifier: Node): Ask<string | undefined> {
  const module = yield* compiler.checker.getSymbolAtLocation.gen(specifier)
  return (yield* compiler.declarationOf(module))?.getSourceFile().fileName
}

function sourceFileOf({ source }: Wired): string {
  return source.declaration.getSourceFile().fileName
}

/** Whether a function is what a module declares at its top under the name that the contract has for it. */
function isPlain({ source, exportName }: Wired): boolean {
  const { declaration } = source
  if (isFunctionDeclaration(declaration))
    return declaration.name?.text === exportName && isSourceFile(declaration.parent)
  if (!isVariableDeclaration(declaration) || !isSourceFile(declaration.parent.parent.parent)) return false
  return isIdentifier(declaration.name) && declaration.name.text === exportName
}

function isSourceFile(node: Node): boolean {
  return node === node.getSourceFile()
}
