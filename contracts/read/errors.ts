import {
  type Expression,
  isBinaryExpression,
  isConditionalExpression,
  isNewExpression,
  isNumericLiteral,
  isObjectLiteralExpression,
  isPropertyAssignment,
  type NewExpression,
  type Node,
} from 'typescript/ast'
import { TypeFlags } from 'typescript/sync'
import { statusOf } from '../../core/index.ts'
import type { ErrorModel } from '../model.ts'
import { type Ask, type Compiler, type CompilerSymbol, type Type, together } from './compiler.ts'
import { typeArgumentsOf } from './named.ts'
import { symbolOf } from './questions.ts'
import type { ShapeReader } from './shapes.ts'
import { siteOf } from './site.ts'
import { withoutParentheses } from './throws.ts'
import { constituentsOf } from './unions.ts'

/** The errors that `func({ errors })` lists. */
export function* readListed(
  reader: ShapeReader,
  type: Type | undefined,
  name: string,
  declaration: Node,
): Ask<readonly ErrorModel[]> {
  if (!type || type.flags & TypeFlags.VoidLike) return []
  if (!type.isTupleType()) {
    const what = 'Write them as a list in the options: errors: [NotFound].'
    reader.problems.add('PK1005', declaration, `Which errors ${name} throws is decided when it runs. ${what}`, name)
    return []
  }
  const classes = yield* typeArgumentsOf(reader.compiler, type)
  const errors = yield* together(classes.map((error) => readListedOne(reader, error, name, declaration)))
  return errors.filter((error) => error !== undefined)
}

function* readListedOne(reader: ShapeReader, type: Type, name: string, declaration: Node): Ask<ErrorModel | undefined> {
  return yield* once(reader, `${type.id}`, function* () {
    const known = yield* readClass(reader.compiler, type)
    const instance = yield* instanceOf(type)
    const symbol = yield* symbolOf(type)
    const blame = (yield* reader.compiler.declarationOf(symbol)) ?? declaration
    if (known && instance) return yield* withData(reader, known, instance, blame, `${name} `)
    const what = `Make it by defineError('CODE', { status: 409 }), with a literal code and status.`
    const message = `The code or the status of ${symbol?.name ?? 'this error'} is not known to the compiler. ${what}`
    reader.problems.add('PK1005', blame, message, name)
    return undefined
  })
}

/** The errors of Pikku that an expression is, when it is thrown; none for what the caller is not told. */
export function* readThrown(reader: ShapeReader, expression: Expression): Ask<readonly ErrorModel[]> {
  const inner = withoutParentheses(expression)
  if (isConditionalExpression(inner)) return yield* readEach(reader, [inner.whenTrue, inner.whenFalse])
  if (isBinaryExpression(inner)) return yield* readEach(reader, [inner.left, inner.right])
  const type = yield* reader.compiler.checker.getTypeAtLocation.gen(inner)
  if (type.flags & TypeFlags.AnyOrUnknown) return []
  const instances = yield* constituentsOf(type)
  const errors = yield* together(instances.map((instance) => readInstance(reader, instance, inner)))
  return errors.filter((error) => error !== undefined)
}

function* readEach(reader: ShapeReader, expressions: readonly Expression[]): Ask<readonly ErrorModel[]> {
  return (yield* together(expressions.map((expression) => readThrown(reader, expression)))).flat()
}

function* readInstance(reader: ShapeReader, instance: Type, thrown: Expression): Ask<ErrorModel | undefined> {
  const { compiler } = reader
  // Nothing but an error of Pikku has both.
  if (!instance.isObjectType() || !(yield* compiler.checker.getPropertyOfType.gen(instance, 'requestId')))
    return undefined
  const code = yield* literalOf(compiler, instance, 'code')
  const symbol = yield* symbolOf(instance)
  if (typeof code !== 'string' || !symbol) return undefined
  const made = isNewExpression(thrown) ? yield* compiler.checker.getTypeAtLocation.gen(thrown.expression) : undefined
  const ofClass = yield* classOf(compiler, symbol, instance)
  const declared = ofClass && (yield* readClass(compiler, ofClass))
  if (ofClass && declared) {
    return yield* once(reader, `${ofClass.id}`, function* () {
      return yield* withData(reader, declared, instance, (yield* compiler.declarationOf(symbol)) ?? thrown)
    })
  }
  const known = (made && (yield* readClass(compiler, made))) ?? readConstructed(code, thrown)
  if (!known) return undefined
  const error = yield* once(reader, `${made?.id} ${known.status} ${instance.id}`, () =>
    withData(reader, known, instance, thrown),
  )
  if (error) reader.inferred.add(error)
  return error
}

