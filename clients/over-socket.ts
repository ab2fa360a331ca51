import { invoke } from './invocation.ts'
import type { Read } from './pieces.ts'
import { createQueue } from './queue.ts'
import { retryDelay } from './retry.ts'
import type { Connection, Exchange } from './socket.ts'
import { socketFetch } from './socket-fetch.ts'
import type { SocketOptions } from './socket-options.ts'

/** How many items of a stream are on their way at most. */
const credit = 16

/** `over: socket` sends calls and streams over the socket of the channels too. */
export const socket: NonNullable<SocketOptions['over']> =
  (connection, queue, overHttp) => (url, name, operation, plans, input, options, call, read) => {
    const { a, b, m, p, q, r, ...rest } = operation
    const own = [...new Headers(call.headers).keys()]
    if (a || b || r || own.length || (m && m !== 'GET'))
      return overHttp(url, name, operation, plans, input, options, call, read)
    const begin = (id: number) => ({ call: id, to: name })
    const [fetch, reader] = operation.s
      ? streamOver(connection, begin, options.reconnects)
      : [socketFetch(connection, begin, connection.calls, queue, m === 'GET'), read]
    return invoke(url, name, rest, plans, input, { ...options, fetch, headers: {} }, call, reader)
  }

/** A `fetch` that begins a stream over the socket, and what reads it. */
function streamOver(
  connection: Connection,
  begin: (id: number) => object,
  reconnects = 10,
): [fetch: NonNullable<SocketOptions['fetch']>, read: Read] {
  const items = createQueue<string>()
  let after: string | undefined
  let tried = 0
  let isOver = false
  const end = (why?: object) => {
    isOver = true
    items.end(why)
    connection.remove(exchange)
  }
  let frame: Exchange['frame']
  const exchange: Exchange = {
    frame: (id) => frame(id),
    take: ({ item, id, output, problem }) => {
      after = id ?? after
      if (output !== undefined) items.push(JSON.stringify(output))
      if (item) {
        tried = 0
        return
      }
      exchange.sent = false
      const delay =
        problem && after !== undefined && tried++ < reconnects
          ? retryDelay({ status: problem.status, retryAfter: 0 }, tried, 0)
          : undefined
      if (delay === undefined) return end(problem)
      // Such as of a server that goes away.
      connection.remove(exchange)
      setTimeout(() => isOver || connection.add(exchange), delay)
    },
    lost: () => after ?? end({}),
  }
  const fetch = (_: string, { body, signal }: RequestInit) =>
    new Promise<Response>((resolve) => {
      frame = (id) => {
        // The timeout is for what comes before.
        resolve(new Response())
        return JSON.stringify({ ...begin(id), credit, after, input: JSON.parse(body as string) ?? undefined })
      }
      signal?.addEventListener('abort', () => end({}))
      connection.add(exchange)
    })
  const read: Read = async function* (_response, _signal, toError, lost) {
    let used = 0
    try {
      for await (const item of items.read()) {
        yield item
        if (++used % (credit / 2) === 0) connection.say({ more: exchange.id, credit: credit / 2 })
      }
    } catch (problem) {
      throw 'code' in (problem as object) ? toError(JSON.stringify(problem)) : lost()
    }
  }
  return [fetch, read]
}
