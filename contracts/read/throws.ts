import {
  type CallExpression,
  type CatchClause,
  type Expression,
  isCallExpression,
  isClassLikeDeclaration,
  isIdentifier,
  isParenthesizedExpression,
  isPropertyAccessExpression,
  isThrowStatement,
  isTryStatement,
  type Node,
  type TryStatement,
} from 'typescript/ast'
import { bare, isFunctionNode } from './functions.ts'

/** What some code throws and calls, as far as it does not catch it. */
export interface Throws {
  /** The expressions that are thrown. */
  readonly thrown: readonly Expression[]
  /** The names by which functions are called. */
  readonly calls: readonly Node[]
}

interface Found {
  readonly thrown: Expression[]
  readonly calls: Node[]
}

/** Reads from its syntax what the code of a function throws and calls. Functions that it hands on count as called. */
export function throwsIn(body: Node): Throws {
  const found: Found = { thrown: [], calls: [] }
  visit(body, found)
  return found
}

function visit(node: Node, found: Found): void {
  if (isFunctionNode(node) || isClassLikeDeclaration(node)) return
  if (isTryStatement(node)) visitTry(node, found)
  else if (isCallExpression(node)) visitCall(node, found)
  else {
    if (isThrowStatement(node)) found.thrown.push(node.expression)
    node.forEachChild((child) => visit(child, found))
  }
}

function visitTry({ tryBlock, catchClause, finallyBlock }: TryStatement, found: Found): void {
  if (!catchClause || throwsAgain(catchClause)) visit(tryBlock, found)
  if (catchClause) visit(catchClause.block, found)
  if (finallyBlock) visit(finallyBlock, found)
}

function throwsAgain({ variableDeclaration, block }: CatchClause): boolean {
  const name = variableDeclaration?.name
  return name !== undefined && isIdentifier(name) && isThrownIn(block, name.text)
}

function isThrownIn(code: Node, name: string): boolean {
  return throwsIn(code).thrown.some((expression) => {
    const inner = bare(expression)
    return isIdentifier(inner) && inner.text === name
  })
}

function visitCall(call: CallExpression, found: Found): void {
  const callee = bare(call.expression)
  const [first, second] = call.arguments
  if (isPropertyAccessExpression(callee)) {
    const { expression: target, name } = callee
    if (name.text === 'reject' && isIdentifier(target) && target.text === 'Promise' && first) found.thrown.push(first)
    const handler = name.text === 'catch' ? first : name.text === 'then' ? second : undefined
    if (!handler || passesOn(handler)) visit(target, found)
    found.calls.push(name)
  } else if (isFunctionNode(callee)) visitBody(callee, found)
  else if (isIdentifier(callee)) found.calls.push(callee)
  else visit(callee, found)
  for (const argument of call.arguments) {
    const inner = bare(argument)
    if (isFunctionNode(inner)) visitBody(inner, found)
    else visit(inner, found)
  }
}

/** Whether what handles a rejection throws the same again. */
function passesOn(handler: Expression): boolean {
  const inner = bare(handler)
  if (!isFunctionNode(inner) || !inner.body) return false
  const name = inner.parameters[0]?.name
  return name !== undefined && isIdentifier(name) && isThrownIn(inner.body, name.text)
}

function visitBody({ body }: { readonly body?: Node | undefined }, found: Found): void {
  if (body) visit(body, found)
}

/** An expression without parentheses; unlike {@link bare} it keeps what `as` says about the type. */
export function withoutParentheses(expression: Expression): Expression {
  let inner = expression
  while (isParenthesizedExpression(inner)) inner = inner.expression
  return inner
}
