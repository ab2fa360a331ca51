import type { Node } from 'typescript/ast'
import { SyntaxKind } from 'typescript/ast'
import type { ErrorModel } from '../model.ts'
import { type Ask, type CompilerSymbol, together } from './compiler.ts'
import { readThrown } from './errors.ts'
import { type FunctionNode, partsOf, sourceOf } from './functions.ts'
import { compare } from './problems.ts'
import type { ShapeReader } from './shapes.ts'
import { throwsIn } from './throws.ts'

/** What one function throws by itself, and the functions of the project that it calls. */
export interface FunctionThrows {
  readonly errors: readonly ErrorModel[]
  readonly calls: readonly FunctionNode[]
}

/** How many calls away from a handler a `throw` is still found. */
const maxDepth = 8

/**
 * The errors that some functions throw, and the functions of the project that they call by name, by their codes. What
 * is called through an interface, and what packages throw, is out of sight.
 */
export function* thrownBy(reader: ShapeReader, functions: readonly FunctionNode[]): Ask<readonly ErrorModel[]> {
  const seen = new Set(functions)
  const errors = new Set<ErrorModel>()
  let level: readonly FunctionNode[] = functions
  for (let depth = 0; depth <= maxDepth && level.length > 0; depth++) {
    const found = yield* together(level.map((node) => throwsOf(reader, node)))
    for (const error of found.flatMap((one) => one.errors)) errors.add(error)
    level = [...new Set(found.flatMap(({ calls }) => calls))].filter((node) => !seen.has(node))
    for (const node of level) seen.add(node)
  }
  return [...errors].sort((left, right) => compare(left.code, right.code))
}

/** Helpers are called by many. */
function* throwsOf(reader: ShapeReader, node: FunctionNode): Ask<FunctionThrows> {
  let known = reader.throws.get(node)
  // An empty list of requests waits one round, until the one that met it first has read it.
  for (; known === 'reading'; known = reader.throws.get(node)) yield []
  if (known) return known
  reader.throws.set(node, 'reading')
  const read = yield* readThrows(reader, node)
  reader.throws.set(node, read)
  return read
}

function* readThrows(reader: ShapeReader, { body }: FunctionNode): Ask<FunctionThrows> {
  if (!body) return { errors: [], calls: [] }
  const { thrown, calls } = throwsIn(body)
  const errors = yield* together(thrown.map((expression) => readThrown(reader, expression)))
  const symbols = calls.length === 0 ? [] : yield* reader.compiler.checker.getSymbolAtLocation.gen(calls)
  const functions = yield* together([...new Set(symbols)].map((symbol) => functionOf(reader, symbol)))
  return { errors: errors.flat(), calls: functions.filter((node) => node !== undefined) }
}

/** The function of the project behind a name, where it is written out. */
function* functionOf(reader: ShapeReader, symbol: CompilerSymbol | undefined): Ask<FunctionNode | undefined> {
  const { compiler } = reader
  const called = symbol && (yield* compiler.behind(symbol))
  const handle = called?.valueDeclaration
  if (!handle || !kinds.has(handle.kind) || !isOfProject(handle.path, reader.folders.root)) return undefined
  const declaration: Node | undefined = yield* compiler.nodeOf(handle)
  const source = declaration && (yield* sourceOf(compiler, declaration))
  return source && (yield* partsOf(compiler, source)).handler
}

/** Declarations that can hold the code of a function. */
const kinds = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.MethodDeclaration,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.ShorthandPropertyAssignment,
])

/** Paths of declarations are in lower case where file systems do not tell cases apart. */
function isOfProject(path: string, root: string): boolean {
  const start = `${root.replaceAll('\\', '/')}/`.toLowerCase()
  return path.toLowerCase().startsWith(start) && !path.includes('/node_modules/') && !path.endsWith('.d.ts')
}
