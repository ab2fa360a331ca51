import type { SocketLike, SocketOptions } from './socket-options.ts'

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
  readonly output?: { readonly reason?: string }
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
  /** Given when it is added. */
  id?: number
  /** Whether this socket knows of it. */
  sent?: boolean
  /** The frame that begins it. */
  frame(id: number): string
  /** A frame speaks of it; one with a problem or `done` is the last. */
  take(frame: Frame): void
  /** The socket that knew of it is lost. */
  lost(): void
}

/** What is sent in turn: no more at a time than a server lets wait. */
export class Lane extends Set<Exchange> {
  open = false
  /** Why nothing more is sent. */
  ended?: Problem
}

/** The one socket of a client, which is there while something goes on over it, and comes back when it is lost. */
export interface Connection {
  /** The lane of the calls, which is open while there is a socket. */
  readonly calls: Lane
  add(exchange: Exchange): void
  /** Ends what was added; the server is told when it knows of it. */
  remove(exchange: Exchange): void
  /** Sends what may be sent of a lane. */
  flush(lane: Lane): void
  /** Sends a frame if there is a socket that is ready. */
  say(frame: object): void
  /** The socket, and how many bytes a message may have. */
  line(): readonly [socket: SocketLike | undefined, largest: number]
}

export function createConnection(baseUrl: string, options: SocketOptions): Connection {
  const exchanges = new Map<number, Exchange>()
  const calls = new Lane()
  // There while there is a socket, or is to be one.
  let needed: AbortController | undefined
  let socket: SocketLike | undefined
  let largest = 0
  let last = 0
  let tried = 0
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

  const ping = () => socket?.send('{"ping":0}')

  /** The network or the page has changed: sees whether the socket still lives, or comes back at once. */
  const wake = () => {
    if (calls.open) {
      within(5_000, lose)
      ping()
    } else connect()
  }

  const connect = async () => {
    const own = ++turn
    socket?.close()
    within(10_000, lose)
    try {
      const { headers, WebSocket: Socket = WebSocket } = options
      const json = JSON.stringify(
        Object.fromEntries(new Headers(typeof headers === 'function' ? await headers() : headers)),
      )
      if (own !== turn) return
      const coded = btoa(json).replace(/[+/=]/g, (char) => ({ '+': '-', '/': '_' })[char] ?? '')
      // A request knows its whole address, on a page too.
      const { url } = new Request(`${baseUrl.replace(/\/$/, '')}/rpc`)
      const opened: SocketLike = new Socket(url.replace('http', 'ws'), [
        'pikku.v1',
        ...(json === '{}' ? [] : [`pikku.headers.${coded}`]),
      ])
      socket = opened
      // Some servers cannot speak first.
      opened.onopen = ping
      opened.onmessage = ({ data }: { readonly data: unknown }) => {
        try {
          if (own === turn) take(data)
        } catch {
          lose(4002)
        }
      }
      // A constructor such as that of `ws` throws errors that nobody listens to.
      opened.onclose = opened.onerror = ({ code }: { readonly code?: number }) => own === turn && lose(code)
    } catch (error) {
      // Of the app's `headers`, or of a runtime without WebSocket: there is nobody whom it could be thrown to.
      console.error(error)
      if (own === turn) lose()
    }
  }

  const take = (data: unknown) => {
    within(35_000, lose)
    // Bytes are for who asked for a file.
    if (typeof data !== 'string') return
    const frame = JSON.parse(data) as Frame
    if (frame.ready) {
      largest = frame.ready.message
      beat = setInterval(() => {
        // The connection is a good one.
        tried = 0
        ping()
      }, frame.ready.beat)
      calls.open = true
      for (const exchange of exchanges.values()) begin(exchange)
    }
    if (frame.ping === 0) socket?.send('{"pong":0}')
    exchanges.get((frame.done ?? frame.item ?? frame.open ?? frame.event ?? frame.fail) as number)?.take(frame)
  }

  const say = (frame: object) => {
    if (calls.open) socket?.send(JSON.stringify(frame))
  }

  const begin = (exchange: Exchange) => {
    if (exchange.lane) flush(exchange.lane)
    else send(exchange)
  }

  const flush = (lane: Lane) => {
    // Of the messages of a channel a server lets no more wait.
    let room = 32
    for (const exchange of lane) {
      if (!lane.open || !room--) return
      send(exchange)
    }
  }

  const send = (exchange: Exchange) => {
    if (exchange.sent || !calls.open) return
    const frame = exchange.frame(exchange.id as number)
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
    const isOver = [1002, 1003, 1007, 1009, 4002].includes(code)
    for (const exchange of exchanges.values()) {
      if (isOver) exchange.take({ problem: unavailable(`The socket is closed: ${code}.`) })
      else if (exchange.sent) {
        exchange.sent = false
        exchange.lost()
      }
    }
    if (exchanges.size) return within(Math.random() * Math.min(10_000, 500 * 2 ** tried++), connect)
    clearTimeout(idle)
    needed?.abort()
    needed = undefined
  }

  return {
    calls,
    add(exchange) {
      clearTimeout(idle)
      exchange.id = ++last
      exchanges.set(last, exchange)
      exchange.lane?.add(exchange)
      begin(exchange)
      if (needed) return
      needed = new AbortController()
      for (const name of ['online', 'offline', 'visibilitychange']) globalThis.addEventListener?.(name, wake, needed)
      connect()
    },
    remove(exchange) {
      const { id, lane, sent } = exchange
      if (!exchanges.delete(id as number)) return
      if (sent) say({ end: id })
      if (lane?.delete(exchange)) flush(lane)
      if (!exchanges.size) idle = setTimeout(() => lose(1000), options.linger ?? 5_000)
    },
    flush,
    say,
    line: () => [socket, largest],
  }
}

export function unavailable(detail: string): Problem {
  return { code: 'UNAVAILABLE', status: 503, detail }
}