/** The class whose every instance is of this type; nothing for a generic one. */
function* classOf(compiler: Compiler, symbol: CompilerSymbol, instance: Type): Ask<Type | undefined> {
  if ((yield* typeArgumentsOf(compiler, instance)).length > 0) return undefined
  return yield* compiler.checker.getTypeOfSymbol.gen(symbol)
}

/** What is known of an error before its data. */
type Known = Pick<ErrorModel, 'code' | 'status' | 'detail'>

function* readClass(compiler: Compiler, type: Type): Ask<Known | undefined> {
  const [code, status, detail] = yield* together([
    literalOf(compiler, type, 'code'),
    literalOf(compiler, type, 'status'),
    literalOf(compiler, type, 'detail'),
  ])
  if (typeof code !== 'string' || typeof status !== 'number') return undefined
  return { code, status, ...(typeof detail === 'string' ? { detail } : {}) }
}

/** `new PikkuError('CONFLICT', { status: 409 })`, where the status is written or that of the code. */
function readConstructed(code: string, thrown: Expression): Known | undefined {
  const init = isNewExpression(thrown) ? initOf(thrown) : undefined
  const byCode = new Map<string, number>(Object.entries(statusOf)).get(code)
  if (init === undefined) return byCode === undefined ? undefined : { code, status: byCode }
  if (init === 'unknown') return undefined
  const given = init.get('status')
  if (!given) return { code, status: byCode ?? 400 }
  return isNumericLiteral(given) ? { code, status: Number(given.text) } : undefined
}

/** The properties of the second argument; nothing without a second argument, or where its status cannot be seen. */
function initOf({ arguments: given }: NewExpression): ReadonlyMap<string, Expression> | 'unknown' {
  const init = given?.[1]
  if (!init) return new Map()
  if (!isObjectLiteralExpression(init)) return 'unknown'
  const properties = new Map<string, Expression>()
  for (const property of init.properties) {
    if (isPropertyAssignment(property)) properties.set(property.name.getText(), property.initializer)
    else if (!('name' in property) || property.name?.getText() === 'status') return 'unknown'
  }
  return properties
}

function* instanceOf(type: Type): Ask<Type | undefined> {
  const [construct] = yield* type.getConstructSignatures.gen()
  return construct && (yield* construct.getReturnType.gen())
}

function* withData(reader: ShapeReader, known: Known, instance: Type, blame: Node, path = ''): Ask<ErrorModel> {
  const data = yield* reader.compiler.typeOf(instance, 'data')
  if (!data || data.flags & (TypeFlags.VoidLike | TypeFlags.Unknown)) return known
  return { ...known, data: yield* reader.read(data, siteOf(`${path}error ${known.code}`, blame, undefined)) }
}

/** Most operations throw the same few errors. */
function* once(reader: ShapeReader, key: string, read: () => Ask<ErrorModel | undefined>): Ask<ErrorModel | undefined> {
  const known = reader.errors.get(key)
  // An empty list of requests waits one round, until the one that met it first has read it.
  while (known && !known.isRead) yield []
  if (known) return known.error
  const entry: { isRead: boolean; error: ErrorModel | undefined } = { isRead: false, error: undefined }
  reader.errors.set(key, entry)
  entry.error = yield* read()
  entry.isRead = true
  return entry.error
}

function* literalOf(compiler: Compiler, type: Type, property: string): Ask<unknown> {
  const found = yield* compiler.typeOf(type, property)
  return found?.isLiteralType() ? found.value : undefined
}
