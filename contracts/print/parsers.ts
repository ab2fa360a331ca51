import type { AppModel, NamedType } from '../model.ts'
import type { Shape } from '../shape.ts'
import { arrangementsOf } from './arrangements.ts'
import { groupsOf } from './groups.ts'
import type { KeptModules, TypeMarks } from './kept.ts'
import { FunctionBody } from './parsers-body.ts'
import type { Direction, ParserContext } from './parsers-context.ts'
import { misfits } from './parsers-leaf.ts'
import { ParserModule, type ParserStep, parsersFolder } from './parsers-module.ts'
import { ShapeWriter } from './parsers-shape.ts'
import { isChoice, writeUnion } from './parsers-union.ts'
import { refsOf } from './parts.ts'
import { type OperationPlace, outputWords, type Places, place, schemasOf, sharedFile } from './places.ts'
import { commentText, pascalCase } from './text.ts'
import type { Arranged } from './union.ts'
import { leadsToUserSchema } from './user-schemas.ts'

/** The functions of one operation, by name; they stand in one file. */
export interface ParserPlace {
  /** `parsers/todos.ts` */
  readonly file: string
  readonly input?: string
  readonly output?: string
  /** The data of its errors, by code. */
  readonly errors: ReadonlyMap<string, string>
}

/** Where the parsers of an operation stand, given where its schemas do. */
export function parserPlace({ file, input, output, errors }: OperationPlace): ParserPlace {
  return {
    file: `${parsersFolder}/${file}`,
    ...(input === undefined ? {} : { input: functionName('decode', input) }),
    ...(output === undefined ? {} : { output: functionName('encode', output) }),
    errors: new Map([...errors].map(([code, name]) => [code, functionName('encode', name)])),
  }
}

/** How parsers are printed. */
export interface ParserOptions {
  readonly extension?: string
  readonly places?: Places
  readonly kept?: KeptParsing
}

/** What the last printing left, and what says whether it is still to be printed so. */
interface KeptParsing {
  readonly modules: KeptModules
  readonly marks: TypeMarks
  readonly functions: KeptFunctions
}

/** The functions of types as they were written, each under the mark of its type. */
export interface KeptFunctions {
  ofTypes: WeakMap<NamedType, { [Way in Direction]?: KeptFunction }>
}

interface KeptFunction {
  readonly mark: number
  readonly steps: readonly Step[]
}

/** What a function asks for while it is written: of its module, or the function of a type. */
type Step = ParserStep | readonly ['type', direction: Direction, type: string]

/** Thrown where a function that was kept would get other names now. */
class OtherNames extends Error {}

/**
 * The parsers of an app, as the texts of files by their path in the contracts folder: for each input a function from
 * the wire, for each output and error data one onto it. They take what the schemas take, and give the same.
 *
 * @param extension what imports of siblings end with: `.ts` or `.js`.
 */
export function printParsers(
  model: AppModel,
  { extension = '.ts', places = place(model), kept }: ParserOptions = {},
): Map<string, string> {
  try {
    return new ParserPrinter(model, places, extension, kept).print()
  } catch (error) {
    if (!kept || !(error instanceof OtherNames)) throw error
    kept.functions.ofTypes = new WeakMap()
    return new ParserPrinter(model, places, extension, kept).print()
  }
}

function functionName(direction: Direction, schema: string): string {
  return direction + schema
}

class ParserPrinter {
  readonly #model: AppModel
  readonly #places: Places
  readonly #extension: string
  readonly #modules = new Map<string, ParserModule>()
  /** The named types that lead to themselves, or to one that does. */
  readonly #endless: ReadonlySet<string>
  readonly #arranged: (union: Shape) => Arranged
  readonly #written = new Set<string>()
  readonly #writtenTypes = { decode: new Set<string>(), encode: new Set<string>() }
  readonly #kept: KeptModules
  readonly #functions: Pick<KeptParsing, 'functions' | 'marks'> | undefined
  /** The functions in other files that the operation being printed asks for. */
  #asked: (readonly [Direction, string])[] = []
  /** What the function of a type has asked for so far, where that is to be kept. */
  #steps: Step[] | undefined

  constructor(model: AppModel, places: Places, extension: string, kept: KeptParsing | undefined) {
    this.#kept = kept?.modules ?? new Map()
    this.#functions = kept
    this.#model = model
    this.#places = places
    this.#extension = extension
    this.#endless = endlessTypes(model)
    this.#arranged = arrangementsOf(model.types)
  }

