import { openChannel } from './channel.ts'
import type { ChannelEntries } from './channel-client.ts'
import { createFetchClient } from './fetch-client.ts'
import { invoke } from './invocation.ts'
import type { Operations } from './operation.ts'
import type { Pieces } from './pieces.ts'
import { own, type Plans } from './plan.ts'
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
  const { over, queue } = options
  const all = over ? { ...pieces, files: over(connection, queue, pieces.files ?? invoke) } : pieces
  const api = createFetchClient<Api>(baseUrl, operations, options, plans, all)
  const channel = (path: string, input: unknown) =>
    openChannel(connection, path, input, options, plans, own(channels, path))
  return Object.assign(api as object, { channel }) as Api
}
