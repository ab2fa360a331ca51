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
  /** What an earlier reading found, where it need not be read again. */
  known?: KnownType
}

/** A type that is written under a name, by a key that is the same in the next reading as far as its sources are. */
export interface KnownType {
  readonly key: string
  /** Where it was met first. */
  readonly path: string
  readonly name: NameHint | undefined
  readonly shape: Shape
  readonly classMembers?: readonly string[]
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

  /** Puts a type of an earlier reading under its own key, to which others of that reading refer. */
  add(known: KnownType): void {
    if (this.#byKey.has(known.key)) return
    const entry = { key: known.key, path: known.path, blame: undefined, within: [] }
    this.#byKey.set(known.key, entry)
    settle(entry, known)
  }

  /** Lets a key of an earlier reading lead to a type that was read again. */
  lead(key: string, entry: Entry): void {
    this.#byKey.set(key, entry)
  }

  /** Whether something was read whose values are not plain objects. */
  get hasClasses(): boolean {
    return [...this.#entries.values()].some(({ known, classMembers }) => !known && classMembers !== undefined)
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

/** Lets an entry stand for a type of an earlier reading. */
export function settle(entry: Entry, known: KnownType): void {
  entry.known = known
  if (known.name) entry.name = known.name
  entry.shape = known.shape
  if (known.classMembers) entry.classMembers = known.classMembers
}
