import type { Node } from 'typescript/ast'
import type { ErrorModel } from '../model.ts'
import type { Shape } from '../shape.ts'

/** What a type is called before names are made unique. */
export interface NameHint {
  readonly base: string
  /** The names of its type arguments; `undefined` for one that has no name. */
  readonly args: readonly (string | undefined)[]
  /** Whether the name is the language's own (`Partial`): the type is then written out, unless it reaches itself. */
  readonly ofPlatform: boolean
  /** The path of its file: what tells two types of one name apart. */
  readonly file: string
  /** The file, the name and the type arguments: what the next reading knows the type by. */
  readonly lasting?: string
}

/** A type that was met. It is read once; wherever it stands, a `ref` with its key is written. */
export interface Entry {
  readonly key: string
  /** Where it was met first. */
  readonly path: string
  readonly blame: Node | undefined
  /** The types it was met within, from the outside, by the name of their declarations. */
  readonly within: readonly number[]
  /** Absent for types that have no name. */
  name?: NameHint
  shape?: Shape
  /** Why a plain object is no such value: it is a class with these methods or private fields. */
  classMembers?: readonly string[]
  className?: string
}

/** An error that was met, once it is read. */
export interface ErrorEntry {
  isRead: boolean
  error: ErrorModel | undefined
}

/** The types that were met, by the compiler's id, and by their alias where the compiler does not know it. */
export class Registry {
  readonly #entries = new Map<string, Entry>()
  readonly #byKey = new Map<string, Entry>()

  /** The entry of a type, and whether it was made just now, so that it is still to be read. */
  meet(
    id: string,
    where: Pick<Entry, 'path' | 'blame' | 'within'>,
  ): { readonly entry: Entry; readonly isNew: boolean } {
    const known = this.#entries.get(id)
    if (known) return { entry: known, isNew: false }
    const entry: Entry = { key: `#${this.#entries.size}`, ...where }
    this.#entries.set(id, entry)
    this.#byKey.set(entry.key, entry)
    return { entry, isNew: true }
  }

  /** Whether a type was met. */
  has(id: string): boolean {
    return this.#entries.has(id)
  }

  /** The entry that a `ref` leads to. */
  get(key: string): Entry {
    const entry = this.#byKey.get(key)
    if (!entry) throw new Error(`No type was met under ${key}.`)
    return entry
  }
}
