import { failure } from './failure.ts'
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
  readonly problem?: object
  readonly id?: string
  readonly whole?: boolean
}

/** Something that goes on over a socket, and over the next one when that is lost: a call, a stream, a channel, a message. */
export interface Exchange {
  /** The frame that begins it. */
  readonly frame: string
  /** The last id that came, after which it is taken up. */
  after?: string | undefined
  /** Whether this socket knows of it. */
  sent?: boolean
  /** A socket is ready. */
  begin(): void
  /** A frame speaks of it. */
  take(frame: Frame): void
  /** The socket that knew of it is lost. */
  lost(): void
  /** There is no way for it to go on. */
  fail(error: unknown): void
}

/** What is sent in turn: no more at a time than a server lets wait. */
export class Lane extends Set<Exchange> {
  open = false
}

/** The one socket of a client, which is there while something goes on over it, and comes back when it is lost. */
export interface Connection {
  /** The calls. */
  readonly calls: Lane
  /** An id for what is to go on. */
  id(): number
  add(id: number, exchange: Exchange): void
  /** Ends what was added; the server is told when it knows of it. */
  remove(id: number, exchange: Exchange): void
  /** Sends what begins it, unless this socket knows of it. */
  begin(exchange: Exchange): void
  /** Sends what may be sent of a lane. */
  flush(lane: Lane): void
  /** Sends a frame if there is a socket that is ready. */
  say(frame: object): void
}

/** How many messages of a channel a server lets wait. */
const most = 32

/** Milliseconds without a sign of life after which a peer is taken for dead. */
const silence = 35_000

export function createConnection(baseUrl: string, options: SocketOptions): Connection {
  const exchanges = new Map<number, Exchange>()
  const calls = new Lane()
  let state: 'none' | 'waiting' | 'connecting' | 'ready' = 'none'
  let socket: WebSocket | undefined
  let ready = { beat: 0, message: 0 }
  let last = 0
  let tried = 0
  let since = 0
  // What an earlier socket still says is passed over.
  let turn = 0
  let watch: ReturnType<typeof setTimeout> | undefined
  let quiet: ReturnType<typeof setTimeout> | undefined
  let idle: ReturnType<typeof setTimeout> | undefined

  /** In place of what it was to do before. */
  const within = (delay: number, run: () => void) => {
    clearTimeout(watch)
    watch = setTimeout(run, delay)
  }

  const listen = (method: 'addEventListener' | 'removeEventListener') => {
    for (const name of ['online', 'offline', 'visibilitychange']) globalThis[method]?.(name, wake)
  }

  /** The network or the page has changed: comes back at once, or sees whether the socket still lives. */
  const wake = () => {
    if (state === 'waiting') connect()
    else if (state === 'ready') {
      within(5_000, lose)
      say({ ping: 0 })
    }
  }

  const connect = async () => {
    const own = ++turn
    const isOwn = () => own === turn
    state = 'connecting'
    since = Infinity
    within(10_000, lose)
    try {
      const { headers, WebSocket: Socket = WebSocket } = options
      const fields = [...new Headers(typeof headers === 'function' ? await headers() : headers)]
      if (!isOwn()) return
      const json = JSON.stringify(Object.fromEntries(fields))
      const coded = btoa(json).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '')
      const url = new URL(`${baseUrl.replace(/\/$/, '')}/rpc`, globalThis.location?.href)
      const opened = new Socket(
        url.href.replace('http', 'ws'),
        fields.length ? ['pikku.v1', `pikku.headers.${coded}`] : ['pikku.v1'],
      )
      opened.binaryType = 'arraybuffer'
      opened.onmessage = ({ data }) => isOwn() && take(data)
      opened.onclose = ({ code }) => isOwn() && lose(code)
      // A constructor such as that of `ws` throws errors that nobody listens to.
      opened.onerror = () => isOwn() && lose()
      socket = opened
    } catch {
      if (isOwn()) lose()
    }
  }

  const take = (data: string) => {
    within(silence, lose)
    const frame = JSON.parse(data) as Frame
    if (frame.ready) {
      ready = frame.ready
      state = 'ready'
      since = Date.now()
      calls.open = true
      for (const exchange of exchanges.values()) exchange.begin()
    } else if (frame.ping === 0) say({ pong: 0 })
    else exchanges.get(frame.done ?? frame.item ?? frame.open ?? frame.event ?? frame.fail ?? 0)?.take(frame)
  }

  const send = (text: string) => {
    clearTimeout(quiet)
    quiet = setTimeout(() => say({ ping: 0 }), ready.beat)
    socket?.send(text)
  }

  const say = (frame: object) => {
    if (state === 'ready') send(JSON.stringify(frame))
  }

  const begin = (exchange: Exchange) => {
    const { frame, after, sent } = exchange
    if (sent || state !== 'ready') return
    exchange.sent = true
    send(after === undefined ? frame : `${frame.slice(0, -1)},"after":${JSON.stringify(after)}}`)
  }

  const flush = (lane: Lane) => {
    let room = most
    for (const exchange of lane) {
      if (!lane.open || !room--) return
      begin(exchange)
    }
  }

  /** Leaves the socket, and comes back when something is to go on, unless its code says that this makes no sense. */
  const lose = (code = 4000) => {
    turn++
    clearTimeout(quiet)
    clearTimeout(watch)
    socket?.close(code === 1000 ? code : 4000)
    socket = undefined
    calls.open = false
    if (Date.now() - since > 10_000) tried = 0
    const isOver = /^(100[0237]|1009|4002)$/.test(`${code}`)
    state = 'waiting'
    for (const exchange of exchanges.values()) {
      if (isOver) exchange.fail(failure('UNAVAILABLE', { detail: `The socket was closed with ${code}.` }))
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
      if (state === 'none') {
        listen('addEventListener')
        connect()
      } else exchange.begin()
    },
    remove(id, exchange) {
      if (!exchanges.delete(id)) return
      if (exchange.sent) say({ end: id })
      if (!exchanges.size) idle = setTimeout(() => lose(1000), state === 'ready' ? (options.linger ?? 5_000) : 0)
    },
    begin,
    flush,
    say,
  }
}
