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

const taken = new Set(['index', 'client', 'shared'])

/** Gives everything in the model its file and its name. */
export function place(model: AppModel): Places {
  const fileOf = new Map<string, string>()
  const all = everyOperation(model)
  for (const { module } of all) if (!fileOf.has(module)) fileOf.set(module, toFile(module, fileOf))
  const types = placeTypes(model, all, fileOf)
  const namesIn = new Map<string, string[]>()
  for (const { file, name } of types.values()) namesIn.set(file, [...(namesIn.get(file) ?? []), name])
  const shared = namesIn.get(sharedFile) ?? []
  const namesOf = new Map<string, FileNames>()
  const operations = new Map<OperationModel, OperationPlace>()
  const disputed = disputedCodes(all)
  for (const operation of all) {
    const file = fileOf.get(operation.module) as string
    let names = namesOf.get(file)
    if (!names) {
      names = new FileNames(types, [...(namesIn.get(file) ?? []), ...shared])
      namesOf.set(file, names)
    }
    operations.set(operation, names.place(operation, file, disputed))
  }
  const files = [...fileOf.values()]
  const typesIn = Map.groupBy(model.types.values(), ({ name }) => types.get(name)?.file)
  const operationsIn = Map.groupBy(all, (operation) => operations.get(operation)?.file)
  const contents = new Map(
    [sharedFile, ...files].map((file) => [
      file,
      { types: typesIn.get(file) ?? [], operations: operationsIn.get(file) ?? [] },
    ]),
  )
  return { files, types, operations, inputs: reachedFrom(model, all, (operation) => [operation.input]), contents }
}

/** `admin/users` is `admin/users.ts`. */
function toFile(module: string, others: ReadonlyMap<string, string>): string {
  if (!/^[\w$@+-][\w$@+.-]*(?:\/[\w$@+-][\w$@+.-]*)*$/.test(module)) {
    throw new TypeError(`The module ${JSON.stringify(module)} cannot be the name of a file in the contracts folder.`)
  }
  const files = new Set([...others.values()].map((file) => file.toLowerCase()))
  // The parsers of all modules stand in a folder of that name.
  const apart = module.replace(/^parsers\//i, 'parsers-functions/')
  for (let name = taken.has(module.toLowerCase()) ? `${module}-functions` : apart; ; name += '_') {
    // Some file systems take todos.ts and Todos.ts for the same file.
    if (!files.has(`${name}.ts`.toLowerCase())) return `${name}.ts`
  }
}

/** A type stands with the one module that uses it, and what several use is shared. */
function placeTypes(
  model: AppModel,
  all: readonly OperationModel[],
  fileOf: ReadonlyMap<string, string>,
): Map<string, TypePlace> {
  const shared = new Set([...model.types.values()].filter(({ module }) => !fileOf.has(module)).map(({ name }) => name))
  const users = new Map<string, Set<string>>()
  for (const [module, operations] of Map.groupBy(all, (operation) => operation.module)) {
    for (const name of reachedFrom(model, operations, schemasOf)) {
      users.set(name, (users.get(name) ?? new Set()).add(module))
    }
  }
  for (const [name, modules] of users) if (modules.size > 1) shared.add(name)
  for (const name of shared) {
    const type = model.types.get(name)
    if (type) for (const reached of refsOf(type.shape)) shared.add(reached)
  }
  const names = new Set<string>()
  const places = new Map<string, TypePlace>()
  for (const type of model.types.values()) {
    const [module] = users.get(type.name) ?? []
    if (module === undefined) continue
    const name = unique(identifierText(type.name), names)
    const file = shared.has(type.name) ? sharedFile : (fileOf.get(module) as string)
    names.add(name)
    places.set(type.name, { file, name })
  }
  return places
}

/** The names of one file, given out once each. */
class FileNames {
  readonly #types: ReadonlyMap<string, TypePlace>
  readonly #names: Set<string>
  /** What stands under a name, so that the same thing is written once. */
  readonly #meanings = new Map<string, string>()

  constructor(types: ReadonlyMap<string, TypePlace>, names: readonly string[]) {
    this.#types = types
    this.#names = new Set(names)
  }

  place(operation: OperationModel, file: string, disputed: ReadonlySet<string>): OperationPlace {
    const base = pascalCase(operation.exportName)
    const errors = new Map<string, string>()
    for (const { code, data } of operation.errors) {
      if (!data) continue
      const plain = `${pascalCase(code.toLowerCase().replaceAll('_', ' '))}Data`
      errors.set(code, this.#give(disputed.has(`${operation.module} ${code}`) ? base + plain : plain, data))
    }
    return {
      file,
      ...(operation.input ? { input: this.#give(`${base}Input`, operation.input) } : {}),
      ...(operation.output ? { output: this.#give(base + outputEnding[operation.kind], operation.output) } : {}),
      errors,
    }
  }

  /** The name itself, unless something else has it already. */
  #give(wanted: string, shape: Shape): string {
    // An input that is the type `CreateInput` needs no second name.
    if (shape.kind === 'ref' && this.#types.get(shape.name)?.name === wanted) return wanted
    const meaning = textOf(shape)
    let name = wanted
    for (let next = 2; this.#names.has(name) && this.#meanings.get(name) !== meaning; next++) name = `${wanted}${next}`
    this.#names.add(name)
    this.#meanings.set(name, meaning)
    return name
  }
}

/** The codes whose data is not the same in all operations of a module, each behind the module's name. */
function disputedCodes(all: readonly OperationModel[]): Set<string> {
  const first = new Map<string, string>()
  const disputed = new Set<string>()
  for (const { module, errors } of all) {
    for (const { code, data } of errors) {
      const key = `${module} ${code}`
      const text = data ? textOf(data) : ''
      if ((first.get(key) ?? text) !== text) disputed.add(key)
      first.set(key, text)
    }
  }
  return disputed
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

/** The named types that lead from these shapes of each operation. */
function reachedFrom(
  model: AppModel,
  operations: readonly OperationModel[],
  start: (operation: OperationModel) => (Shape | undefined)[],
): Set<string> {
  const reached = new Set<string>()
  const queue = operations.flatMap(start).flatMap((shape) => (shape ? refsOf(shape) : []))
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue
    reached.add(name)
    const type: NamedType | undefined = model.types.get(name)
    if (type) queue.push(...refsOf(type.shape))
  }
  return reached
}
