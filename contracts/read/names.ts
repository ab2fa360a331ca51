import type { NamedType, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import {
  type LastingType,
  type LastingTypes,
  mapShapes,
  reaches,
  refsOfOperation,
  refsOfType,
} from './lasting-types.ts'
import { composedName, wordsOf } from './named.ts'
import { mapParts } from './reach.ts'

/** Operations whose shapes refer to types by name, and those types. */
export interface Named {
  readonly operations: readonly OperationModel[]
  readonly types: ReadonlyMap<string, NamedType>
}

/** What generated modules need under these names themselves. */
const reserved = new Set(
  `Array ArrayBuffer ReadonlyArray AsyncIterable Contracts Date Error Map Object Omit Partial Pick Promise Record Required Set String
  URL Uint8Array arguments async await eval wire z`.split(/\s+/),
)

/** What was named before, by what it was made of, and under which names. */
export interface KeptNames {
  readonly operations: WeakMap<OperationModel, { readonly names: string; readonly named: OperationModel }>
  readonly types: WeakMap<LastingType, { readonly names: string; readonly named: NamedType }>
}

/** What there is before the first naming. */
export function createKeptNames(): KeptNames {
  return { operations: new WeakMap(), types: new WeakMap() }
}

/**
 * Gives the types their final names, and says which module each one goes to. What is the same as before, and refers to
 * the same names, becomes the same object.
 */
export function nameTypes(
  operations: readonly OperationModel[],
  lasting: LastingTypes,
  kept: KeptNames = createKeptNames(),
): Named {
  const reach = new Map<string, ReadonlySet<string>>()
  const order: LastingType[] = []
  for (const operation of operations) visit(refsOfOperation(operation), lasting, reach, order)
  const names = uniqueNames(order, operations)
  const nameOf = (key: string): string => names.get(key) ?? key
  const rename = (shape: Shape): Shape =>
    shape.kind === 'ref' ? { ...shape, name: nameOf(shape.name) } : mapParts(shape, rename)
  const modules = modulesOf(operations, reach)
  const types = new Map<string, NamedType>()
  for (const type of order) {
    const { key } = type
    const own = { name: nameOf(key), recursive: reaches(key, reach), module: modules.get(key) ?? 'shared' }
    const refs = [...(reach.get(key) ?? [])]
    const made = renewed(kept.types, type, [own.name, own.recursive, own.module, ...refs.map(nameOf)], () => {
      return { ...own, shape: rename(type.shape) }
    })
    types.set(made.name, made)
  }
  const named = operations.map((operation) => {
    const used = [...refsOfOperation(operation)].map(nameOf)
    return renewed(kept.operations, operation, used, () => mapShapes(operation, rename))
  })
  return { operations: named, types }
}

/** What was made before of the same under the same names, or what is made of it now. */
function renewed<Source extends object, Made>(
  kept: WeakMap<Source, { readonly names: string; readonly named: Made }>,
  source: Source,
  using: readonly unknown[],
  make: () => Made,
): Made {
  const names = using.join('\n')
  const known = kept.get(source)
  if (known?.names === names) return known.named
  const named = make()
  kept.set(source, { names, named })
  return named
}

function visit(
  refs: ReadonlySet<string>,
  types: LastingTypes,
  reach: Map<string, ReadonlySet<string>>,
  order: LastingType[],
): void {
  for (const key of refs) {
    const type = types.get(key)
    if (!type || reach.has(key)) continue
    const inner = refsOfType(type)
    reach.set(key, inner)
    order.push(type)
    visit(inner, types, reach, order)
  }
}

/** The first type of a name keeps it; the next ones are called after their file too, and only then numbered. */
function uniqueNames(entries: readonly LastingType[], operations: readonly OperationModel[]): Map<string, string> {
  const taken = new Set(reserved)
  const schemas = schemaNames(operations)
  const names = new Map<string, string>()
  for (const entry of entries) {
    // A name that a schema has is free only for the type that the schema is of.
    const isFree = (name: string): boolean => !taken.has(name) && (schemas.get(name) ?? entry.key) === entry.key
    const base = baseName(entry)
    const file =
      entry.name?.file
        .split('/')
        .at(-1)
        ?.replace(/(\.d)?\.\w+$/, '') ?? ''
    let name = [base, `${wordsOf(file) ?? ''}${base}`].find(isFree)
    for (let count = 2; name === undefined; count++) if (isFree(`${base}${count}`)) name = `${base}${count}`
    taken.add(name)
    names.set(entry.key, name)
  }
  return names
}

function baseName({ name, path }: LastingType): string {
  if (name) return composedName(name.base, name.args)
  return wordsOf(path.slice(path.search(/[^.\][ ]+[\][]*$/))) ?? 'Anonymous'
}

/** The names of generated schemas: `CreateInput` is what `create` takes. Each with the key of the type that it is, if it is one. */
function schemaNames(operations: readonly OperationModel[]): Map<string, string> {
  const names = new Map<string, string>()
  const add = (name: string, shape: Shape | undefined): void => {
    const key = shape?.kind === 'ref' ? shape.name : ''
    names.set(name, (names.get(name) ?? key) === key ? key : '')
  }
  for (const { exportName, kind, input, output, errors } of operations) {
    const prefix = exportName.charAt(0).toUpperCase() + exportName.slice(1)
    if (kind === 'event') {
      add(`${prefix}Event`, output)
      continue
    }
    add(`${prefix}Input`, input)
    add(`${prefix}Output`, output)
    for (const { code, data } of errors) {
      if (!data) continue
      add(dataName(code), undefined)
      add(`${prefix}${dataName(code)}`, undefined)
    }
  }
  return names
}

function dataName(code: string): string {
  return `${wordsOf(code.toLowerCase()) ?? ''}Data`
}

/** The module of the operations that use a type, or `shared` where there are several. */
function modulesOf(
  operations: readonly OperationModel[],
  reach: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, string> {
  const modules = new Map<string, string>()
  const seen = new Map<string, Set<string>>()
  const use = (key: string, module: string): void => {
    const users = seen.get(key) ?? new Set()
    if (users.has(module)) return
    seen.set(key, users.add(module))
    const known = modules.get(key)
    modules.set(key, known === undefined || known === module ? module : 'shared')
    for (const next of reach.get(key) ?? []) use(next, module)
  }
  for (const operation of operations) for (const key of refsOfOperation(operation)) use(key, operation.module)
  return modules
}
