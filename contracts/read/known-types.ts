import type { CompilerSymbol } from './compiler.ts'
import { type LastingTypes, refsOfType } from './lasting-types.ts'
import { type Entry, type KnownType, type Registry, settle } from './registry.ts'
import type { Scope } from './scope.ts'

/**
 * The types of the last reading, of which those need not be read again that an edit cannot have changed: nothing leads
 * from their files to what was edited.
 */
export class KnownTypes {
  readonly #types: LastingTypes
  readonly #scope: Pick<Scope, 'isTouchedType' | 'isClear'>

  constructor(types: LastingTypes, scope: Pick<Scope, 'isTouchedType' | 'isClear'>) {
    this.#types = types
    this.#scope = scope
  }

  /** Whether what is declared here is what it was; a generic type as far as it is not made of its arguments. */
  isUntouched({ name, declarations }: CompilerSymbol): boolean {
    return declarations.length > 0 && declarations.every(({ path }) => !this.#scope.isTouchedType(path, name))
  }

  /** Whether a generic type that is untouched, given types that are, is what it was. */
  isClear(generic: CompilerSymbol): boolean {
    return this.#scope.isClear(generic)
  }

  /** Whether a type of the last reading may be another one now. */
  isTouched({ name }: KnownType): boolean {
    return name !== undefined && this.#scope.isTouchedType(name.file, name.base)
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
