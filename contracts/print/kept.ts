import type { AppModel, NamedType } from '../model.ts'
import { createKeptClient, type KeptClient } from './client-text.ts'
import type { DeclarationOrder } from './declaration-order.ts'
import { groupsOf } from './groups.ts'
import type { KeptEntries } from './index-text.ts'
import type { KeptHashes } from './lock-text.ts'
import type { KeptFunctions } from './parsers.ts'
import type { Direction } from './parsers-context.ts'
import { refsOf } from './parts.ts'
import { type KeptPlaces, type Places, refsOfOperation } from './places.ts'

/** What was printed of a module, under a key of all that it was printed from. */
export interface KeptModule {
  readonly key: string
  readonly schemas: string
  parsers?: KeptParsers
}

/** What was printed of types, by them: under their marks, and with what it was told of which other types are made later. */
export type KeptTexts = WeakMap<
  NamedType,
  { readonly mark: number; readonly late: ReadonlyMap<string, boolean>; readonly text: string }
>

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
  readonly places: KeptPlaces
  readonly modules: KeptModules
  readonly entries: KeptEntries
  readonly hashes: KeptHashes
  readonly marks: KeptMarks
  readonly texts: KeptTexts
  readonly functions: KeptFunctions
  readonly client: KeptClient
}

/** What there is before the first printing. */
export function createKept(): Kept {
  return {
    places: {},
    modules: new Map(),
    entries: new WeakMap(),
    hashes: new WeakMap(),
    marks: new KeptMarks(),
    texts: new WeakMap(),
    functions: { ofTypes: new WeakMap() },
    client: createKeptClient(),
  }
}

/** Numbers that stand for what a text depends on: another number is something else. */
export class KeptMarks {
  #count = 0
  readonly #known = new WeakMap<object, { readonly key: readonly unknown[]; readonly mark: number }>()

  /** The number of an object of a lasting model, which is its own as long as what else the text depends on is the same. */
  of(object: object, key: readonly unknown[]): number {
    const known = this.#known.get(object)
    if (known?.key.length === key.length && key.every((one, at) => one === known.key[at])) return known.mark
    const mark = ++this.#count
    this.#known.set(object, { key, mark })
    return mark
  }
}

/** The marks of types by their names: of what a type says, of all that it leads to, and of what each of these is called. */
export type TypeMarks = ReadonlyMap<string, number>

/** Marks the types of a lasting model. */
export function markTypes({ types }: AppModel, places: Places, { lazy }: DeclarationOrder, kept: KeptMarks): TypeMarks {
  const marks = new Map<string, number>()
  for (const group of groupsOf(types)) {
    const key: unknown[] = []
    for (const type of group) {
      const place = places.types.get(type.name)
      key.push(type, place?.file, place?.name, places.inputs.has(type.name), lazy.has(type.name))
    }
    // What a group leads to stands before it.
    for (const { shape } of group) for (const name of refsOf(shape)) key.push(marks.get(name))
    const mark = kept.of(group[0] as NamedType, key)
    for (const { name } of group) marks.set(name, mark)
  }
  return marks
}

/**
 * Gives the key of a file: the same as long as its text is. A text depends on what stands in the file, on the types
 * that this leads to on any way, and on what everything is called.
 */
export function fileKeys(
  places: Places,
  order: DeclarationOrder,
  extension: string,
  types: TypeMarks,
  kept: KeptMarks,
): (file: string) => string {
  const declared = [...places.types.values()].map(({ name }) => name)
  return (file) => {
    const { types: named = [], operations = [] } = places.contents.get(file) ?? {}
    const positions = named.map(({ name }) => [Number(order.positions.get(name)), types.get(name)] as const)
    positions.sort(([one], [other]) => one - other)
    const own = operations.map((operation) => {
      const { input, output, errors = [] } = places.operations.get(operation) ?? {}
      const key: unknown[] = [input, output]
      for (const [code, name] of errors) key.push(code, name)
      for (const name of refsOfOperation(operation)) key.push(types.get(name))
      return kept.of(operation, key)
    })
    // What schemas of the user's are imported as depends on all names that are taken.
    const taken = named.some(({ shape }) => shape.kind === 'schema') ? declared : []
    return JSON.stringify([extension, positions.map(([, mark]) => mark), own, taken])
  }
}
