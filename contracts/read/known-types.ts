import type { CompilerSymbol } from './compiler.ts'
import { type LastingTypes, refsOfType } from './lasting-types.ts'
import { type Entry, type KnownType, type Registry, settle } from './registry.ts'

/**
 * The types of the last reading, of which those need not be read again that an edit cannot have changed: nothing leads
 * from their files to what was edited.
 */
export class KnownTypes {
  readonly #types: LastingTypes
  readonly #touched: ReadonlySet<string>
  readonly #isClear: (generic: CompilerSymbol) => boolean

  /**
   * @param touched the files whose types may be others.
   * @param isClear whether a generic type, given types that are what they were, is what it was.
   */
  constructor(types: LastingTypes, touched: ReadonlySet<string>, isClear: (generic: CompilerSymbol) => boolean) {
    this.#types = types
    this.#isClear = isClear
    // Paths of declarations are in lower case where file systems do not tell cases apart.
    this.#touched = new Set([...touched].map((file) => file.toLowerCase()))
  }

  /** Whether what is declared here is what it was; a generic type as far as it is not made of its arguments. */
  isUntouched({ declarations }: CompilerSymbol): boolean {
    return declarations.length > 0 && declarations.every(({ path }) => !this.#touched.has(path.toLowerCase()))
  }

  /** Whether a generic type that is untouched, given types that are, is what it was. */
  isClear(generic: CompilerSymbol): boolean {
    return this.#isClear(generic)
  }

  /** Whether a type of the last reading may be another one now. */
  isTouched({ name }: KnownType): boolean {
    return name !== undefined && this.#touched.has(name.file.toLowerCase())
  }

  /**
   * Lets an entry stand for a type of the last reading; not where there is none, or where warnings would be lost. It may
   * lead to types that are read again, which come under their lasting keys.
   */
  settle(entry: Entry, key: string, registry: Registry): boolean {
    const known = this.#types.get(key)
    if (!known) return false
    const reached = new Set([known])
    // A set goes on to what is added to it on the way.
    for (const type of reached) {
      if (type.shape.kind === 'schema') return false
      for (const ref of refsOfType(type)) {
        const next = this.#types.get(ref)
        if (!next) return false
        if (!this.isTouched(next)) reached.add(next)
      }
    }
    for (const type of reached) registry.add(type)
    settle(entry, known)
    return true
  }
}
