import type { ClientOptions } from './options.ts'
import { type Connection, type Exchange, type Lane, unavailable } from './socket.ts'

/**
 * A `fetch` that makes its one request over the socket, so that all that a call is besides is as over HTTP.
 *
 * @param begin what its frame begins with.
 * @param lane what it waits its turn in, and how many may wait while that is closed.
 * @param isSafe whether it may be made again without a key.
 */
export function socketFetch(
  connection: Connection,
  begin: (id: number) => object,
  lane: Lane,
  queue = 100,
  isSafe?: boolean,
): NonNullable<ClientOptions['fetch']> {
  return (_, { body, headers, signal }) =>
    new Promise((resolve, reject) => {
      const key = (headers as Headers).get('idempotency-key') ?? undefined
      const end = () => connection.remove(exchange)
      const exchange: Exchange = {
        lane,
        frame: (id) => JSON.stringify({ ...begin(id), key, input: JSON.parse(body as string) ?? undefined }),
        take: ({ output, problem }) => {
          exchange.sent = false
          end()
          const headers = { 'content-type': 'application/problem+json' }
          resolve(new Response(JSON.stringify(problem ?? output), problem && { status: problem.status, headers }))
        },
        lost: () => {
          if (key || isSafe) return
          end()
          reject()
        },
      }
      signal?.addEventListener('abort', end)
      const isFull = !lane.open && lane.size >= queue
      const problem = lane.ended ?? (isFull && unavailable('Too much waits.'))
      if (problem) exchange.take({ problem })
      else connection.add(exchange)
    })
}