  print(): Map<string, string> {
    const leads = leadsToUserSchema(this.#model)
    const asked = new Map<string, Map<string, readonly (readonly [Direction, string])[]>>()
    for (const [operation, { file, input, output, errors }] of this.#places.operations) {
      const known = this.#kept.get(file)?.parsers
      if (known) {
        for (const [direction, type] of known.asked.get(operation.name) ?? []) this.#writeType(direction, type)
        continue
      }
      this.#asked = []
      asked.set(file, (asked.get(file) ?? new Map()).set(operation.name, this.#asked))

      // A schema of the user's own runs itself, so Zod does all of the work.
      if (schemasOf(operation).some((shape) => shape && leads(shape))) continue
      if (operation.input && input)
        this.#root('decode', input, file, operation.input, `What \`${operation.name}\` takes.`)
      if (operation.output && output) this.#root('encode', output, file, operation.output, outputWords(operation))
      for (const { code, data } of operation.errors) {
        const name = errors.get(code)
        if (data && name !== undefined) this.#root('encode', name, file, data, `What comes with \`${code}\`.`)
      }
    }
    const files = new Map<string, string>()
    for (const file of [sharedFile, ...this.#places.files]) {
      const path = `${parsersFolder}/${file}`
      const kept = this.#kept.get(file)
      const text = kept?.parsers ? kept.parsers.text : this.#modules.get(file)?.text()
      // What stands in the shared file is what the others ask for.
      if (kept && file !== sharedFile) kept.parsers ??= { text, asked: asked.get(file) ?? new Map() }
      if (text !== undefined) files.set(path, text)
    }
    return files
  }

  /** A function for a schema of an operation. */
  #root(direction: Direction, schema: string, file: string, shape: Shape, words: string): void {
    const name = functionName(direction, schema)
    const type = shape.kind === 'ref' ? this.#places.types.get(shape.name) : undefined
    if (!type || shape.kind !== 'ref') {
      this.#function(direction, name, file, shape, commentText(words), true)
      return
    }
    if (type.file !== file) this.#asked.push([direction, shape.name])
    this.#writeType(direction, shape.name)
    const key = `${file} ${name}`
    if (type.file === file && type.name === schema) return
    if (this.#written.has(key)) return
    this.#written.add(key)
    const module = this.#module(file)
    const target = module.borrow(functionName(direction, type.name), `${parsersFolder}/${type.file}`)
    module.reserve()(
      type.name === schema ? `export { ${name} }\n` : `${commentText(words)}export const ${name} = ${target}\n`,
    )
  }

  /** The function of a named type, written when it is first asked for. */
  #type(direction: Direction, type: string): string {
    this.#writeType(direction, type)
    return functionName(direction, this.#places.types.get(type)?.name ?? type)
  }

  #writeType(direction: Direction, type: string): void {
    const written = this.#writtenTypes[direction]
    if (written.has(type)) return
    written.add(type)
    const { name, file } = this.#places.types.get(type) ?? { name: type, file: sharedFile }
    const named = this.#model.types.get(type)
    if (!named) throw new TypeError(`The model has no type named ${type}.`)
    const own = functionName(direction, name)
    const mark = this.#functions?.marks.get(type)
    const known = this.#functions?.functions.ofTypes.get(named)?.[direction]
    if (known && known.mark === mark) {
      this.#written.add(`${file} ${own}`)
      this.#repeat(known.steps, file)
      return
    }
    const words = direction === 'decode' ? `A \`${name}\` from the wire.` : `A \`${name}\` onto the wire.`
    const outer = this.#steps
    this.#steps = mark === undefined ? undefined : []
    this.#function(direction, own, file, named.shape, commentText(words), true)
    if (this.#functions && this.#steps && mark !== undefined) {
      const { ofTypes } = this.#functions.functions
      ofTypes.set(named, { ...ofTypes.get(named), [direction]: { mark, steps: this.#steps } })
    }
    this.#steps = outer
  }

  /** Writes a function again as it was: it asks for the same, and has to be answered the same. */
  #repeat(steps: readonly Step[], file: string): void {
    const module = this.#module(file)
    const outer = this.#steps
    this.#steps = undefined
    const writing: ((text: string) => void)[] = []
    for (const step of steps) {
      const [kind, first] = step
      if (kind === 'use') module.use(first)
      else if (kind === 'borrow') module.borrow(first, step[2])
      else if (kind === 'reserve') writing.push(module.reserve())
      else if (kind === 'write') writing.pop()?.(first)
      else if (kind === 'type') this.#ask(step[1], step[2], file)
      else if (kind === 'name' && module.name(first) !== step[2]) throw new OtherNames()
      else if (kind === 'constant' && module.constant(step[1], step[2]) !== step[3]) throw new OtherNames()
    }
    this.#steps = outer
  }

  /** The parsers of a file, which there are none of before one is asked for. */
  #module(file: string): ParserModule {
    const known = this.#modules.get(file)
    if (known) return known
    const { types, operations } = this.#places.contents.get(file) ?? { types: [], operations: [] }
    const schemas = operations.flatMap((operation) => {
      const { input, output, errors } = this.#places.operations.get(operation) ?? { errors: new Map<string, string>() }
      return [input, output, ...errors.values()]
    })
    const typeNames = types.map(({ name }) => this.#places.types.get(name)?.name)
    const names = [...typeNames, ...schemas].filter((name) => name !== undefined)
    const exported = names.flatMap((name) => [functionName('decode', name), functionName('encode', name)])
    const onStep = (step: ParserStep) => this.#steps?.push(step)
    const module = new ParserModule(`${parsersFolder}/${file}`, exported, this.#extension, onStep)
    this.#modules.set(file, module)
    return module
  }

  #function(direction: Direction, name: string, file: string, shape: Shape, comment: string, exported: boolean): void {
    const key = `${file} ${name}`
    if (this.#written.has(key)) return
    this.#written.add(key)
    const module = this.#module(file)
    const write = module.reserve()
    const body = new FunctionBody()
    const endless = this.#leadsOn(shape)
    if (endless) body.line(`if (${module.use('tooDeep')}(depth)) return ${module.use('invalid')}`)
    const context: ParserContext = {
      module,
      types: this.#model.types,
      direction,
      arranged: this.#arranged,
      named: (type, value) => this.#call(module, file, direction, type, value),
      apart: (part, value, wanted) => {
        const own = module.name(name + pascalCase(/^[A-Za-z]\w{0,30}$/.test(wanted) ? wanted : 'form'))
        this.#function(direction, own, file, part, '', false)
        return `${own}(${value}${this.#leadsOn(part) ? ', depth + 1' : ''})`
      },
    }
    this.#body(shape, context, body)
    const parameters = endless ? 'value: unknown, depth = 0' : 'value: unknown'
    write(`${comment}${exported ? 'export ' : ''}function ${name}(${parameters}): unknown {\n${body.text()}}\n`)
  }

  #body(shape: Shape, context: ParserContext, body: FunctionBody): void {
    const conditions = misfits(shape, 'value', context)
    if (conditions) {
      body.when(conditions, context.module.use('invalid'))
      body.line('return value')
    } else if (shape.kind === 'ref') body.line(`return ${context.named(shape.name, 'value')}`)
    else if (shape.kind === 'union' && isChoice(shape, context)) writeUnion(shape, context, body)
    else body.line(['return ', new ShapeWriter(context, body).write(shape, 'value')])
  }

  #call(module: ParserModule, file: string, direction: Direction, type: string, value: string): string {
    const home = this.#places.types.get(type)?.file ?? sharedFile
    const name = this.#ask(direction, type, file)
    const callee = home === file ? name : module.borrow(name, `${parsersFolder}/${home}`)
    return `${callee}(${value}${this.#endless.has(type) ? ', depth + 1' : ''})`
  }

  /** Sees to the function of a type for one in a file, and gives its name. */
  #ask(direction: Direction, type: string, file: string): string {
    this.#steps?.push(['type', direction, type])
    const home = this.#places.types.get(type)?.file ?? sharedFile
    if (home !== file) this.#asked.push([direction, type])
    return this.#type(direction, type)
  }

  #leadsOn(shape: Shape): boolean {
    return refsOf(shape).some((name) => this.#endless.has(name))
  }
}

/** The named types that lead to themselves, and those that lead to such. */
function endlessTypes({ types }: AppModel): Set<string> {
  const endless = new Set<string>()
  for (const group of groupsOf(types)) {
    // What a group leads to comes before it.
    const endsNot = group.some(({ name, shape }) => refsOf(shape).some((ref) => ref === name || endless.has(ref)))
    if (group.length > 1 || endsNot) for (const { name } of group) endless.add(name)
  }
  return endless
}
