import {
  isArrayLiteralExpression,
  isCallExpression,
  isIdentifier,
  isLiteralExpression,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isVariableDeclaration,
  type Node,
  SyntaxKind,
} from 'typescript/ast'
import { SymbolFlags, TypeFlags } from 'typescript/sync'
import type { OperationModel, OwnSchema } from '../model.ts'
import type { Shape } from '../shape.ts'
import { type Ask, type Compiler, type Type, together } from './compiler.ts'
import type { Problems } from './problems.ts'
import { partsOfShape, refsIn } from './reach.ts'
import type { Registry } from './registry.ts'
import type { ShapeReader } from './shapes.ts'
import { placeOfExport } from './user-schemas.ts'

/** The sides of operations for which a schema of the user's own stands in `func({ input, output })`. */
export interface OwnSchemas {
  readonly operation: string
  readonly side: 'input' | 'output'
}

/**
 * What is on the wire under a schema of the user's own. The runtime runs it on the wire value itself: an input
 * schema forwards, an output schema backwards if it is one of Zod 4, which can, otherwise forwards too.
 */
export function* wireTypeOf(compiler: Compiler, schema: Type, side: 'input' | 'output'): Ask<Type | undefined> {
  const standard = yield* compiler.typeOf(schema, '~standard')
  const types = standard && (yield* compiler.typeOf(standard, 'types'))
  if (!types || types.flags & TypeFlags.AnyOrUnknown) return undefined
  const both = yield* compiler.checker.getNonNullableType.gen(types)
  const isReversible =
    side === 'output' && (yield* compiler.checker.getPropertyOfType.gen(schema, '_zod')) !== undefined
  return yield* compiler.typeOf(both, side === 'input' || isReversible ? 'input' : 'output')
}

/**
 * Where the schemas stand that the options of a function name, as far as they are exported. Tells of those that are not
 * and ask for more than their types do.
 */
export function* placesOfOwn(
  { compiler, folders, problems }: Pick<ShapeReader, 'compiler' | 'folders' | 'problems'>,
  options: readonly Node[],
  operation: string,
): Ask<{ readonly input?: OwnSchema; readonly output?: OwnSchema }> {
  const places: { input?: OwnSchema; output?: OwnSchema } = {}
  for (const option of options) {
    const isShort = isShorthandPropertyAssignment(option)
    if (!(isShort || isPropertyAssignment(option)) || !isIdentifier(option.name)) continue
    const side = option.name.text
    if (side !== 'input' && side !== 'output') continue
    const value = isShort ? option.name : option.initializer
    const tell = () => problems.warn('PK1303', value, hidden, `${operation} ${side}`, { operation })
    const name = value && isPropertyAccessExpression(value) ? value.name : value
    if (!name || !isIdentifier(name)) {
      if (value && !(yield* saysItsTypeOnly(compiler, value))) tell()
      continue
    }
    const local = isShort ? yield* compiler.checker.getShorthandAssignmentValueSymbol.gen(option) : undefined
    const symbol = isShort ? local && (yield* compiler.behind(local)) : yield* compiler.symbolAt(name)
    const declaration = yield* compiler.declarationOf(symbol)
    const place = declaration && placeOfExport(folders, declaration)
    if (place) places[side] ??= place
    else if (!declaration || !(yield* saysItsTypeOnly(compiler, declaration))) tell()
  }
  return places
}

const hidden =
  'Documents and the lock know this schema by its type, without what else it asks for, since nothing else can import ' +
  'it. Export it as a const of a file that imports nothing but its library.'

/** The functions and methods, of Zod and others, whose schemas ask for nothing that their types do not say. */
const plain: ReadonlySet<string> = new Set(
  (
    'string number boolean null undefined void unknown any literal enum object array tuple record union optional ' +
    'nullable nullish or discriminatedUnion'
  ).split(' '),
)

const words: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
])

