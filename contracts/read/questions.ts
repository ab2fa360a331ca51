import type { Node, SourceFile } from 'typescript/ast'
import type { APIRequestGenerator, Symbol as CompilerSymbol, Type } from 'typescript/sync'

// What is asked of thousands of types. The compiler's own way, `type.getSymbol.gen()`, makes two functions for each type
// and question, one of them a generator function with a prototype: a twelfth of the time and a tenth of the memory of a
// reading. So what those functions ask is asked directly, where it is found; where it is not, their way is taken.

type Ask<Answer> = APIRequestGenerator<Answer>

/** The symbol of a type, if it has one. */
export function symbolOf(type: Type): Ask<CompilerSymbol | undefined> {
  return isOpen(type) ? type.objectRegistry.fetchSymbol.gen(type, 'getSymbolOfType', type.symbol) : type.getSymbol.gen()
}

/** The alias that a type is called by, if the compiler knows one. */
export function aliasSymbolOf(type: Type): Ask<CompilerSymbol | undefined> {
  return isOpen(type)
    ? type.objectRegistry.fetchSymbol.gen(type, 'getAliasSymbolOfType', type.aliasSymbol)
    : type.getAliasSymbol.gen()
}

const properties = new WeakMap<Type, readonly CompilerSymbol[]>()

/** The properties of a type. */
export function* propertiesOf(type: Type): Ask<readonly CompilerSymbol[]> {
  if (!isOpen(type)) return yield* type.getProperties.gen()
  const known = properties.get(type)
  if (known) return known
  const found = yield* type.objectRegistry.fetchPropertiesOfType.gen(type)
  properties.set(type, found)
  return found
}

/** A source file whose nodes can be found by their numbers. */
export interface NumberedFile extends SourceFile {
  getOrCreateNodeAtIndex(index: number): Node
}

/** Whether the nodes of a file can be found by their numbers. */
export function isNumbered(file: SourceFile): file is NumberedFile {
  return 'getOrCreateNodeAtIndex' in file
}

/** What the compiler keeps of one project, behind each of its types. */
interface ObjectRegistry {
  readonly fetchSymbol: {
    gen(type: Type, method: string, reference: unknown): Ask<CompilerSymbol | undefined>
  }
  readonly fetchPropertiesOfType: { gen(type: Type): Ask<readonly CompilerSymbol[]> }
}

/** A type as the compiler's client makes it. */
interface OpenType extends Type {
  readonly objectRegistry: ObjectRegistry
  readonly symbol?: unknown
  readonly aliasSymbol?: unknown
}

function isOpen(type: Type): type is OpenType {
  if (!('objectRegistry' in type)) return false
  const { objectRegistry } = type
  return (
    typeof objectRegistry === 'object' &&
    objectRegistry !== null &&
    'fetchSymbol' in objectRegistry &&
    'fetchPropertiesOfType' in objectRegistry
  )
}
