import {
  type Expression,
  isArrowFunction,
  isAsExpression,
  isBindingElement,
  isCallExpression,
  isExportAssignment,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isMethodDeclaration,
  isNonNullExpression,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isSatisfiesExpression,
  isShorthandPropertyAssignment,
  isSourceFile,
  isVariableDeclaration,
  type Node,
  type ParameterDeclaration,
  type TypeNode,
} from 'typescript/ast'
import type { Ask, Compiler } from './compiler.ts'

/** Anything that is written as a function. */
export type FunctionNode = Node & {
  readonly parameters: readonly ParameterDeclaration[]
  readonly body?: Node | undefined
  readonly type?: TypeNode | undefined
}

/** Where a function is declared, and the expression that makes it, if it is no declaration itself. */
export interface FunctionSource {
  readonly declaration: Node
  readonly expression: Expression | undefined
}

/** A function that is written out. */
export function isFunctionNode(node: Node): node is FunctionNode {
  return isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node) || isMethodDeclaration(node)
}

/** Whether a function is written with several signatures. */
export function isOverload(node: FunctionNode): boolean {
  if (!isFunctionDeclaration(node) || !isSourceFile(node.parent)) return false
  const { name, parent } = node
  return parent.statements.some(
    (other) => other !== node && isFunctionDeclaration(other) && other.name?.text === name?.text,
  )
}

/** An expression without what only the compiler sees: parentheses, `as`, `satisfies` and `!`. */
export function bare(expression: Expression): Expression {
  let inner = expression
  while (
    isParenthesizedExpression(inner) ||
    isAsExpression(inner) ||
    isSatisfiesExpression(inner) ||
    isNonNullExpression(inner)
  ) {
    inner = inner.expression
  }
  return inner
}

/** Follows a declaration through names and properties to where its value is made. */
export function* sourceOf(compiler: Compiler, declaration: Node): Ask<FunctionSource | undefined> {
  if (isFunctionNode(declaration)) return { declaration, expression: undefined }
  if (isShorthandPropertyAssignment(declaration)) {
    const symbol = yield* compiler.checker.getShorthandAssignmentValueSymbol.gen(declaration)
    const next = symbol && (yield* compiler.declarationOf(yield* compiler.behind(symbol)))
    return next && (yield* sourceOf(compiler, next))
  }
  if (isVariableDeclaration(declaration) || isPropertyAssignment(declaration)) {
    return declaration.initializer && (yield* sourceOfExpression(compiler, declaration.initializer, declaration))
  }
  if (isExportAssignment(declaration)) return yield* sourceOfExpression(compiler, declaration.expression, declaration)
  return undefined
}

/** Follows an expression to where its value is made; what is made on the spot is declared at `declaration`. */
export function* sourceOfExpression(
  compiler: Compiler,
  expression: Expression,
  declaration: Node,
): Ask<FunctionSource | undefined> {
  const inner = bare(expression)
  if (isIdentifier(inner) || isPropertyAccessExpression(inner)) {
    const symbol = yield* compiler.symbolAt(isIdentifier(inner) ? inner : inner.name)
    const next = yield* compiler.declarationOf(symbol)
    return next && !isBindingElement(next) ? yield* sourceOf(compiler, next) : undefined
  }
  return { declaration, expression: inner }
}

/** The function that is written at an expression, or that a name stands for. */
export function* functionAt(
  compiler: Compiler,
  expression: Expression,
  declaration: Node,
): Ask<FunctionNode | undefined> {
  const source = yield* sourceOfExpression(compiler, expression, declaration)
  const node = source && (source.expression ?? source.declaration)
  return node && isFunctionNode(node) ? node : undefined
}

/** The name of what stands in an object literal; none for what is spread there. */
export function nameIn(property: Node): string | undefined {
  return 'name' in property ? (property.name as Node | undefined)?.getText() : undefined
}

/** What a function made by `func`, or a message with options, consists of, as far as it can be seen. */
export interface Parts {
  readonly handler: FunctionNode | undefined
  /** The object literal that `func` was given, or that the message is. */
  readonly options: readonly Node[]
  /** Whether everything that stands around the handler can be seen. */
  readonly isWhole: boolean
  /** Where the function is declared that a route adds permissions to. */
  readonly guarded?: Node
}

/** Takes apart `func(handler)`, `func(options, handler)`, `route(func, additions)`, `{ …options, handler }`, and a plain function. */
export function* partsOf(compiler: Compiler, source: FunctionSource): Ask<Parts> {
  const node = source.expression ?? source.declaration
  if (isFunctionNode(node)) return { handler: node, options: [], isWhole: true }
  if (isObjectLiteralExpression(node)) return yield* partsOfMessage(compiler, node.properties)
  if (!isCallExpression(node)) return { handler: undefined, options: [], isWhole: false }
  const symbol = yield* compiler.symbolOfCallee(node.expression)
  const [first, last] = [node.arguments[0], node.arguments.at(-1)]
  if (symbol?.name === 'DefineRoute' && first && last) return yield* partsOfRoute(compiler, first, last, source)
  const handler = last && (yield* functionAt(compiler, last, source.declaration))
  if (symbol?.name !== 'DefineFunc' || !first) return { handler, options: [], isWhole: false }
  if (node.arguments.length < 2) return { handler, options: [], isWhole: handler !== undefined }
  const made = yield* sourceOfExpression(compiler, first, source.declaration)
  const literal = made?.expression
  if (!literal || !isObjectLiteralExpression(literal)) return { handler, options: [], isWhole: false }
  return { handler, options: literal.properties, isWhole: handler !== undefined }
}

function* partsOfRoute(
  compiler: Compiler,
  first: Expression,
  last: Expression,
  { declaration }: FunctionSource,
): Ask<Parts> {
  const inner = yield* sourceOfExpression(compiler, first, declaration)
  const added = (yield* sourceOfExpression(compiler, last, declaration))?.expression
  if (!inner || !added || !isObjectLiteralExpression(added)) return { handler: undefined, options: [], isWhole: false }
  const parts = yield* partsOf(compiler, inner)
  return { guarded: inner.declaration, ...parts, options: [...added.properties, ...parts.options] }
}

function* partsOfMessage(compiler: Compiler, options: readonly Node[]): Ask<Parts> {
  const property = options.find((option) => nameIn(option) === 'handler')
  const source = property && (yield* sourceOf(compiler, property))
  const node = source && (source.expression ?? source.declaration)
  const handler = node && isFunctionNode(node) ? node : undefined
  return { handler, options, isWhole: handler !== undefined }
}