/** Whether all that a schema asks for is in its type, as far as that can be seen from how it is written. */
function* saysItsTypeOnly(compiler: Compiler, node: Node): Ask<boolean> {
  if (isVariableDeclaration(node) || isPropertyAssignment(node)) {
    return node.initializer !== undefined && (yield* saysItsTypeOnly(compiler, node.initializer))
  }
  if (isShorthandPropertyAssignment(node)) {
    const local = yield* compiler.checker.getShorthandAssignmentValueSymbol.gen(node)
    const declaration = local && (yield* compiler.declarationOf(yield* compiler.behind(local)))
    return declaration !== undefined && (yield* saysItsTypeOnly(compiler, declaration))
  }
  if (isIdentifier(node) || isPropertyAccessExpression(node)) {
    const symbol = yield* compiler.symbolAt(isIdentifier(node) ? node : node.name)
    // The `z` of Zod, and the like.
    if (symbol && symbol.flags & SymbolFlags.Module) return true
    const declaration = yield* compiler.declarationOf(symbol)
    return declaration !== undefined && (yield* saysItsTypeOnly(compiler, declaration))
  }
  const isCall = isCallExpression(node) && isPropertyAccessExpression(node.expression)
  if (isCall && !plain.has(node.expression.name.text)) return false
  const parts = isCall
    ? [node.expression.expression, ...node.arguments]
    : isObjectLiteralExpression(node)
      ? node.properties
      : isArrayLiteralExpression(node)
        ? node.elements
        : undefined
  if (!parts) return isLiteralExpression(node) || words.has(node.kind)
  const answers = yield* together(parts.map((part) => saysItsTypeOnly(compiler, part)))
  return answers.every((answer) => answer)
}

/** Which values JSON turns into texts by itself, so that a client can bring them back. */
const written = new Set(['date', 'url'])
const unwritten = new Set(['bigint', 'bytes', 'map', 'set'])

/** Reports schemas of the user's own that speak of values which JSON does not have: nothing translates for them. */
export function checkOwnSchemas(
  own: readonly OwnSchemas[],
  operations: readonly OperationModel[],
  registry: Registry,
  problems: Problems,
): void {
  for (const { operation: name, side } of own) {
    const operation = operations.find((candidate) => candidate.name === name)
    const shape = operation?.[side]
    const kind =
      shape &&
      find(shape, registry, new Set(), (found) => unwritten.has(found) || (side === 'input' && written.has(found)))
    if (!kind) continue
    const what =
      side === 'input'
        ? 'Take what JSON has, such as a string, and transform it'
        : 'Give what JSON has, such as a string'
    const why = `Your schema speaks of a ${kind}, and runs on JSON, which has none.`
    problems.add('PK1119', operation.at, `${why} ${what}; in Zod, z.codec does both ways.`, `${name} ${side}`)
  }
}

/**
 * Reports those of the schemas that types lead to which speak of values that JSON does not have: as an input nothing
 * translates for them, as an output only what JSON turns into texts by itself passes.
 */
export function checkUserSchemas(
  { schemas, registry, problems }: Pick<ShapeReader, 'schemas' | 'registry' | 'problems'>,
  operations: readonly OperationModel[],
): void {
  if (schemas.length === 0) return
  const taken = new Set(operations.flatMap(({ input }) => (input ? [...reachedFrom(input, registry)] : [])))
  for (const { entry: key, declaration } of schemas) {
    const { shape } = registry.get(key)
    const isMeant = (kind: string): boolean => unwritten.has(kind) || (taken.has(key) && written.has(kind))
    const kind = shape && find(shape, registry, new Set([key]), isMeant)
    if (!kind) continue
    const why = `This schema speaks of a ${kind}, and runs on JSON, which has none.`
    problems.add('PK1119', declaration, `${why} Take what JSON has, such as a string; z.codec turns it into the other.`)
  }
}

/** The types that a shape leads to, by their keys. */
function reachedFrom(shape: Shape, registry: Registry): Set<string> {
  const seen = refsIn(shape)
  for (const key of seen) {
    const { shape: body } = registry.get(key)
    if (body) for (const next of refsIn(body)) seen.add(next)
  }
  return seen
}

function find(
  shape: Shape,
  registry: Registry,
  seen: Set<string>,
  isMeant: (kind: string) => boolean,
): string | undefined {
  if (isMeant(shape.kind)) return shape.kind
  if (shape.kind === 'ref') {
    const { shape: body } = registry.get(shape.name)
    if (!body || seen.has(shape.name)) return undefined
    return find(body, registry, seen.add(shape.name), isMeant)
  }
  for (const part of partsOfShape(shape)) {
    const kind = find(part, registry, seen, isMeant)
    if (kind) return kind
  }
  return undefined
}
