import { isCallExpression, isObjectLiteralExpression, type Node, type TypeNode } from 'typescript/ast'
import { TypeFlags } from 'typescript/sync'
import type { ChannelMember, ChannelModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { type Ask, type CompilerSymbol, type Type, together } from './compiler.ts'
import { nameIn, type Parts, partsOf, sourceOf, sourceOfExpression } from './functions.ts'
import { permissionNames } from './guards.ts'
import { wordsOf } from './named.ts'
import { commentOf } from './notes.ts'
import type { NamedChannel } from './operation-names.ts'
import { type Around, readAuth, readOperation } from './operations.ts'
import { nameOf, placeOf } from './place.ts'
import { propertiesOf } from './questions.ts'
import { functionsAround, joined, servicesOf, servicesOfAll } from './services.ts'
import type { ShapeReader } from './shapes.ts'
import { inside, propertyStep, siteOf } from './site.ts'
import { thrownBy } from './thrown.ts'
import { isPlainName, sourceOfSymbol } from './wired.ts'
import type { WiredChannel } from './wired-channels.ts'

/** Reads one channel of the app. Its shapes still refer to types by the keys of the registry. */
export function* readChannel(
  reader: ShapeReader,
  wired: NamedChannel,
  app: Omit<Around, 'names' | 'auth'>,
): Ask<ChannelModel> {
  const { name, exportName, path, at, types, source } = wired
  const { declaration } = source
  const file = declaration.getSourceFile().fileName
  const channel: Channel = {
    name,
    exportName,
    module: app.modules.of(file),
    source: app.modules.sourceOf(file),
    auth: readAuth(reader, types.auth, name, declaration),
    declaration,
    app,
  }
  const literal = yield* literalOf(reader, wired)
  const [connect, disconnect] = yield* together(
    ['connect', 'disconnect'].map((handler) => handlerIn(reader, literal, handler)),
  )
  const params = yield* readParams(reader, types.params, channel, connect ?? disconnect)
  const around = literal ? literal.filter((node) => ['permissions', 'middleware'].includes(nameIn(node) ?? '')) : []
  const isWhole = literal !== undefined
  const none: Parts = { handler: undefined, options: [], isWhole }
  const opening = { ...(connect ?? none), options: around, isWhole: isWhole && (connect?.isWhole ?? true) }
  const { description, ...comment } = commentOf(declaration)
  const deprecated = comment.tags.find((tag) => tag.name === 'deprecated')
  const disconnecting = disconnect && (yield* readEnd(reader, channel, 'disconnect', disconnect, params))
  return {
    name,
    path,
    module: channel.module,
    exportName,
    ...(description === undefined ? {} : { description }),
    ...(deprecated ? { deprecated: deprecated.text || true } : {}),
    auth: channel.auth,
    at,
    connect: yield* readEnd(reader, channel, 'connect', opening, params),
    ...(disconnecting ? { disconnect: disconnecting } : {}),
    messages: yield* readMessages(reader, types.messages, channel),
    events: yield* readEvents(reader, types.events, channel),
  }
}

/** What the parts of a channel have in common. */
interface Channel extends Pick<ChannelModel, 'name' | 'exportName' | 'module' | 'auth'> {
  readonly source: string
  readonly declaration: Node
  readonly app: Omit<Around, 'names' | 'auth'>
}

/** What `channel` was given, where that is written out. */
function* literalOf({ compiler }: ShapeReader, { source }: WiredChannel): Ask<readonly Node[] | undefined> {
  const call = source.expression
  const argument = call && isCallExpression(call) ? call.arguments[0] : undefined
  const made = argument && (yield* sourceOfExpression(compiler, argument, source.declaration))?.expression
  return made && isObjectLiteralExpression(made) ? made.properties : undefined
}

function* handlerIn(
  { compiler }: ShapeReader,
  literal: readonly Node[] | undefined,
  name: string,
): Ask<Parts | undefined> {
  const property = literal?.find((node) => nameIn(node) === name)
  if (!property) return undefined
  const source = yield* sourceOf(compiler, property)
  return source ? yield* partsOf(compiler, source) : { handler: undefined, options: [], isWhole: false }
}

/** The parameters of the path; nothing where there are none. */
function* readParams(
  reader: ShapeReader,
  type: Type,
  { name, declaration }: Channel,
  parts: Parts | undefined,
): Ask<Shape | undefined> {
  if (type.flags & (TypeFlags.Unknown | TypeFlags.VoidLike | TypeFlags.Never)) return undefined
  const isObject = type.isObjectType()
  if (isObject && (yield* propertiesOf(type)).length + (yield* type.getIndexInfos.gen()).length === 0) {
    return undefined
  }
  const parameter = parts?.handler?.parameters[1]
  return yield* reader.read(type, siteOf(`${name}.connect input`, parameter ?? declaration, parameter?.type))
}

/** The handler at one end of a channel. Both take the same input, so their schemas are named alike. */
function* readEnd(
  reader: ShapeReader,
  { name, exportName, module, source, auth, declaration, app }: Channel,
  end: 'connect' | 'disconnect',
  parts: Parts,
  input: Shape | undefined,
): Ask<OperationModel> {
  const around = yield* functionsAround(reader.compiler, parts)
  const permissions = yield* permissionNames(reader.compiler, parts)
  const handlers = parts.handler ? [parts.handler] : []
  const errors = yield* thrownBy(reader, [...handlers, ...around.functions, ...app.middleware.functions])
  // Without a handler there are still its permissions.
  const own = parts.handler || !parts.isWhole ? servicesOf(parts, around) : servicesOfAll(around)
  return {
    name: `${name}.${end}`,
    module,
    source,
    exportName: `${exportName}Connect`,
    kind: 'call',
    auth,
    ...(permissions.length > 0 ? { permissions } : {}),
    rpc: false,
    routes: [],
    at: placeOf(nameOf(declaration)),
    ...(input ? { input } : {}),
    errors,
    services: joined([own, servicesOfAll(app.middleware)]),
  }
}

function* readMessages(reader: ShapeReader, type: Type, channel: Channel): Ask<readonly ChannelMember[]> {
  const symbols = yield* propertiesOf(type)
  const messages = yield* together(symbols.map((symbol) => readMessage(reader, symbol, channel)))
  return messages.filter((message) => message !== undefined)
}

function* readMessage(
  reader: ShapeReader,
  symbol: CompilerSymbol,
  { name: channel, exportName, module, source: file, auth, declaration, app }: Channel,
): Ask<ChannelMember | undefined> {
  const { name } = symbol
  const { compiler, problems } = reader
  const node = (yield* compiler.declarationOf(symbol)) ?? declaration
  const refuse = (why: string): undefined => problems.add('PK1011', node, why, `${channel}.${name}`) as undefined
  if (!isPlainName(name)) {
    const rule = 'Messages are named by letters, digits, _ and $, and by none of __proto__, constructor, prototype.'
    return refuse(`${JSON.stringify(name)} cannot be the name of a message. ${rule}`)
  }
  if (name === 'connect' || name === 'disconnect') {
    return refuse(`\`${name}\` is what the channel itself does, so no message can be named so. Give it another name.`)
  }
  const source = (yield* sourceOfSymbol(compiler, symbol)) ?? { declaration: node, expression: undefined }
  const names = { name: `${channel}.${name}`, exportName: exportName + (wordsOf(name) ?? name) }
  const handler = { rpcName: undefined, routes: [], type: yield* compiler.checker.getTypeOfSymbol.gen(symbol), source }
  const operation = yield* readOperation(reader, { ...handler, exportName: name }, { ...app, names, auth })
  // Its handler may stand in another file, and its schemas stand with those of the channel.
  return operation && { name, operation: { ...operation, module, source: file } }
}

function* readEvents(reader: ShapeReader, type: Type, channel: Channel): Ask<readonly ChannelMember[]> {
  const symbols = yield* propertiesOf(type)
  const types = symbols.length === 0 ? [] : yield* reader.compiler.checker.getTypeOfSymbol.gen(symbols)
  const events = yield* together(symbols.map((symbol, index) => readEvent(reader, symbol, types[index], channel)))
  return events.filter((event) => event !== undefined)
}

function* readEvent(
  reader: ShapeReader,
  symbol: CompilerSymbol,
  type: Type | undefined,
  { name: channel, exportName, module, source, auth, declaration }: Channel,
): Ask<ChannelMember | undefined> {
  const { name } = symbol
  const node = yield* reader.compiler.declarationOf(symbol)
  if (!type || !isEventName(name)) {
    const rule =
      'Events are named by letters, digits and the signs _ $ . : / -, and by none of __proto__, constructor, prototype.'
    const why = `${JSON.stringify(name)} cannot be the name of an event. ${rule}`
    reader.problems.add('PK1011', node ?? declaration, why, channel)
    return undefined
  }
  const comment = commentOf(node)
  const deprecated = comment.tags.find((tag) => tag.name === 'deprecated')
  const written = node && 'type' in node ? (node.type as TypeNode | undefined) : undefined
  const site = inside(siteOf(`${channel} events`, declaration, undefined), propertyStep(name), written, node)
  const isEmpty = (type.flags & (TypeFlags.VoidLike | TypeFlags.Never)) !== 0
  const output = isEmpty ? undefined : reader.comment(yield* reader.read(type, site), comment, site)
  const operation: OperationModel = {
    name: `${channel}:${name}`,
    module,
    source,
    exportName: exportName + (wordsOf(name) ?? name),
    ...(comment.description === undefined ? {} : { description: comment.description }),
    ...(deprecated ? { deprecated: deprecated.text || true } : {}),
    kind: 'event',
    auth,
    rpc: false,
    routes: [],
    at: placeOf(nameOf(node ?? declaration)),
    ...(output ? { output } : {}),
    errors: [],
    services: [],
  }
  return { name, operation }
}

function isEventName(name: string): boolean {
  return name.split(/[.:/-]/).every((part) => isPlainName(part) || /^\d+$/.test(part))
}
