import { hash } from 'node:crypto'
import type { AppModel } from '../model.ts'
import { type DeclarationOrder, groupsOf } from './declaration-order.ts'
import type { KeptEntries } from './index-text.ts'
import type { KeptHashes } from './lock-text.ts'
import type { Direction } from './parsers-context.ts'
import { refsOf } from './parts.ts'
import { type Places, schemasOf } from './places.ts'

/** What was printed of a module, under a key of all that it was printed from. */
export interface KeptModule {
  readonly key: string
  readonly schemas: string
  parsers?: KeptParsers
}

/** The parsers of a module. */
export interface KeptParsers {
  readonly text: string | undefined
  /** The functions of shared types that each operation asks for, in this order, which is theirs in the shared file. */
  readonly asked: ReadonlyMap<string, readonly (readonly [Direction, string])[]>
}

/** The modules of the last printing by their files. Printing with it prints again only what has changed, and renews it. */
export type KeptModules = Map<string, KeptModule>

/** What a printing leaves for the next one. */
export interface Kept {
  readonly modules: KeptModules
  readonly entries: KeptEntries
  readonly hashes: KeptHashes
}

/** What there is before the first printing. */
export function createKept(): Kept {
  return { modules: new Map(), entries: new WeakMap(), hashes: new WeakMap() }
}

/**
 * Gives the key of a file: the same as long as its text is. A text depends on what stands in the file, on the types
 * that this leads to on any way, and on what everything is called.
 */
export function fileKeys(
  model: AppModel,
  places: Places,
  order: DeclarationOrder,
  extension: string,
): (file: string) => string {
  const marks = new Map<string, string>()
  for (const group of groupsOf([...model.types.values()], model.types)) {
    const own = group.map((type) => {
      const { name } = type
      return [type, places.types.get(name), places.inputs.has(name), order.lazy.has(name)]
    })
    // What a group leads to stands before it.
    const outer = group.flatMap(({ shape }) => refsOf(shape)).map((name) => marks.get(name))
    const mark = digest([own, outer])
    for (const { name } of group) marks.set(name, mark)
  }
  const declared = [...places.types.values()].map(({ name }) => name)
  return (file) => {
    const { types = [], operations = [] } = places.contents.get(file) ?? {}
    const named = types.map(({ name }) => [name, marks.get(name), order.positions.get(name)])
    named.sort(([, , one], [, , other]) => Number(one) - Number(other))
    const own = operations.map((operation) => {
      const { errors = [], ...names } = places.operations.get(operation) ?? {}
      const refs = schemasOf(operation).flatMap((shape) => (shape ? refsOf(shape) : []))
      return [{ ...operation, at: null, routes: null }, names, [...errors], refs.map((name) => marks.get(name))]
    })
    // What schemas of the user's are imported as depends on all names that are taken.
    const taken = types.some(({ shape }) => shape.kind === 'schema') ? declared : []
    return digest([extension, named.map(([name, mark]) => [name, mark]), own, taken])
  }
}

function digest(value: unknown): string {
  const text = JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' || Object.is(inner, -0) ? ['number', typeof inner, String(inner)] : inner,
  )
  return hash('sha256', text)
}
