import {
  type Expression,
  isIdentifier,
  isLiteralTypeNode,
  type Node,
  SyntaxKind,
  type TypeNode,
  type TypeReferenceNode,
} from 'typescript/ast'
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
  type TypeReference,
} from 'typescript/sync'
import { Answers } from './answers.ts'
import { isNumbered, type NumberedFile, symbolOf } from './questions.ts'

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
  readonly #files = new Map<string, NumberedFile>()
  readonly #arguments = new Answers<number, readonly Type[]>()
  readonly #written = new Answers<TypeNode | SyntaxKind, Type>()
  readonly #named = new Answers<string, CompilerSymbol | undefined>()
  readonly #callees = new Answers<string, CompilerSymbol | undefined>()

  constructor(project: Project) {
    this.checker = project.checker
    this.program = project.program
  }

  /** The node of a declaration. Its file is fetched once, however many ask. */
  *nodeOf(handle: NodeHandle | undefined): Ask<Node | undefined> {
    if (!handle) return undefined
    // An empty list of requests waits one round, until the one that asked first has the file.
    while (this.#loading.has(handle.path)) yield []
    const known = this.#files.get(handle.path)
    if (known) return known.getOrCreateNodeAtIndex(handle.index)
    this.#loading.add(handle.path)
    try {
      const node = yield* handle.resolve.gen()
      const file = node?.getSourceFile()
      if (file && isNumbered(file)) this.#files.set(handle.path, file)
      return node
    } finally {
      this.#loading.delete(handle.path)
    }
  }

  /** The declaration a reader would look at. */
  *declarationOf(symbol: CompilerSymbol | undefined): Ask<Node | undefined> {
    return symbol && (yield* this.nodeOf(symbol.valueDeclaration ?? symbol.declarations[0]))
  }

  /** The declaration of a type, whose name a value may have as well: `const Place` beside `type Place`. */
  *typeDeclarationOf(symbol: CompilerSymbol | undefined): Ask<Node | undefined> {
    const handle = symbol?.declarations.find(({ kind }) => typeDeclarations.has(kind))
    return handle ? yield* this.nodeOf(handle) : yield* this.declarationOf(symbol)
  }

  /** What a name stands for, through imports and re-exports. */
  *symbolAt(node: Node): Ask<CompilerSymbol | undefined> {
    const symbol = yield* this.checker.getSymbolAtLocation.gen(node)
    return symbol && (yield* this.behind(symbol))
  }

  /** What the name of a type stands for. It is the same all over a file, but where something declares names of its own. */
  *symbolOfReference({ typeName }: TypeReferenceNode): Ask<CompilerSymbol | undefined> {
    if (!isIdentifier(typeName) || isInnerScope(typeName)) return yield* this.symbolAt(typeName)
    const key = `${typeName.getSourceFile().fileName} ${typeName.text}`
    return yield* this.#named.to(key, () => this.symbolAt(typeName))
  }

  /** The symbol of the type of what is called. */
  *symbolOfCallee(callee: Expression): Ask<CompilerSymbol | undefined> {
    if (!isIdentifier(callee) || isInnerScope(callee, functions)) return yield* this.#symbolOfTypeAt(callee)
    const key = `${callee.getSourceFile().fileName} ${callee.text}`
    return yield* this.#callees.to(key, () => this.#symbolOfTypeAt(callee))
  }

  /** The type that is written at a node. */
  *typeAt(node: TypeNode): Ask<Type> {
    // `null` and `string` are the same wherever they are written.
    const kind = isLiteralTypeNode(node) ? node.literal.kind : node.kind
    const key = kind === SyntaxKind.NullKeyword || keywords.has(kind) ? kind : node
    return yield* this.#written.to(key, () => this.checker.getTypeFromTypeNode.gen(node))
  }

  /** The type arguments of a reference, with the hidden `this`. */
  *argumentsOf(type: TypeReference): Ask<readonly Type[]> {
    return yield* this.#arguments.to(type.id, () => this.checker.getTypeArguments.gen(type))
  }

  /** The symbol behind an import or a re-export. */
  *behind(symbol: CompilerSymbol): Ask<CompilerSymbol> {
    return symbol.flags & SymbolFlags.Alias ? yield* this.checker.getAliasedSymbol.gen(symbol) : symbol
  }

  *#symbolOfTypeAt(node: Node): Ask<CompilerSymbol | undefined> {
    const type = yield* this.checker.getTypeAtLocation.gen(node)
    return yield* symbolOf(type)
  }

  /** The type of a property, where there is one. */
  *typeOf(type: Type, property: string): Ask<Type | undefined> {
    return yield* this.checker.getTypeOfPropertyOfType.gen(type, property)
  }
}

const typeDeclarations: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.TypeAliasDeclaration,
  SyntaxKind.InterfaceDeclaration,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.EnumDeclaration,
])

const keywords: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.StringKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.BigIntKeyword,
  SyntaxKind.UndefinedKeyword,
])

/** Whether a name stands within something that may give it a meaning of its own. */
function isInnerScope(node: Node, more?: ReadonlySet<SyntaxKind>): boolean {
  for (let outer = node.parent; outer; outer = outer.parent) {
    if (scopes.has(outer.kind) || more?.has(outer.kind) || ('typeParameters' in outer && outer.typeParameters))
      return true
  }
  return false
}

/** What has parameters, which are no types. */
const functions: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.Constructor,
  SyntaxKind.GetAccessor,
  SyntaxKind.SetAccessor,
])

const scopes: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Block,
  SyntaxKind.CaseBlock,
  SyntaxKind.ModuleBlock,
  SyntaxKind.ClassDeclaration,
  SyntaxKind.ClassExpression,
  SyntaxKind.MappedType,
  SyntaxKind.ConditionalType,
])

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
