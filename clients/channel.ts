import type { PikkuError } from '../core/index.ts'
import type { ChannelClient, ChannelEntry, ChannelStatus } from './channel-client.ts'
import { badAnswer, toFailure } from './failure.ts'
import { first } from './fetch-client.ts'
import { invoke, readText } from './invocation.ts'
import { convert, own as ownPlan, type Plans } from './plan.ts'
import { createQueue, type Queue } from './queue.ts'
import { type Connection, type Exchange, Lane, type Problem } from './socket.ts'
import { socketFetch, toResponse } from './socket-fetch.ts'
import type { SocketOptions } from './socket-options.ts'

/** A channel of which nothing is known. */
type AnyChannelClient = ChannelClient<Record<string, unknown>, Record<string, { input: unknown; output: unknown }>>
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
  const listeners = new Set<readonly [name: string | undefined, listener: (data: never) => void]>()
  const readers = new Set<Queue<Named>>()
  let status: ChannelStatus = { state: 'connecting', whole: true }
  let after: string | undefined
  let ended: Problem = { code: 'UNAVAILABLE', status: 503, detail: `${path}: the channel is closed.` }
  let settle: readonly [resolve: () => void, reject: (error: unknown) => void]
  const opened = new Promise<void>((...both) => {
    settle = both
  })
  // Who does not ask for it need not handle it.
  opened.catch(() => {})

  const on = (name: string | undefined, listener: (data: never) => void) => {
    const entry = [name, listener] as const
    listeners.add(entry)
    return () => {
      listeners.delete(entry)
    }
  }
  const tell = (name: string | undefined, data: unknown) => {
    for (const [own, listener] of listeners) {
      try {
        if (own === name) listener(data as never)
      } catch (error) {
        // It is the listener's own, and the others go on.
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
  const change = (next: ChannelStatus) => {
    status = next
    lane.open = next.state === 'open'
    tell(undefined, next)
  }

  const own: Exchange = {
    frame: () => JSON.stringify({ open: id, to: path, input: convert(i, input, plans, false), after }),
    take: ({ event, name = '', data, open, id, whole = true, output, problem }) => {
      after = id ?? after
      if (event) receive(name, data)
      else if (open) {
        change({ state: 'open', whole })
        settle[0]()
        connection.flush(lane)
      } else {
        own.sent = false
        ended = problem ?? ended
        close(problem && toFailure(path, new Response(), JSON.stringify(problem), c, plans), output)
      }
    },
    lost: () => change({ state: 'connecting', whole: true }),
  }

  const receive = (event: string, wire: unknown) => {
    try {
      const data = convert(ownPlan(e, event), wire, plans, true)
      for (const reader of readers) reader.push({ event, data })
      tell(event, data)
    } catch (cause) {
      close(badAnswer(path, new Response(), cause))
    }
  }

  const close = (error?: PikkuError, reason?: unknown) => {
    connection.remove(id, own)
    for (const message of lane) message.take({ problem: ended })
    for (const reader of readers) reader.end(error)
    settle[1](error)
    if (status.state !== 'closed') change({ state: 'closed', whole: true, error, reason })
  }

  connection.add(id, own)
  return {
    get state() {
      return status.state
    },
    opened,
    on,
    onState: (listener) => on(undefined, listener),
    send: (name, input, call = {}) => {
      const request = socketFetch(connection, (message) => ({ send: message, on: id, to: name }), lane, options.queue)
      const all = {
        ...options,
        fetch: status.state === 'closed' ? async () => toResponse(ended) : request,
        headers: {},
        retries: 0,
      }
      return first(invoke('', name, ownEntry(m, name), plans, input, all, call, readText))
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

/** What the table has of this name. */
export function ownEntry<Entry extends object>(entries: Readonly<Record<string, Entry>>, name: string): Entry | {} {
  return (Object.hasOwn(entries, name) && entries[name]) || {}
}
