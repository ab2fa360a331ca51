import {
  type Expression,
  isArrayLiteralExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isMethodDeclaration,
  isNoSubstitutionTemplateLiteral,
  isObjectBindingPattern,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isSpreadElement,
  isStringLiteral,
  isVariableDeclaration,
  type Node,
  type ObjectBindingPattern,
  SyntaxKind,
} from 'typescript/ast'
import { TypeFlags } from 'typescript/sync'
import { type Ask, type Compiler, isOfPlatform, type Type, together } from './compiler.ts'
import {
  bare,
  type FunctionNode,
  isFunctionNode,
  nameIn,
  type Parts,
  sourceOf,
  sourceOfExpression,
} from './functions.ts'
import { compare } from './problems.ts'
import { symbolOf } from './questions.ts'

/** The names of services, or `*` when they cannot be seen. */
export type Services = readonly string[] | '*'

/** All of several. */
export function joined(all: readonly Services[]): Services {
  if (all.includes('*')) return '*'
  return [...new Set(all.flat())].sort(compare)
}

/** The functions that stand around a handler, or make a session, as far as they can be seen. */
export interface VisibleFunctions {
  readonly functions: readonly FunctionNode[]
  /** Whether these are all. */
  readonly isWhole: boolean
}

/** The services of a function and of what stands around it. */
export function servicesOf(parts: Parts, around: VisibleFunctions): Services {
  return parts.isWhole && parts.handler ? joined([takenBy(parts.handler), servicesOfAll(around)]) : '*'
}

/** The services that functions take apart. */
export function servicesOfAll({ functions, isWhole }: VisibleFunctions): Services {
  return isWhole ? joined(functions.map(takenBy)) : '*'
}

/** The permissions and the middleware of a function. */
export function* functionsAround(compiler: Compiler, parts: Parts): Ask<VisibleFunctions> {
  const around = parts.options.filter((property) => ['permissions', 'middleware'].includes(nameIn(property) ?? ''))
  // `...shared` may bring permissions along.
  const isSpread = parts.options.some(isSpreadAssignment)
  const inner = yield* together(around.map((property) => functionsIn(compiler, property, new Set())))
  return merged([...inner, ...(isSpread ? [unseen] : [])])
}

const none: VisibleFunctions = { functions: [], isWhole: true }
const unseen: VisibleFunctions = { functions: [], isWhole: false }

function merged(all: readonly VisibleFunctions[]): VisibleFunctions {
  return { functions: all.flatMap(({ functions }) => functions), isWhole: all.every(({ isWhole }) => isWhole) }
}

/** Every function that can be seen in a value: a check, a middleware, a list of them, a session source. */
export function* functionsIn(compiler: Compiler, node: Node, seen: Set<Node>): Ask<VisibleFunctions> {
  if (seen.has(node)) return none
  seen.add(node)
  const visible = yield* functionsSeenIn(compiler, node, seen)
  return !visible.isWhole && (yield* takesNone(compiler, node)) ? none : visible
}

function* functionsSeenIn(compiler: Compiler, node: Node, seen: Set<Node>): Ask<VisibleFunctions> {
  if (isFunctionNode(node)) return { functions: [node], isWhole: true }
  if (isPropertyAssignment(node)) return yield* functionsIn(compiler, bare(node.initializer), seen)
  if (isSpreadElement(node) || isSpreadAssignment(node)) {
    return yield* functionsIn(compiler, bare(node.expression), seen)
  }
  if (isArrayLiteralExpression(node)) return yield* inAll(compiler, node.elements, seen)
  if (isObjectLiteralExpression(node)) return yield* inAll(compiler, node.properties, seen)
  if (isConditionalExpression(node)) return yield* inAll(compiler, [node.whenTrue, node.whenFalse], seen)
  if (isCallExpression(node)) return yield* inArguments(compiler, node.arguments, seen)
  if (isPlain(node)) return none
  if (isShorthandPropertyAssignment(node)) return yield* inSource(compiler, yield* sourceOf(compiler, node), seen)
  if (isIdentifier(node) || isPropertyAccessExpression(node)) {
    return yield* inSource(compiler, yield* sourceOfExpression(compiler, node, node), seen)
  }
  return unseen
}

type Source = { readonly declaration: Node; readonly expression: Expression | undefined } | undefined

