import type { SocketOptions } from './socket-options.ts'

/** A frame of the server, as `docs/protocol.md` has it. */
export interface Frame {
  readonly ready?: { readonly beat: number; readonly message: number }
  readonly ping?: 0
  readonly done?: number
  readonly item?: number
  readonly open?: number
  readonly event?: number
  readonly fail?: number
  readonly name?: string
  readonly data?: unknown
  readonly output?: unknown
  readonly problem?: Problem | undefined
  readonly id?: string
  readonly whole?: boolean
}

/** Problem details (RFC 9457), as far as they are looked at. */
export interface Problem {
  readonly code: string
  readonly status: number
  readonly detail?: string
  readonly requestId?: string
}

/** Something that goes on over a socket, and over the next one when that is lost: a call, a stream, a channel, a message. */
export interface Exchange {
  /** What it waits its turn in; a channel or a stream waits for none. */
  readonly lane?: Lane | undefined
  /** Whether this socket knows of it. */
  sent?: boolean
  /** The frame that begins it. */
  frame(): string
  /** A frame speaks of it; one with a problem or `done` is the last. */
  take(frame: Frame): void
  /** The socket that knew of it is lost. */
  lost(): void
}

/** What is sent in turn: no more at a time than a server lets wait. */
export class Lane extends Set<Exchange> {
  open = false
}

/** The one socket of a client, which is there while something goes on over it, and comes back when it is lost. */
export interface Connection {
  /** The lane of the calls, which is open while there is a socket. */
  readonly calls: Lane
  /** An id for what is to go on. */
  id(): number
  add(id: number, exchange: Exchange): void
  /** Ends what was added; the server is told when it knows of it. */
  remove(id: number, exchange: Exchange): void
  /** Sends what may be sent of a lane. */
  flush(lane: Lane): void
  /** Sends a frame if there is a socket that is ready. */
  say(frame: object): void
}

export function createConnection(baseUrl: string, options: SocketOptions): Connection {
  const exchanges = new Map<number, Exchange>()
  const calls = new Lane()
  let state: 'none' | 'waiting' | 'there' = 'none'
  let socket: WebSocket | undefined
  let largest = 0
  let last = 0
  let tried = 0
  let since = 0
  // What is left of an earlier socket is passed over.
  let turn = 0
  let watch: ReturnType<typeof setTimeout> | undefined
  let beat: ReturnType<typeof setInterval> | undefined
  let idle: ReturnType<typeof setTimeout> | undefined

  /** In place of what was to be done before. */
  const within = (delay: number, run: () => void) => {
    clearTimeout(watch)
    watch = setTimeout(run, delay)
  }

  const ping = () => say({ ping: 0 })

  const listen = (method: 'addEventListener' | 'removeEventListener') => {
    for (const name of ['online', 'offline', 'visibilitychange']) globalThis[method]?.(name, wake)
  }

  /** The network or the page has changed: comes back at once, or sees whether the socket still lives. */
  const wake = () => {
    if (state === 'waiting') connect()
    if (!calls.open) return
    within(5_000, lose)
    ping()
  }

  const connect = async () => {
    const own = ++turn
    state = 'there'
    since = Infinity
    within(10_000, lose)
    try {
      const { headers, WebSocket: Socket = WebSocket } = options
      const json = JSON.stringify(
        Object.fromEntries(new Headers(typeof headers === 'function' ? await headers() : headers)),
      )
      if (own !== turn) return
      const coded = btoa(json).replace(/[+/=]/g, (char) => ({ '+': '-', '/': '_' })[char] ?? '')
      const url = new URL(`${baseUrl.replace(/\/$/, '')}/rpc`, globalThis.location?.href)
      const opened = new Socket(url.href.replace('http', 'ws'), [
        'pikku.v1',
        ...(json === '{}' ? [] : [`pikku.headers.${coded}`]),
      ])
      socket = opened
      opened.onmessage = ({ data }) => {
        try {
          if (own === turn) take(data)
        } catch {
          lose(4002)
        }
      }
      opened.onclose = ({ code }) => own === turn && lose(code)
      // A constructor such as that of `ws` throws errors that nobody listens to.
      opened.onerror = () => own === turn && lose()
    } catch {
      if (own === turn) lose()
    }
  }

  const take = (data: string) => {
    within(35_000, lose)
    const frame = JSON.parse(data) as Frame
    const { ready, ping: asked, done, item, open, event, fail } = frame
    if (ready) {
      largest = ready.message
      beat = setInterval(ping, ready.beat)
      since = Date.now()
      calls.open = true
      for (const exchange of exchanges.values()) begin(exchange)
    }
    if (asked === 0) say({ pong: 0 })
    exchanges.get(done ?? item ?? open ?? event ?? fail ?? 0)?.take(frame)
  }

  const say = (frame: object) => {
    if (calls.open) socket?.send(JSON.stringify(frame))
  }

  const begin = (exchange: Exchange) => {
    const { lane, sent } = exchange
    if (lane) flush(lane)
    else if (!sent) send(exchange)
  }

  const flush = (lane: Lane) => {
    // Of the messages of a channel a server lets no more wait.
    let room = 32
    for (const exchange of lane) {
      if (!lane.open || !room--) return
      if (!exchange.sent) send(exchange)
    }
  }

  const send = (exchange: Exchange) => {
    if (!calls.open) return
    const frame = exchange.frame()
    // A larger one would be the end of the socket.
    if (new Blob([frame]).size > largest) exchange.take({ problem: { code: 'PAYLOAD_TOO_LARGE', status: 413 } })
    else {
      exchange.sent = true
      socket?.send(frame)
    }
  }

  /** Leaves the socket, and comes back when something is to go on, unless its code says that this makes no sense. */
  const lose = (code = 4000) => {
    turn++
    clearInterval(beat)
    clearTimeout(watch)
    socket?.close(code === 1000 ? code : 4000)
    calls.open = false
    if (Date.now() - since > 10_000) tried = 0
    state = 'waiting'
    const isOver = [1000, 1002, 1003, 1007, 1009, 4002].includes(code)
    for (const exchange of exchanges.values()) {
      if (isOver)
        exchange.take({ problem: { code: 'UNAVAILABLE', status: 503, detail: `The socket was closed: ${code}.` } })
      else if (exchange.sent) {
        exchange.sent = false
        exchange.lost()
      }
    }
    if (exchanges.size) return within(Math.random() * Math.min(10_000, 500 * 2 ** tried++), connect)
    clearTimeout(idle)
    state = 'none'
    listen('removeEventListener')
  }

  return {
    calls,
    id: () => ++last,
    add(id, exchange) {
      clearTimeout(idle)
      exchanges.set(id, exchange)
      exchange.lane?.add(exchange)
      begin(exchange)
      if (state !== 'none') return
      listen('addEventListener')
      connect()
    },
    remove(id, exchange) {
      if (!exchanges.delete(id)) return
      if (exchange.sent) say({ end: id })
      if (exchange.lane?.delete(exchange)) flush(exchange.lane)
      if (!exchanges.size) idle = setTimeout(() => lose(1000), calls.open ? (options.linger ?? 5_000) : 0)
    },
    flush,
    say,
  }
}
