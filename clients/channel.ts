import type { PikkuError } from '../core/index.ts'
import type { ChannelClient, ChannelEntry, ChannelStatus } from './channel-client.ts'
import { exchange, toProblem } from './exchange.ts'
import { badAnswer, failure } from './failure.ts'
import { first } from './fetch-client.ts'
import { convert, own as ownPlan, type Plans } from './plan.ts'
import { createQueue, type Queue } from './queue.ts'
import { keepUnfit } from './request.ts'
import { type Connection, type Exchange, Lane } from './socket.ts'
import type { SocketOptions } from './socket-options.ts'

/** A channel of which nothing is known. */
type AnyChannelClient = ChannelClient<Record<string, unknown>, Record<string, { input: unknown; output: unknown }>>
type Listener = (data: unknown) => void
type Named = { readonly event: string; readonly data: unknown }

/** Opens a channel over the socket. */
export function openChannel(
  connection: Connection,
  path: string,
  { i, c, e, m = {} }: ChannelEntry,
  plans: Plans,
  input: unknown,
  options: SocketOptions,
): AnyChannelClient {
  const id = connection.id()
  const lane = new Lane()
  // Those of the state have no name.
  const listeners = new Set<readonly [name: string | undefined, listener: Listener]>()
  const readers = new Set<Queue<Named>>()
  let status: ChannelStatus = { state: 'connecting', whole: true }
  let settle: readonly [resolve: () => void, reject: (error: unknown) => void]
  const opened = new Promise<void>((...both) => {
    settle = both
  })
  // Who does not ask for it need not handle it.
  opened.catch(() => {})

  const tell = (name: string | undefined, data: unknown) => {
    for (const [own, listener] of listeners) if (own === name) listener(data)
  }
  const on = (name: string | undefined, listener: Listener) => {
    const entry = [name, listener] as const
    listeners.add(entry)
    return () => {
      listeners.delete(entry)
    }
  }
  const change = (next: ChannelStatus) => {
    status = next
    lane.open = next.state === 'open'
    tell(undefined, next)
  }

  const own: Exchange = {
    frame: JSON.stringify({ open: id, to: path, input: convert(i, input, plans, false) }, keepUnfit),
    begin: () => connection.begin(own),
    take: ({ event, name = '', data, open, id, whole = true, output, problem }) => {
      own.after = id ?? own.after
      if (event) receive(name, data)
      else if (open) {
        change({ state: 'open', whole })
        settle[0]()
        connection.flush(lane)
      } else {
        own.sent = false
        close(problem && toProblem(path, problem, c, plans), output)
      }
    },
    lost: () => change({ state: 'connecting', whole: true }),
    fail: (error) => close(error as PikkuError),
  }

  const receive = (event: string, wire: unknown) => {
    let data: unknown
    try {
      data = convert(e && ownPlan(e, event), wire, plans, true)
    } catch (cause) {
      return close(badAnswer(path, new Response(), cause))
    }
    for (const reader of readers) reader.push({ event, data })
    tell(event, data)
  }

  const close = (error?: PikkuError, reason?: unknown) => {
    if (status.state === 'closed') return
    connection.remove(id, own)
    const closed = error ?? failure('UNAVAILABLE', { detail: `${path}: the channel is closed.` })
    for (const message of lane) message.fail(closed)
    for (const reader of readers) reader.end(error)
    settle[1](closed)
    change({ state: 'closed', whole: true, error, reason })
  }

  connection.add(id, own)
  return {
    get state() {
      return status.state
    },
    opened,
    on,
    onState: (listener) => on(undefined, listener as Listener),
    async send(name, input, call = {}) {
      if (status.state === 'closed')
        throw status.error ?? failure('UNAVAILABLE', { detail: `${path}: the channel is closed.` })
      const begin = (message: number) => ({ send: message, on: id })
      const entry = Object.hasOwn(m, name) ? (m[name] ?? {}) : {}
      return first(exchange(connection, lane, begin, 'UNAVAILABLE', name, entry, plans, input, options, call))
    },
    [Symbol.asyncIterator]() {
      const reader = createQueue<Named>()
      if (status.state === 'closed') reader.end(status.error)
      readers.add(reader)
      return reader.read(() => readers.delete(reader))
    },
    close: () => close(),
    [Symbol.dispose]: () => close(),
  }
}
