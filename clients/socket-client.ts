import { openChannel } from './channel.ts'
import type { ChannelEntries } from './channel-client.ts'
import { exchange } from './exchange.ts'
import { createFetchClient } from './fetch-client.ts'
import { invoke } from './invocation.ts'
import type { Operations } from './operation.ts'
import type { Pieces } from './pieces.ts'
import type { Plans } from './plan.ts'
import { createConnection } from './socket.ts'
import type { SocketOptions } from './socket-options.ts'

/**
 * Makes the client of an app with channels from the tables in its generated `client.ts`, which calls this. There is
 * one socket for all of them, and none before something is to go over it.
 *
 * @param channels what is to be known of the channels, by path.
 */
export function createSocketClient<Api>(
  baseUrl: string,
  operations: Operations,
  channels: ChannelEntries,
  options: SocketOptions = {},
  plans: Plans = {},
  pieces: Pieces = {},
): Api {
  const connection = createConnection(baseUrl, options)
  const overHttp = pieces.files ?? invoke
  const overSocket: typeof invoke = (url, name, operation, plans, input, options, call, read) =>
    operation.b || operation.a || call.headers
      ? overHttp(url, name, operation, plans, input, options, call, read)
      : exchange(
          connection,
          connection.calls,
          (id) => ({ call: id }),
          'UNREACHABLE',
          name,
          operation,
          plans,
          input,
          options,
          call,
        )
  const all = options.over ? { ...pieces, files: overSocket } : pieces
  const api = createFetchClient<Api>(baseUrl, operations, options, plans, all)
  const channel = (path: string, input: unknown) =>
    openChannel(connection, path, Object.hasOwn(channels, path) ? (channels[path] ?? {}) : {}, plans, input, options)
  return Object.assign(api as object, { channel }) as Api
}
