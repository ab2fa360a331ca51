import type { ChannelClient, ChannelEntry, ChannelState, ChannelStatus, MessageEntry } from './channel-client.ts'
import { toFailure } from './failure.ts'
import { first } from './fetch-client.ts'
import { invoke, readText } from './invocation.ts'
import { convert, own, type Plans } from './plan.ts'
import { type Connection, type Exchange, Lane, type Problem, unavailable } from './socket.ts'
import { socketFetch } from './socket-fetch.ts'
import type { SocketOptions } from './socket-options.ts'

/** A channel of which nothing is known. */
type AnyChannelClient = ChannelClient<Record<string, unknown>, Record<string, { input: unknown; output: unknown }>>
/** An event, or the status of the channel, which has no name. */
type Told = { readonly event?: string; readonly data: unknown }
type Listener = (told: Told) => void

/** Opens a channel over the socket. */
export function openChannel(
  connection: Connection,
  path: string,
  input: unknown,
  options: SocketOptions,
  plans: Plans,
  { i, c, e, m }: ChannelEntry = {},
): AnyChannelClient {
  const params = convert(i, input, plans, false)
  const lane = new Lane()
  const listeners = new Set<Listener>()
  let status: ChannelStatus = { state: 'connecting' }
  let after: string | undefined

  const listen = (listener: Listener) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  // What a listener throws is its own, and costs nobody else.
  const tell: Listener = (told) => {
    for (const listener of listeners) queueMicrotask(() => listeners.has(listener) && listener(told))
  }
  const on = (name: string | undefined, listener: (data: never) => void) =>
    listen(({ event, data }) => event === name && listener(data as never))

  const change = (state: ChannelState, more?: Omit<ChannelStatus, 'state'>) => {
    status = { state, ...more }
    lane.open = state === 'open'
    tell({ data: status })
  }
  const close = (problem?: Problem, reason?: string) => {
    if (lane.ended) return
    lane.ended = problem ?? unavailable(`${path}: the channel is closed.`)
    connection.remove(channel)
    for (const message of lane) message.take({ problem: lane.ended })
    change('closed', { error: problem && toError(problem), reason })
  }
  const toError = (problem: Problem) => toFailure(path, new Response(), JSON.stringify(problem), c, plans)

  const channel: Exchange = {
    frame: (id) => JSON.stringify({ open: id, to: path, input: params, after }),
    take: (frame) => {
      const { name, problem, whole } = frame
      after = frame.id ?? after
      if (name !== undefined) {
        try {
          tell({ event: name, data: convert(own(e, name), frame.data, plans, true) })
        } catch {
          close({ code: 'BAD_ANSWER', status: 200, detail: `${path}: ${name} breaks the contract.` })
        }
      } else if (frame.open) {
        change('open', { whole })
        connection.flush(lane)
      } else if (!frame.event) {
        channel.sent = false
        close(problem, frame.output?.reason)
      } else if (whole === false) change('open', { whole })
    },
    lost: () => change('connecting'),
  }

  const end = () => close()
  connection.add(channel)
  return {
    get state() {
      return status.state
    },
    get opened() {
      const opened = new Promise<void>((resolve, reject) => {
        const look = () => {
          if (lane.open) resolve()
          else if (lane.ended) reject(toError(lane.ended))
          else return
          stop()
        }
        const stop = listen(look)
        look()
      })
      // Who asks and does not wait for it need not handle it.
      opened.catch(() => {})
      return opened
    },
    on,
    onState: (listener) => on(undefined, listener),
    send: (name, input, call = {}) => {
      const entry: MessageEntry = own(m, name) ?? {}
      const request = (more?: (id: number) => object) =>
        socketFetch(connection, (id) => ({ send: id, on: channel.id, to: name, ...more?.(id) }), lane, options.queue)
      // One that was tried again later would come after those that follow it.
      const all = { ...options, fetch: request(), headers: {}, retries: 0 }
      return first((entry.f ?? invoke)('', name, entry, plans, input, all, call, readText, request, connection.line))
    },
    [Symbol.asyncIterator]() {
      const events = (async function* (): AsyncGenerator<Told | undefined, void, void> {
        const heard: Told[] = []
        let known: Partial<ChannelStatus> = status
        let most = options.queue ?? 100
        let wake: (() => void) | undefined
        const leave = listen((told) => {
          if (!told.event) known = told.data as ChannelStatus
          else if (heard.push(told) > most) {
            // What nobody reads is not kept for ever, and not lost without a word.
            leave()
            known = { error: toError(unavailable('Too much waits.')) }
          }
          wake?.()
        })
        try {
          yield
          most = Infinity
          for (;;) {
            const told = heard.shift()
            if (told) yield told
            else if (known.error) throw known.error
            else if (known.state === 'closed') return
            else
              await new Promise<void>((resolve) => {
                wake = resolve
              })
          }
        } finally {
          leave()
        }
      })()
      // Up to its first `yield`: it hears from now on, though it may be read later.
      events.next()
      return events as AsyncGenerator<Required<Told>>
    },
    close: end,
    [Symbol.dispose]: end,
  }
}
