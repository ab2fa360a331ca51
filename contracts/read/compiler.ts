import type { Node } from 'typescript/ast'
import {
  type AnyAPIRequestGenerator,
  type APIRequestGenerator,
  all,
  type Checker,
  type Symbol as CompilerSymbol,
  type NodeHandle,
  type Program,
  type Project,
  SymbolFlags,
  type Type,
} from 'typescript/sync'

export type { Checker, CompilerSymbol, NodeHandle, Program, Project, Type }

/**
 * Questions to the compiler on the way to an answer. Generators that run in one batch ask together, so a
 * whole program takes few round trips: ask with `yield*`, and side by side with {@link together}.
 */
export type Ask<Answer> = APIRequestGenerator<Answer>

/** Asks for several things in the same round trips. */
export function* together<Answer>(asks: readonly Ask<Answer>[]): Ask<Answer[]> {
  if (asks.length === 0) return []
  const [only] = asks
  if (asks.length === 1 && only) return [yield* only]
  return (yield* all(...(asks as AnyAPIRequestGenerator<Answer>[]))) as Answer[]
}

/** One state of a program, and the few questions that need care. */
export class Compiler {
  readonly checker: Checker
  readonly program: Program
  readonly #loading = new Set<string>()

  constructor(project: Project) {
    this.checker = project.checker
    this.program = project.program
  }

  /** The node of a declaration. Its file is fetched once, however many ask. */
  *nodeOf(handle: NodeHandle | undefined): Ask<Node | undefined> {
    if (!handle) return undefined
    // An empty list of requests waits one round, until the one that asked first has the file.
    while (this.#loading.has(handle.path)) yield []
    this.#loading.add(handle.path)
    try {
      return yield* handle.resolve.gen()
    } finally {
      this.#loading.delete(handle.path)
    }
  }

  /** The declaration a reader would look at. */
  *declarationOf(symbol: CompilerSymbol | undefined): Ask<Node | undefined> {
    return symbol && (yield* this.nodeOf(symbol.valueDeclaration ?? symbol.declarations[0]))
  }

  /** What a name stands for, through imports and re-exports. */
  *symbolAt(node: Node): Ask<CompilerSymbol | undefined> {
    const symbol = yield* this.checker.getSymbolAtLocation.gen(node)
    return symbol && (yield* this.behind(symbol))
  }

  /** The symbol behind an import or a re-export. */
  *behind(symbol: CompilerSymbol): Ask<CompilerSymbol> {
    return symbol.flags & SymbolFlags.Alias ? yield* this.checker.getAliasedSymbol.gen(symbol) : symbol
  }

  /** The type of a property, where there is one. */
  *typeOf(type: Type, property: string): Ask<Type | undefined> {
    return yield* this.checker.getTypeOfPropertyOfType.gen(type, property)
  }
}

/** Whether a declaration belongs to the language or its host: the default library, or the types of Node, Bun, Workers. */
export function isOfPlatform(symbol: CompilerSymbol): boolean {
  return symbol.declarations.some(({ path }) => platform.test(path))
}

/** Whether a declaration belongs to Zod, any version of it. */
export function isOfZod(symbol: CompilerSymbol): boolean {
  return symbol.declarations.some(({ path }) => path.includes('/node_modules/zod/'))
}

const platform =
  /\/node_modules\/(@typescript\/[^/]+|typescript)\/lib\/lib\.|^bundled:|\/(@types\/(node|bun|web)|bun-types|undici-types|@cloudflare\/workers-types)\//