function* inSource(compiler: Compiler, source: Source, seen: Set<Node>): Ask<VisibleFunctions> {
  return source ? yield* functionsIn(compiler, source.expression ?? source.declaration, seen) : unseen
}

function* inAll(compiler: Compiler, nodes: readonly Node[], seen: Set<Node>): Ask<VisibleFunctions> {
  return merged(
    yield* together(nodes.map((node) => functionsIn(compiler, isExpression(node) ? bare(node) : node, seen))),
  )
}

/** A call whose arguments hold no function makes one that cannot be seen. */
function* inArguments(compiler: Compiler, nodes: readonly Node[], seen: Set<Node>): Ask<VisibleFunctions> {
  const telling = nodes.filter((node) => !isPlain(node))
  return telling.length === 0 ? unseen : yield* inAll(compiler, telling, seen)
}

/**
 * What is data by its type holds no function, such as a setting from the environment or the address of keys; and a session
 * source whose services are `unknown` takes none.
 */
function* takesNone(compiler: Compiler, node: Node): Ask<boolean> {
  const type = yield* compiler.checker.getTypeAtLocation.gen(node)
  if (yield* isData(type)) return true
  const resolve = isCallExpression(node) ? yield* compiler.typeOf(type, 'resolve') : undefined
  const [signature] = resolve ? yield* resolve.getCallSignatures.gen() : []
  if (!signature) return false
  if (signature.parameters.length === 0) return true
  return ((yield* compiler.checker.getParameterType.gen(signature, 0)).flags & TypeFlags.Unknown) !== 0
}

function* isData(type: Type): Ask<boolean> {
  if (type.isUnionType()) return (yield* together((yield* type.getTypes.gen()).map(isData))).every(Boolean)
  if (type.flags & dataFlags) return true
  const symbol = type.isObjectType() ? yield* symbolOf(type) : undefined
  return symbol !== undefined && dataClasses.has(symbol.name) && isOfPlatform(symbol)
}

const dataFlags =
  TypeFlags.StringLike |
  TypeFlags.NumberLike |
  TypeFlags.BigIntLike |
  TypeFlags.BooleanLike |
  TypeFlags.Undefined |
  TypeFlags.Null
const dataClasses = new Set(['CryptoKey', 'Date', 'RegExp', 'URL', 'Uint8Array'])

function isPlain(node: Node): boolean {
  if (isBinaryExpression(node)) return arithmetic.has(node.operatorToken.kind)
  return isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node) || plainKinds.has(node.kind)
}

/** What these give is a number, whatever stands on their sides. */
const arithmetic = new Set([
  SyntaxKind.MinusToken,
  SyntaxKind.AsteriskToken,
  SyntaxKind.AsteriskAsteriskToken,
  SyntaxKind.SlashToken,
  SyntaxKind.PercentToken,
])

const plainKinds = new Set([
  SyntaxKind.NumericLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
])

function isExpression(node: Node): node is Expression {
  return !isPropertyAssignment(node) && !isShorthandPropertyAssignment(node) && !isMethodDeclaration(node)
}

/** The services that a function takes from its first parameter. */
export function takenBy(node: FunctionNode): Services {
  const name = node.parameters[0]?.name
  if (!name) return []
  if (isObjectBindingPattern(name)) return namesIn(name)
  return isIdentifier(name) && node.body ? usedOf(name.text, node.body) : '*'
}

function namesIn(pattern: ObjectBindingPattern): Services {
  const names: string[] = []
  for (const { dotDotDotToken, propertyName, name } of pattern.elements) {
    const key = propertyName ?? name
    if (dotDotDotToken || !key || !(isIdentifier(key) || isStringLiteral(key))) return '*'
    names.push(key.text)
  }
  return names.sort(compare)
}

/** What is used of the services where they have a name: `services.db`, `const { db } = services`. */
function usedOf(name: string, body: Node): Services {
  const found: Services[] = []
  const visit = (node: Node): void => {
    if (isIdentifier(node) && node.text === name) found.push(useOf(node))
    node.forEachChild(visit)
  }
  visit(body)
  return joined(found)
}

function useOf(node: Node): Services {
  const { parent } = node
  if (isPropertyAccessExpression(parent)) return parent.expression === node ? [parent.name.text] : []
  if (isPropertyAssignment(parent) && parent.name === node) return []
  if (isVariableDeclaration(parent) && parent.initializer === node && isObjectBindingPattern(parent.name))
    return namesIn(parent.name)
  return '*'
}
