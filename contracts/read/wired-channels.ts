import { ObjectFlags, TypeFlags } from 'typescript/sync'
import type { Location } from '../diagnostic.ts'
import { type Ask, type Compiler, type CompilerSymbol, type Type, together } from './compiler.ts'
import type { FunctionSource } from './functions.ts'
import { wordsOf } from './named.ts'
import { nameOf, placeOf } from './place.ts'
import type { Problems } from './problems.ts'
import { propertiesOf, symbolOf } from './questions.ts'
import { exportNameOf, isPath, sourceOfSymbol } from './wired.ts'

/** A channel that the app wires, and what its type says. */
export interface WiredChannel {
  /** `/rooms/:room` */
  readonly path: string
  /** Where it is wired. */
  readonly at: Location
  readonly types: ChannelTypes
  readonly source: FunctionSource
  /** What it is called where it is declared. */
  readonly exportName: string
}

/** The type arguments of a channel. */
export interface ChannelTypes {
  readonly params: Type
  readonly events: Type
  readonly messages: Type
  readonly auth: Type
}

/** The channels of the app, in its order. */
export function* readWiredChannels(
  compiler: Compiler,
  definition: Type,
  problems: Problems,
): Ask<readonly WiredChannel[]> {
  const channels = yield* compiler.typeOf(definition, 'channels')
  if (!channels || channels.flags & TypeFlags.VoidLike) return []
  const symbols = yield* propertiesOf(channels)
  const read = yield* together(symbols.map((symbol) => readWiredChannel(compiler, symbol, problems)))
  return read.filter((channel) => channel !== undefined)
}

function* readWiredChannel(
  compiler: Compiler,
  symbol: CompilerSymbol,
  problems: Problems,
): Ask<WiredChannel | undefined> {
  const path = symbol.name
  const node = yield* compiler.declarationOf(symbol)
  const source = yield* sourceOfSymbol(compiler, symbol)
  const types = yield* channelTypes(compiler, yield* compiler.checker.getTypeOfSymbol.gen(symbol))
  if (!node || !source || !types) {
    const what = "Make it by channel({ … }), and wire it by its name: '/rooms/:room': rooms.room."
    problems.add('PK1002', node, `What ${JSON.stringify(path)} holds is no channel that can be seen. ${what}`, path)
    return undefined
  }
  if (!path.startsWith('/')) {
    problems.add(
      'PK1003',
      node,
      `${JSON.stringify(path)} is no path. Write one that begins with a slash: '/rooms/:room'.`,
    )
    return undefined
  }
  if (!isPath(path, node, problems)) return undefined
  const words = wordsOf(path) ?? 'root'
  const exportName = exportNameOf(source.declaration) ?? words.charAt(0).toLowerCase() + words.slice(1)
  return { path, at: placeOf(nameOf(node)), types, source, exportName }
}

/** What `channel` makes says all in its type arguments. */
export function* channelTypes(compiler: Compiler, type: Type): Ask<ChannelTypes | undefined> {
  if (!type.isObjectType() || !(type.objectFlags & ObjectFlags.Reference) || !type.isTypeReference()) return undefined
  const symbol = yield* symbolOf(type)
  const isChannel =
    symbol?.name === 'Channel' && symbol.declarations.every(({ path }) => /\/core\/channel(\.d)?\.ts$/.test(path))
  if (!isChannel) return undefined
  const [, , params, events, messages, auth] = yield* compiler.argumentsOf(type)
  return params && events && messages && auth ? { params, events, messages, auth } : undefined
}
