import type { ClientOptions } from './options.ts'
import type { Connection, Exchange, Lane, Problem } from './socket.ts'

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
      const id = connection.id()
      const key = (headers as Headers).get('idempotency-key') ?? undefined
      const end = () => connection.remove(id, exchange)
      const exchange: Exchange = {
        lane,
        frame: () => withInput({ ...begin(id), key }, body as string | null),
        take: ({ output, problem }) => {
          exchange.sent = false
          end()
          resolve(problem ? toResponse(problem) : new Response(JSON.stringify(output)))
        },
        lost: () => {
          if (key || isSafe) return
          end()
          reject()
        },
      }
      signal?.addEventListener('abort', end)
      if (lane.open || lane.size < queue) connection.add(id, exchange)
      else exchange.take({ problem: { code: 'UNAVAILABLE', status: 503, detail: 'Too much waits for the socket.' } })
    })
}

/** A frame with an input that is JSON already. */
export function withInput(frame: object, input: string | null): string {
  const json = JSON.stringify(frame)
  return input === null ? json : `${json.slice(0, -1)},"input":${input}}`
}

/** An answer of HTTP that tells a problem. */
export function toResponse(problem: Problem): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
