import { isIdentifier, isTypeReferenceNode, type Node, type TypeNode } from 'typescript/ast'
import { type Signature, TypeFlags } from 'typescript/sync'
import type { ErrorModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { type Ask, type Compiler, isOfPlatform, type Type, together } from './compiler.ts'
import { type Parts, partsOf } from './functions.ts'
import type { Modules } from './modules.ts'
import { typeArgumentsOf } from './named.ts'
import { commentOf } from './notes.ts'
import type { OperationNames } from './operation-names.ts'
import { wireTypeOf } from './own-schemas.ts'
import { nameOf, placeOf } from './place.ts'
import type { ErrorEntry } from './registry.ts'
import { joined, type Services, servicesOf } from './services.ts'
import type { ShapeReader } from './shapes.ts'
import { type Site, unwrapped } from './site.ts'
import { constituentsOf } from './unions.ts'
import type { Wired } from './wired.ts'

/** Where an operation goes, and what stands around it. */
export interface Around {
  readonly modules: Modules
  /** The services of the app's own middleware. */
  readonly middleware: Services
  readonly names: OperationNames | undefined
}

/** Reads one function of the app. Its shapes still refer to types by the keys of the registry. */
export function* readOperation(reader: ShapeReader, wired: Wired, around: Around): Ask<OperationModel | undefined> {
  const { name, exportName } = around.names ?? { name: wired.exportName, exportName: wired.exportName }
  const { declaration } = wired.source
  const [signature, overload] = yield* wired.type.getCallSignatures.gen()
  if (!signature) return undefined
  if (overload || signature.typeParameters?.length) {
    const why = overload ? 'has several signatures' : 'has type parameters'
    const message = `A contract has one input and one output, and ${name} ${why}. Wire a function whose types are settled.`
    reader.problems.add('PK1002', declaration, message, name)
    return undefined
  }
  const parts = yield* partsOf(reader.compiler, wired.source)
  const options = yield* readOptions(reader.compiler, wired.type)
  const file = declaration.getSourceFile().fileName
  const comment = commentOf(declaration)
  const deprecated = comment.tags.find((tag) => tag.name === 'deprecated')
  const place = { name, declaration, parts }
  const input = yield* readInput(reader, signature, options.get('input'), place)
  const output = yield* readOutput(reader, signature, options.get('output'), place)
  const errors = yield* readErrors(reader, options.get('errors'), name, declaration)
  return {
    name,
    module: around.modules.of(file),
    source: around.modules.sourceOf(file),
    exportName,
    ...(comment.description === undefined ? {} : { description: comment.description }),
    ...(deprecated ? { deprecated: deprecated.text || true } : {}),
    kind: output.kind,
    auth: readAuth(reader, options.get('auth'), name, declaration),
    rpc: wired.rpcName !== undefined,
    routes: wired.routes,
    at: placeOf(nameOf(declaration)),
    ...(input ? { input } : {}),
    ...(output.shape ? { output: output.shape } : {}),
    errors,
    services: joined([yield* servicesOf(reader.compiler, parts), around.middleware]),
  }
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
  if (!own && signature.parameters.length < 2) return undefined
  const type = own ?? (yield* reader.compiler.checker.getParameterType.gen(signature, 1))
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
  readonly shape: Shape | undefined
}

function* readOutput(
  reader: ShapeReader,
  signature: Signature,
  schema: Type | undefined,
  { name, declaration, parts }: Place,
): Ask<Output> {
  const { checker } = reader.compiler
  const returned = yield* checker.getReturnTypeOfSignature.gen(signature)
  const awaited = (yield* checker.getAwaitedType.gen(returned)) ?? returned
  const item = yield* itemOfStream(reader, awaited)
  const own = schema && (yield* readOwn(reader, schema, 'output', name))
  const type = own ?? item ?? awaited
  const kind = item ? 'stream' : 'call'
  if (!item && type.flags & TypeFlags.VoidLike) return { kind, shape: undefined }
  if (type.flags & TypeFlags.Never) return { kind, shape: undefined }
  const node = own ? undefined : outputNode(parts.handler?.type)
  const site = siteOf(`${name} output`, parts.handler?.type ?? declaration, node)
  return { kind, shape: yield* reader.read(type, { ...site, undefinedIs: item ? 'wrong' : 'kept' }) }
}

const streams = new Set([
  'AsyncGenerator',
  'AsyncIterable',
  'AsyncIterableIterator',
  'AsyncIteratorObject',
  'Generator',
])

function* itemOfStream(reader: ShapeReader, type: Type): Ask<Type | undefined> {
  const symbol = type.isObjectType() ? yield* type.getSymbol.gen() : undefined
  if (!symbol || !streams.has(symbol.name) || !isOfPlatform(symbol)) return undefined
  return (yield* typeArgumentsOf(reader.compiler, type))[0]
}

/** `Todo` of `Promise<Todo>` and `AsyncGenerator<Todo>`. */
function outputNode(node: TypeNode | undefined): TypeNode | undefined {
  const inner = unwrapped(node)
  if (!inner || !isTypeReferenceNode(inner) || !isIdentifier(inner.typeName)) return inner
  const isWrapper = inner.typeName.text === 'Promise' || streams.has(inner.typeName.text)
  return isWrapper ? outputNode(inner.typeArguments?.[0]) : inner
}

function siteOf(path: string, blame: Node, node: TypeNode | undefined): Site {
  return { path, blame, node: unwrapped(node), within: [], open: [], undefinedIs: 'wrong' }
}

/** The types of what `func` was given beside the handler. A plain function has none. */
function* readOptions(compiler: Compiler, type: Type): Ask<ReadonlyMap<string, Type>> {
  const options = yield* compiler.typeOf(type, 'options')
  const symbols = options ? yield* options.getProperties.gen() : []
  if (symbols.length === 0) return new Map()
  const types = yield* compiler.checker.getTypeOfSymbol.gen(symbols)
  return new Map(symbols.flatMap(({ name }, index) => (types[index] ? [[name, types[index]] as const] : [])))
}

/** Only a literal `false` lets callers in without a session, so that a contract can say so. */
function readAuth(reader: ShapeReader, type: Type | undefined, name: string, declaration: Node): boolean {
  if (!type || type.flags & TypeFlags.VoidLike) return true
  if (type.isBooleanLiteralType()) return type.value
  const what = 'Write auth: true or auth: false in the options themselves.'
  reader.problems.add('PK1002', declaration, `Whether ${name} needs a session is decided when it runs. ${what}`, name)
  return true
}

function* readErrors(
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
  const errors = yield* together(classes.map((error) => readErrorOnce(reader, error, name, declaration)))
  return errors.filter((error) => error !== undefined)
}

/** Most operations throw the same few errors. */
function* readErrorOnce(reader: ShapeReader, type: Type, name: string, declaration: Node): Ask<ErrorModel | undefined> {
  const known = reader.errors.get(type.id)
  // An empty list of requests waits one round, until the one that met it first has read it.
  while (known && !known.isRead) yield []
  if (known) return known.error
  const entry: ErrorEntry = { isRead: false, error: undefined }
  reader.errors.set(type.id, entry)
  entry.error = yield* readError(reader, type, name, declaration)
  entry.isRead = true
  return entry.error
}

function* readError(reader: ShapeReader, type: Type, name: string, declaration: Node): Ask<ErrorModel | undefined> {
  const { compiler } = reader
  const [code, status, detail] = yield* together([
    literalOf(compiler, type, 'code'),
    literalOf(compiler, type, 'status'),
    literalOf(compiler, type, 'detail'),
  ])
  const symbol = yield* type.getSymbol.gen()
  const [construct] = yield* type.getConstructSignatures.gen()
  const blame = (yield* compiler.declarationOf(symbol)) ?? declaration
  if (typeof code !== 'string' || typeof status !== 'number' || !construct) {
    const what = `Make it by defineError('CODE', { status: 409 }), with a literal code and status.`
    reader.problems.add(
      'PK1005',
      blame,
      `The code or the status of ${symbol?.name ?? 'this error'} is not known to the compiler. ${what}`,
      name,
    )
    return undefined
  }
  const instance = yield* construct.getReturnType.gen()
  const data = yield* compiler.typeOf(instance, 'data')
  const isEmpty = !data || (data.flags & TypeFlags.VoidLike) !== 0
  const shape = isEmpty ? undefined : yield* reader.read(data, siteOf(`${name} error ${code}`, blame, undefined))
  return { code, status, ...(typeof detail === 'string' ? { detail } : {}), ...(shape ? { data: shape } : {}) }
}

function* literalOf(compiler: Compiler, type: Type, property: string): Ask<unknown> {
  const found = yield* compiler.typeOf(type, property)
  return found?.isLiteralType() ? found.value : undefined
}
