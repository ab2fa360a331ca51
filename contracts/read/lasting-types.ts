import { circular } from '../circles.ts'
import type { OperationModel } from '../model.ts'
import { memoize } from '../print/memoize.ts'
import type { Shape } from '../shape.ts'
import { notesOf } from './constraints.ts'
import { mapParts, refsIn, shapesOf } from './reach.ts'
import type { Entry, KnownType, Registry } from './registry.ts'

/** A type that is written under a name. What it refers to is among {@link LastingTypes}. */
export type LastingType = KnownType

/** Types by a key that is the same in the next reading, as far as their sources are. */
export type LastingTypes = ReadonlyMap<string, LastingType>

/** Operations whose shapes refer to types by lasting keys, and those types. */
export interface Lasting {
  readonly operations: readonly OperationModel[]
  readonly types: LastingTypes
  /** Whether every type could be told from every other, so that those of two readings can be put together. */
  readonly isExact: boolean
}

/**
 * Writes out the types that need no name, and gives the others keys by which another reading knows them again.
 *
 * @param roots types that are kept whether an operation leads to them or not, by their keys.
 */
export function lastingTypes(
  operations: readonly OperationModel[],
  registry: Registry,
  roots: readonly string[] = [],
): Lasting {
  const reach = new Map<string, ReadonlySet<string>>()
  for (const operation of operations) for (const shape of shapesOf(operation)) visit(refsIn(shape), registry, reach)
  visit(roots, registry, reach)
  const met = [...reach.keys()].map((key) => registry.get(key))
  const named = new Set(met.filter(({ name }) => name && !name.ofPlatform).map(({ key }) => key))
  // A type without a name needs one only if it reaches itself through others without a name.
  const unnamed = new Map(met.flatMap((entry) => (named.has(entry.key) ? [] : [[entry.key, entry] as const])))
  const looped = circular(unnamed, ({ key }) => reach.get(key) ?? new Set())
  const kept = met.filter(({ key }) => named.has(key) || looped.has(key))
  const keys = new Map<string, string>()
  const taken = new Map<string, LastingType | undefined>()
  let isExact = true
  for (const { key, name, known } of kept) {
    const lasting = known?.key ?? (named.has(key) ? (name?.lasting ?? '') : '')
    // One type of an earlier reading may be met in several ways.
    const isOne = lasting !== '' && (!taken.has(lasting) || (known !== undefined && taken.get(lasting) === known))
    isExact &&= isOne
    keys.set(key, isOne ? lasting : key)
    taken.set(lasting, known)
  }
  const rekey = (shape: Shape): Shape => {
    if (shape.kind !== 'ref') return mapParts(shape, rekey)
    const entry = registry.get(shape.name)
    const name = keys.get(entry.key)
    return name === undefined ? { ...rekey(bodyOf(entry)), ...notesOf(shape) } : { ...shape, name }
  }
  const types = new Map<string, LastingType>()
  for (const entry of kept) {
    const key = keys.get(entry.key) ?? entry.key
    types.set(key, entry.known ?? lastingType(key, entry, rekey(bodyOf(entry))))
  }
  return { operations: operations.map((operation) => mapShapes(operation, rekey)), types, isExact }
}

function lastingType(key: string, { path, name, classMembers }: Entry, shape: Shape): LastingType {
  return { key, path, name, shape, ...(classMembers ? { classMembers } : {}) }
}

/** The keys of the types that an operation refers to, in order and once each. */
export function refsOfOperation(operation: OperationModel): ReadonlySet<string> {
  return keptRefs(operation, shapesOf)
}

/** The keys of the types that a type refers to. */
export function refsOfType(type: LastingType): ReadonlySet<string> {
  return keptRefs(type, ({ shape }) => [shape])
}

/** Each reading asks again for all that it has kept of the last one. */
const refs = new WeakMap<object, ReadonlySet<string>>()

function keptRefs<Thing extends object>(thing: Thing, shapes: (thing: Thing) => Iterable<Shape>): ReadonlySet<string> {
  const known = refs.get(thing)
  if (known) return known
  const found = new Set<string>()
  for (const shape of shapes(thing)) refsIn(shape, found)
  refs.set(thing, found)
  return found
}

/**
 * The types that operations lead to, some of them of an earlier reading and some of a later one; nothing where the two do
 * not agree.
 *
 * @param isTouched whether a type may differ, and is not to be taken from the earlier one.
 */
export function joinTypes(
  { kept, read }: { readonly kept: readonly OperationModel[]; readonly read: readonly OperationModel[] },
  earlier: LastingTypes,
  later: LastingTypes,
  isTouched: (type: LastingType) => boolean,
): LastingTypes | undefined {
  const joined = new Map<string, LastingType>()
  const reached = new Set<string>()
  for (const operation of kept) for (const key of refsOfOperation(operation)) reached.add(key)
  const join = (isKept: boolean): boolean => {
    // A set goes on to what is added to it on the way.
    for (const key of reached) {
      if (joined.has(key)) continue
      const [known, fresh] = [earlier.get(key), later.get(key)]
      const isSame = known !== undefined && (!fresh || known === fresh || textOf(known) === textOf(fresh))
      const entry = isSame ? known : fresh
      if (!entry || (isSame ? !fresh && isTouched(entry) : isKept && !isTouched(entry))) return false
      for (const next of refsOfType(entry)) reached.add(next)
      joined.set(key, entry)
    }
    return true
  }
  if (!join(true)) return undefined
  for (const operation of read) for (const key of refsOfOperation(operation)) reached.add(key)
  return join(false) ? joined : undefined
}

/** An operation with each of its shapes replaced. */
export function mapShapes(operation: OperationModel, map: (shape: Shape) => Shape): OperationModel {
  return {
    ...operation,
    ...(operation.input ? { input: map(operation.input) } : {}),
    ...(operation.output ? { output: map(operation.output) } : {}),
    errors: operation.errors.map((error) => (error.data ? { ...error, data: map(error.data) } : error)),
  }
}

function visit(names: Iterable<string>, registry: Registry, reach: Map<string, ReadonlySet<string>>): void {
  for (const name of names) {
    const entry = registry.get(name)
    if (reach.has(entry.key)) continue
    const refs = entry.known ? refsOfType(entry.known) : refsIn(bodyOf(entry))
    // What was read again has a key of its own, beside that by which what was not leads to it.
    const inner = new Set(Array.from(refs, (ref) => registry.get(ref).key))
    reach.set(entry.key, inner)
    visit(inner, registry, reach)
  }
}

/** The shape of a type; of one that was refused, something harmless. */
function bodyOf(entry: Entry): Shape {
  return entry.shape ?? { kind: 'unknown' }
}

/** A type that was read again is compared with the one before, and at the next edit with the one after. */
const textOf = memoize(({ name, shape, classMembers }: LastingType) =>
  JSON.stringify([name, shape, classMembers], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)),
)
