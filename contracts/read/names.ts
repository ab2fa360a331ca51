import { circular } from '../circles.ts'
import type { NamedType, OperationModel } from '../model.ts'
import { memoize } from '../print/memoize.ts'
import type { Shape } from '../shape.ts'
import { type LastingType, type LastingTypes, mapShapes, refsOfOperation, refsOfType } from './lasting-types.ts'
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

/** What types are called, where they stand, and which of them reach themselves: by their keys. */
interface Naming {
  readonly names: ReadonlyMap<string, string>
  readonly modules: ReadonlyMap<string, string>
  readonly recursive: ReadonlySet<string>
}

/** What there was to be named, the types in the order in which they are met. */
interface Source {
  readonly operations: readonly OperationModel[]
  readonly types: readonly LastingType[]
}

/** What was made of something by a naming, or by another that gives the same to what it uses. */
interface Made<Thing> {
  readonly naming: Naming
  readonly using: readonly unknown[]
  readonly named: Thing
}

/** What was named before, by what it was made of, and the last naming with what it was made of. */
export interface KeptNames {
  readonly operations: WeakMap<OperationModel, Made<OperationModel>>
  readonly types: WeakMap<LastingType, Made<NamedType>>
  last?: { readonly source: Source; readonly naming: Naming }
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
  const alike = kept.last && sourceAlike(kept.last.source, operations, lasting)
  const source = alike ?? { operations, types: metTypes(operations, lasting) }
  const naming = alike && kept.last ? kept.last.naming : nameSource(source, lasting)
  kept.last = { source, naming }
  const nameOf = (key: string): string => naming.names.get(key) ?? key
  const rename = (shape: Shape): Shape =>
    shape.kind === 'ref' ? { ...shape, name: nameOf(shape.name) } : mapParts(shape, rename)
  const types = new Map<string, NamedType>()
  for (const type of source.types) {
    const own = (): Omit<NamedType, 'shape'> => ({
      name: nameOf(type.key),
      recursive: naming.recursive.has(type.key),
      module: naming.modules.get(type.key) ?? 'shared',
    })
    const using = (): unknown[] => [...Object.values(own()), ...Array.from(refsOfType(type), nameOf)]
    const made = renewed(kept.types, type, naming, using, () => ({ ...own(), shape: rename(type.shape) }))
    types.set(made.name, made)
  }
  const named = operations.map((operation) => {
    const using = (): unknown[] => Array.from(refsOfOperation(operation), nameOf)
    return renewed(kept.operations, operation, naming, using, () => mapShapes(operation, rename))
  })
  return { operations: named, types }
}

/** What was made before of the same under the same names, or what is made of it now. */
function renewed<Of extends object, Thing>(
  kept: WeakMap<Of, Made<Thing>>,
  of: Of,
  naming: Naming,
  namesOf: () => readonly unknown[],
  make: () => Thing,
): Thing {
  const known = kept.get(of)
  if (known?.naming === naming) return known.named
  const using = namesOf()
  const named = known && areSame(known.using, using) ? known.named : make()
  kept.set(of, { naming, using, named })
  return named
}

function areSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.length === others.length && some.every((one, at) => one === others[at])
}

/** What is to be named, when all of it is named as what was there before. */
function sourceAlike(before: Source, operations: readonly OperationModel[], lasting: LastingTypes): Source | undefined {
  const { length } = before.operations
  if (operations.length !== length || !operations.every((one, at) => isOperationAlike(one, before.operations[at])))
    return undefined
  const types: LastingType[] = []
  for (const known of before.types) {
    const type = lasting.get(known.key)
    if (!type || !isTypeAlike(type, known)) return undefined
    types.push(type)
  }
  return { operations, types }
}

/** Whether two operations say the same of what types are called, and of where they stand. */
function isOperationAlike(one: OperationModel, other: OperationModel | undefined): boolean {
  if (one === other) return true
  return (
    one.module === other?.module &&
    areSame([...refsOfOperation(one)], [...refsOfOperation(other)]) &&
    areSame(schemaNamesOf(one).flat(), schemaNamesOf(other).flat())
  )
}

/** Whether two types of one key are called alike, and refer to the same others. */
function isTypeAlike(one: LastingType, other: LastingType): boolean {
  if (one === other) return true
  return (
    baseName(one) === baseName(other) &&
    one.name?.file === other.name?.file &&
    areSame([...refsOfType(one)], [...refsOfType(other)])
  )
}

function metTypes(operations: readonly OperationModel[], lasting: LastingTypes): LastingType[] {
  const met = new Set<LastingType>()
  for (const operation of operations) visit(refsOfOperation(operation), lasting, met)
  return [...met]
}

function visit(refs: ReadonlySet<string>, types: LastingTypes, met: Set<LastingType>): void {
  for (const key of refs) {
    const type = types.get(key)
    if (!type || met.has(type)) continue
    met.add(type)
    visit(refsOfType(type), types, met)
  }
}

function nameSource({ operations, types }: Source, lasting: LastingTypes): Naming {
  return {
    names: uniqueNames(types, operations),
    modules: modulesOf(operations, lasting),
    recursive: circular(lasting, refsOfType),
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
    let name = isFree(base) ? base : `${fileWords(entry)}${base}`
    for (let count = 2; !isFree(name); count++) name = `${base}${count}`
    taken.add(name)
    names.set(entry.key, name)
  }
  return names
}

const baseName = memoize(({ name, path }: LastingType) => {
  if (name) return composedName(name.base, name.args)
  return wordsOf(path.slice(path.search(/[^.\][ ]+[\][]*$/))) ?? 'Anonymous'
})

function fileWords({ name }: LastingType): string {
  const file = name?.file.slice(name.file.lastIndexOf('/') + 1).replace(/(\.d)?\.\w+$/, '')
  return wordsOf(file ?? '') ?? ''
}

/** The names of generated schemas: `CreateInput` is what `create` takes. Each with the key of the type that it is, if it is one. */
function schemaNames(operations: readonly OperationModel[]): Map<string, string> {
  const names = new Map<string, string>()
  for (const operation of operations) {
    for (const [name, key] of schemaNamesOf(operation)) {
      names.set(name, (names.get(name) ?? key) === key ? key : '')
    }
  }
  return names
}

const schemaNamesOf = memoize(
  ({ exportName, kind, input, output, errors }: OperationModel): (readonly [name: string, key: string])[] => {
    const prefix = exportName.charAt(0).toUpperCase() + exportName.slice(1)
    if (kind === 'event') return [[`${prefix}Event`, keyOf(output)]]
    const ofData = errors.flatMap(({ code, data }) => {
      const name = `${wordsOf(code.toLowerCase()) ?? ''}Data`
      return data ? [[name, ''] as const, [`${prefix}${name}`, ''] as const] : []
    })
    return [[`${prefix}Input`, keyOf(input)], [`${prefix}Output`, keyOf(output)], ...ofData]
  },
)

function keyOf(shape: Shape | undefined): string {
  return shape?.kind === 'ref' ? shape.name : ''
}

/** The module of the operations that use a type, or `shared` where there are several. */
function modulesOf(operations: readonly OperationModel[], types: LastingTypes): Map<string, string> {
  const modules = new Map<string, string>()
  const use = (key: string, user: string): void => {
    const type = types.get(key)
    if (!type) return
    const known = modules.get(key)
    const module = known === undefined || known === user ? user : 'shared'
    if (module === known) return
    modules.set(key, module)
    for (const next of refsOfType(type)) use(next, module)
  }
  for (const operation of operations) for (const key of refsOfOperation(operation)) use(key, operation.module)
  return modules
}
