import { everyOperation } from '../channels.ts'
import type { AppModel, NamedType, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { memoize } from './memoize.ts'
import { refsOf } from './parts.ts'
import { identifierText, pascalCase } from './text.ts'

/** Where a named type is declared. */
export interface TypePlace {
  /** `todos.ts` */
  readonly file: string
  readonly name: string
}

/** What the schemas of an operation are called in its file. */
export interface OperationPlace {
  readonly file: string
  readonly input?: string
  readonly output?: string
  /** The data of its errors, by code. */
  readonly errors: ReadonlyMap<string, string>
}

/** Which file each schema stands in, and under which name. */
export interface Places {
  /** The files of the modules, in the order of the model. */
  readonly files: readonly string[]
  readonly types: ReadonlyMap<string, TypePlace>
  readonly operations: ReadonlyMap<OperationModel, OperationPlace>
  /** The types that an input leads to: a default there makes a property optional. */
  readonly inputs: ReadonlySet<string>
  /** What stands in each file. */
  readonly contents: ReadonlyMap<string, FileContent>
}

/** What stands in a file, in the order of the model. */
export interface FileContent {
  readonly types: readonly NamedType[]
  readonly operations: readonly OperationModel[]
}

/** The file of the types that several modules use. */
export const sharedFile = 'shared.ts'

const ownNames = new Set(['index', 'client', 'shared'])

/** What follows from the modules of operations and from what leads to which type, whatever else these say. */
interface Grounds {
  readonly fileOf: ReadonlyMap<string, string>
  readonly types: ReadonlyMap<string, TypePlace>
  readonly inputs: ReadonlySet<string>
}

/** The last places, and what they were made of. */
export interface KeptPlaces {
  last?: {
    readonly all: readonly OperationModel[]
    readonly named: readonly NamedType[]
    readonly grounds: Grounds
    readonly places: Places
  }
}

/** Gives everything in the model its file and its name. */
export function place(model: AppModel, kept?: KeptPlaces): Places {
  const all = everyOperation(model)
  const named = [...model.types.values()]
  const isAlike =
    kept?.last && areAlike(all, kept.last.all, isOperationAlike) && areAlike(named, kept.last.named, isTypeAlike)
  const last = isAlike ? kept.last : undefined
  const grounds = last?.grounds ?? layGrounds(model, all)
  const { fileOf, types, inputs } = grounds
  const typesIn = Map.groupBy(named, ({ name }) => types.get(name)?.file)
  const operationsIn = Map.groupBy(all, ({ module }) => fileOf.get(module))
  const files = [...fileOf.values()]
  const contents = new Map(
    [sharedFile, ...files].map((file) => [
      file,
      { types: typesIn.get(file) ?? [], operations: operationsIn.get(file) ?? [] },
    ]),
  )
  const namesOf = (file: string): Set<string> => {
    const here = contents.get(file)?.types ?? []
    return new Set(here.map((type) => types.get(type.name)?.name as string))
  }
  const shared = namesOf(sharedFile)
  const names = new Map<string, FileNames>()
  for (const file of files) {
    const here = contents.get(file)?.operations ?? []
    // What schemas are called depends on all of the file, and on nothing else.
    if (last && areAlike(here, last.places.contents.get(file)?.operations ?? [], Object.is)) continue
    names.set(file, new FileNames(file, types, [namesOf(file), shared], disputedCodes(here)))
  }
  const operations = new Map<OperationModel, OperationPlace>()
  for (const operation of all) {
    const own = names.get(fileOf.get(operation.module) as string)?.place(operation)
    operations.set(operation, own ?? (last?.places.operations.get(operation) as OperationPlace))
  }
  const places = { files, types, operations, inputs, contents }
  if (kept) kept.last = { all, named, grounds, places }
  return places
}

function areAlike<Item>(
  items: readonly Item[],
  others: readonly Item[],
  isAlike: (one: Item, other: Item) => boolean,
): boolean {
  return (
    items.length === others.length && items.every((one, at) => one === others[at] || isAlike(one, others[at] as Item))
  )
}

function isOperationAlike(one: OperationModel, other: OperationModel): boolean {
  return (
    one.module === other.module &&
    areAlike(refsOfOperation(one), refsOfOperation(other), Object.is) &&
    areAlike(refsOfInput(one), refsOfInput(other), Object.is)
  )
}

function isTypeAlike(one: NamedType, other: NamedType): boolean {
  return (
    one.name === other.name &&
    one.module === other.module &&
    areAlike(refsOf(one.shape), refsOf(other.shape), Object.is)
  )
}

function layGrounds(model: AppModel, all: readonly OperationModel[]): Grounds {
  const fileOf = placeModules(all)
  return { fileOf, types: placeTypes(model, all, fileOf), inputs: inputTypes(model, all) }
}

/** The file of each module. */
function placeModules(all: readonly OperationModel[]): Map<string, string> {
  const fileOf = new Map<string, string>()
  const taken = new Set<string>()
  for (const { module } of all) if (!fileOf.has(module)) fileOf.set(module, toFile(module, taken))
  return fileOf
}

/** `admin/users` is `admin/users.ts`. */
function toFile(module: string, files: Set<string>): string {
  if (!/^[\w$@+-][\w$@+.-]*(?:\/[\w$@+-][\w$@+.-]*)*$/.test(module)) {
    throw new TypeError(`The module ${JSON.stringify(module)} cannot be the name of a file in the contracts folder.`)
  }
  // The parsers of all modules stand in a folder of that name.
  const apart = module.replace(/^parsers\//i, 'parsers-functions/')
  let name = ownNames.has(module.toLowerCase()) ? `${module}-functions` : apart
  // Some file systems take todos.ts and Todos.ts for the same file.
  while (files.has(name.toLowerCase())) name += '_'
  files.add(name.toLowerCase())
  return `${name}.ts`
}

/** A type stands with the one module that uses it, and what several use is shared. */
function placeTypes(
  model: AppModel,
  all: readonly OperationModel[],
  fileOf: ReadonlyMap<string, string>,
): Map<string, TypePlace> {
  const files = new Map<string, string>()
  const use = (name: string, user: string): void => {
    const type = model.types.get(name)
    if (!type) return
    const known = files.get(name)
    const isOwn = (known === undefined || known === user) && fileOf.has(type.module)
    const file = isOwn ? user : sharedFile
    if (file === known) return
    files.set(name, file)
    // What is shared leads to what is shared.
    for (const ref of refsOf(type.shape)) use(ref, file)
  }
  for (const operation of all) {
    for (const name of refsOfOperation(operation)) use(name, fileOf.get(operation.module) as string)
  }
  const names = new Set<string>()
  const places = new Map<string, TypePlace>()
  for (const type of model.types.values()) {
    const file = files.get(type.name)
    if (file === undefined) continue
    const name = unique(identifierText(type.name), names)
    names.add(name)
    places.set(type.name, { file, name })
  }
  return places
}

/** The names of one file, given out once each. */
class FileNames {
  readonly #file: string
  readonly #types: ReadonlyMap<string, TypePlace>
  /** The names of the types here and of those that are shared. */
  readonly #taken: readonly ReadonlySet<string>[]
  readonly #disputed: ReadonlySet<string>
  /** What stands under a name, so that the same thing is written once. */
  readonly #meanings = new Map<string, Shape>()

  constructor(
    file: string,
    types: ReadonlyMap<string, TypePlace>,
    taken: readonly ReadonlySet<string>[],
    disputed: ReadonlySet<string>,
  ) {
    this.#file = file
    this.#types = types
    this.#taken = taken
    this.#disputed = disputed
  }

  place(operation: OperationModel): OperationPlace {
    const base = pascalCase(operation.exportName)
    const errors = new Map<string, string>()
    for (const { code, data } of operation.errors) {
      if (!data) continue
      const plain = `${pascalCase(code.toLowerCase().replaceAll('_', ' '))}Data`
      errors.set(code, this.#give(this.#disputed.has(code) ? base + plain : plain, data))
    }
    return {
      file: this.#file,
      ...(operation.input ? { input: this.#give(`${base}Input`, operation.input) } : {}),
      ...(operation.output ? { output: this.#give(base + outputEnding[operation.kind], operation.output) } : {}),
      errors,
    }
  }

  /** The name itself, unless something else has it already. */
  #give(wanted: string, shape: Shape): string {
    // An input that is the type `CreateInput` needs no second name.
    if (shape.kind === 'ref' && this.#types.get(shape.name)?.name === wanted) return wanted
    let name = wanted
    for (let next = 2; this.#isTaken(name, shape); next++) name = `${wanted}${next}`
    this.#meanings.set(name, shape)
    return name
  }

  #isTaken(name: string, shape: Shape): boolean {
    const meaning = this.#meanings.get(name)
    return meaning ? !isSame(meaning, shape) : this.#taken.some((names) => names.has(name))
  }
}

/** The codes whose data is not the same in all of these operations. */
function disputedCodes(operations: readonly OperationModel[]): Set<string> {
  const first = new Map<string, Shape | undefined>()
  const disputed = new Set<string>()
  for (const { errors } of operations) {
    for (const { code, data } of errors) {
      if (!first.has(code)) first.set(code, data)
      else if (!isSame(first.get(code), data)) disputed.add(code)
    }
  }
  return disputed
}

function isSame(one: Shape | undefined, other: Shape | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && textOf(one) === textOf(other))
}

function unique(wanted: string, names: ReadonlySet<string>): string {
  let name = wanted
  for (let next = 2; names.has(name); next++) name = `${wanted}${next}`
  return name
}

const textOf = memoize((shape: Shape) =>
  JSON.stringify(shape, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
)

const outputEnding = { call: 'Output', stream: 'Output', event: 'Event' } as const

/** What the output of an operation is, for who reads its schema. */
export function outputWords({ name, kind }: OperationModel): string {
  if (kind === 'event') return `What comes with the event \`${name}\`.`
  return kind === 'stream' ? `Each item of \`${name}\`.` : `What \`${name}\` gives.`
}

/** Every shape that an operation has a schema for. */
export function schemasOf(operation: OperationModel): (Shape | undefined)[] {
  return [operation.input, operation.output, ...operation.errors.map(({ data }) => data)]
}

/** The named types that an operation speaks of itself, each as often as it does. */
export const refsOfOperation: (operation: OperationModel) => readonly string[] = memoize((operation) =>
  schemasOf(operation).flatMap((shape) => (shape ? refsOf(shape) : [])),
)

function refsOfInput({ input }: OperationModel): readonly string[] {
  return input ? refsOf(input) : []
}

/** The named types that inputs lead to. */
function inputTypes({ types }: AppModel, operations: readonly OperationModel[]): Set<string> {
  const reached = new Set<string>()
  for (const operation of operations) for (const name of refsOfInput(operation)) reached.add(name)
  // A set goes on to what is added to it on the way.
  for (const name of reached) {
    const type = types.get(name)
    if (type) for (const ref of refsOf(type.shape)) reached.add(ref)
  }
  return reached
}
