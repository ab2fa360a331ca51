import { PikkuError } from '../core/index.ts'

export type { Issue } from '../core/index.ts'
export { attachments } from './attachments.ts'
export type {
  ChannelClient,
  ChannelEntries,
  ChannelEntry,
  ChannelEventOf,
  ChannelState,
  ChannelStatus,
  MessageEntry,
  SendOptions,
} from './channel-client.ts'
export { createFetchClient } from './fetch-client.ts'
export { files } from './files.ts'
export { idempotencyKey } from './idempotency-key.ts'
export type { Operation, Operations } from './operation.ts'
export type { CallOptions, ClientHeaders, ClientOptions } from './options.ts'
export { socket } from './over-socket.ts'
export { parameters } from './parameters.ts'
export type { Pieces } from './pieces.ts'
export type { Plan, PlanFunction, Plans } from './plan.ts'
export { buffer, bytes, either, keyed, map, objectMap, set, tupleEnds, unless, url } from './plan-functions.ts'
export { createSocketClient } from './socket-client.ts'
export type { SocketLike, SocketOptions } from './socket-options.ts'
export { streams } from './streams.ts'
export { TabSocket } from './tab-socket.ts'
export { AnySocket } from './without-sockets/any-socket.ts'
export { HttpSocket } from './without-sockets/http-socket.ts'
export { PikkuError }

/**
 * Whether what was thrown is an error of Pikku, and of this code when one is given. The generated `isError` is
 * this one with the codes of the app and their data.
 */
export function isError<Code extends string = string, Data = unknown>(
  error: unknown,
  code?: Code,
): error is PikkuError<Code, Data> {
  return error instanceof PikkuError && (code === undefined || error.code === code)
}
