import { isIdentifier, isTypeReferenceNode, type Node, type TypeNode } from 'typescript/ast'
import { ObjectFlags, TypeFlags } from 'typescript/sync'
import type { ErrorModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { type Ask, type Compiler, isOfPlatform, type Type, together } from './compiler.ts'
import { readContent } from './content.ts'
import { readListed } from './errors.ts'
import { isOverload, type Parts, partsOf } from './functions.ts'
import { permissionNames } from './guards.ts'
import type { Modules } from './modules.ts'
import { typeArgumentsOf } from './named.ts'
import { commentOf } from './notes.ts'
import type { OperationNames } from './operation-names.ts'
import { placesOfOwn, wireTypeOf } from './own-schemas.ts'
import { nameOf, placeOf } from './place.ts'
import { propertiesOf, symbolOf } from './questions.ts'
import { readReply } from './reply.ts'
import { functionsAround, joined, servicesOf, servicesOfAll, type VisibleFunctions } from './services.ts'
import type { ShapeReader } from './shapes.ts'
import { type Signature, signatureOf } from './signature.ts'
import { warnOfSilentGets } from './silent-gets.ts'
import { siteOf, unwrapped } from './site.ts'
import { thrownBy } from './thrown.ts'
import { constituentsOf } from './unions.ts'
import type { Wired } from './wired.ts'

/** Where an operation goes, and what stands around it. */
export interface Around {
  readonly modules: Modules
  /** The app's own middleware, as far as it can be seen. */
  readonly middleware: VisibleFunctions
  readonly names: OperationNames | undefined
  /** Whether a session is needed where a function does not say it. Default `true`. */
  readonly auth?: boolean
}

/** Reads one function of the app. Its shapes still refer to types by the keys of the registry. */
export function* readOperation(reader: ShapeReader, wired: Wired, app: Around): Ask<OperationModel | undefined> {
  const { name, exportName } = app.names ?? { name: wired.exportName, exportName: wired.exportName }
  const { declaration } = wired.source
  const signature = yield* signatureOf(reader.compiler, wired.type)
  if (!signature) return undefined
  if ('why' in signature) {
    const { why } = signature
    const message = `A contract has one input and one output, and ${name} ${why}. Wire a function whose types are settled.`
    reader.problems.add('PK1002', declaration, message, name)
    return undefined
  }
  const parts = yield* partsOf(reader.compiler, wired.source)
  if (parts.handler && isOverload(parts.handler)) {
    const message = `A contract has one input and one output, and ${name} wraps a function with several signatures. Give it one with one.`
    reader.problems.add('PK1002', declaration, message, name)
    return undefined
  }
  const options = yield* readOptions(reader.compiler, signature.options)
  const file = declaration.getSourceFile().fileName
  if (parts.guarded) reader.guards.push({ wired, guarded: parts.guarded })
  const own = commentOf(declaration)
  const comment = parts.guarded && own.description === undefined ? commentOf(parts.guarded) : own
  const deprecated = comment.tags.find((tag) => tag.name === 'deprecated')
  const place = { name, declaration, parts }
  const input = yield* readInput(reader, signature, options.get('input'), place)
  const output = yield* readOutput(reader, signature, options.get('output'), place)
  const schemas = yield* placesOfOwn(reader, parts.options, name)
  const around = yield* functionsAround(reader.compiler, parts)
  const permissions = yield* permissionNames(reader.compiler, parts)
  const listed = yield* readListed(reader, options.get('errors'), name, declaration)
  const handlers = parts.handler ? [parts.handler] : []
  const thrown = yield* thrownBy(reader, [...handlers, ...around.functions, ...app.middleware.functions])
  if (thrown.some((error) => reader.inferred.has(error))) reader.inferring.add(name)
  const keys = yield* readIdempotency(reader.compiler, options.get('idempotency'))
  const content = yield* readContent(reader, options, output, { name, declaration })
  const { kind } = output
  const reply = yield* readReply(reader, options.get('reply'), { name, declaration, kind, answer: content.answer })
  const operation: OperationModel = {
    name,
    module: app.modules.of(file),
    source: app.modules.sourceOf(file),
    exportName,
    ...(comment.description === undefined ? {} : { description: comment.description }),
    ...(deprecated ? { deprecated: deprecated.text || true } : {}),
    kind,
    ...(output.resumable ? { resumable: true } : {}),
    auth: readAuth(reader, options.get('auth'), name, declaration, app.auth),
    ...(permissions.length > 0 ? { permissions } : {}),
    ...keys,
    rpc: wired.rpcName !== undefined,
    routes: wired.routes,
    at: placeOf(nameOf(declaration)),
    ...(input ? { input } : {}),
    ...(Object.keys(schemas).length > 0 ? { schemas } : {}),
    ...content,
    ...reply,
    errors: [...new Set([...listed, ...thrown]), ...(keys.idempotencyKey ? [reused] : [])],
    services: joined([servicesOf(parts, around), servicesOfAll(app.middleware)]),
  }
  warnOfSilentGets(operation, reader.problems)
  return operation
}

/** Where an operation stands. */
interface Place {
  readonly name: string
  readonly declaration: Node
  readonly parts: Parts
}

function* readInput(
  reader: ShapeReader,
  signature: Signature,
  schema: Type | undefined,
  { name, declaration, parts }: Place,
): Ask<Shape | undefined> {
  const own = schema && (yield* readOwn(reader, schema, 'input', name))
  const type = own ?? signature.input
  if (!type) return undefined
  if (type.flags & (TypeFlags.VoidLike | TypeFlags.Never)) return undefined
  const parameter = parts.handler?.parameters[1]
  const site = siteOf(`${name} input`, parameter ?? declaration, own ? undefined : parameter?.type)
  if ((yield* constituentsOf(type, true)).some(({ flags }) => flags & TypeFlags.VoidLike)) {
    return reader.refuse('PK1107', site, 'An input is there or not. Make its properties optional instead of the whole.')
  }
  return yield* reader.read(type, site)
}

/** What is on the wire under a schema of the user's own. */
function* readOwn(reader: ShapeReader, schema: Type, side: 'input' | 'output', name: string): Ask<Type | undefined> {
  const type = yield* wireTypeOf(reader.compiler, schema, side)
  if (type) reader.own.push({ operation: name, side })
  return type
}

interface Output {
  readonly kind: 'call' | 'stream'
  readonly resumable?: boolean
  readonly shape: Shape | undefined
}

function* readOutput(
  reader: ShapeReader,
  signature: Signature,
  schema: Type | undefined,
  { name, declaration, parts }: Place,
): Ask<Output> {
  const { checker } = reader.compiler
  const awaited = (yield* checker.getAwaitedType.gen(signature.output)) ?? signature.output
  const yielded = yield* itemOfStream(reader, awaited)
  const ids = yielded && (yield* trackedIn(reader.compiler, yielded))
  if (ids === 'some') {
    reader.problems.add(
      'PK1002',
      declaration,
      `Items of ${name} come with and without an id. Give each one: tracked(id, item).`,
      name,
    )
  }
  const item = ids === 'all' ? yield* reader.compiler.typeOf(yielded as Type, 'value') : yielded
  const resumable = ids === 'all'
  const own = schema && (yield* readOwn(reader, schema, 'output', name))
  const type = own ?? item ?? awaited
  const kind = item ? 'stream' : 'call'
  if (!item && type.flags & TypeFlags.VoidLike) return { kind, shape: undefined }
  if (type.flags & TypeFlags.Never) return { kind, resumable, shape: undefined }
  const node = own ? undefined : outputNode(parts.handler?.type)
  const site = siteOf(`${name} output`, parts.handler?.type ?? declaration, node)
  return { kind, resumable, shape: yield* reader.read(type, { ...site, undefinedIs: item ? 'wrong' : 'kept' }) }
}

const streams = new Set([
  'AsyncGenerator',
  'AsyncIterable',
  'AsyncIterableIterator',
  'AsyncIteratorObject',
  'Generator',
])

function* itemOfStream(reader: ShapeReader, type: Type): Ask<Type | undefined> {
  const isGeneric = type.isObjectType() && (type.objectFlags & ObjectFlags.Reference) !== 0
  const symbol = isGeneric ? yield* symbolOf(type) : undefined
  if (!symbol || !streams.has(symbol.name) || !isOfPlatform(symbol)) return undefined
  return (yield* typeArgumentsOf(reader.compiler, type))[0]
}

/** Whether the items of a stream are made by `tracked`. */
function* trackedIn(compiler: Compiler, type: Type): Ask<'all' | 'some' | 'none'> {
  const brands = yield* together((yield* constituentsOf(type, true)).map((item) => compiler.typeOf(item, '~tracked')))
  const count = brands.filter((brand) => brand).length
  return count === 0 ? 'none' : count === brands.length ? 'all' : 'some'
}

/** `Todo` of `Promise<Todo>`, `AsyncGenerator<Tracked<Todo>>` and `AsyncGenerator<Todo>`. */
function outputNode(node: TypeNode | undefined): TypeNode | undefined {
  const inner = unwrapped(node)
  if (!inner || !isTypeReferenceNode(inner) || !isIdentifier(inner.typeName)) return inner
  const isWrapper =
    inner.typeName.text === 'Promise' || inner.typeName.text === 'Tracked' || streams.has(inner.typeName.text)
  return isWrapper ? outputNode(inner.typeArguments?.[0]) : inner
}

/** The types of what `func` was given beside the handler. A plain function has none. */
function* readOptions(compiler: Compiler, options: Type | undefined): Ask<ReadonlyMap<string, Type>> {
  const symbols = options ? yield* propertiesOf(options) : []
  if (symbols.length === 0) return new Map()
  const types = yield* compiler.checker.getTypeOfSymbol.gen(symbols)
  return new Map(symbols.flatMap(({ name }, index) => (types[index] ? [[name, types[index]] as const] : [])))
}

/** What a call is answered with whose idempotency key came with another input before. */
const reused: ErrorModel = { code: 'IDEMPOTENCY_KEY_REUSED', status: 422 }

function* readIdempotency(compiler: Compiler, type: Type | undefined): Ask<Pick<OperationModel, 'idempotencyKey'>> {
  if (!type || type.flags & TypeFlags.VoidLike) return {}
  const required = type.isObjectType() ? yield* compiler.typeOf(type, 'required') : undefined
  return { idempotencyKey: required?.isBooleanLiteralType() && required.value ? 'needed' : 'taken' }
}

/** Only a literal `false` lets callers in without a session, so that a contract can say so. */
export function readAuth(
  reader: ShapeReader,
  type: Type | undefined,
  name: string,
  declaration: Node,
  otherwise = true,
): boolean {
  if (!type || type.flags & TypeFlags.VoidLike) return otherwise
  if (type.isBooleanLiteralType()) return type.value
  const what = 'Write auth: true or auth: false in the options themselves.'
  reader.problems.add('PK1002', declaration, `Whether ${name} needs a session is decided when it runs. ${what}`, name)
  return true
}
