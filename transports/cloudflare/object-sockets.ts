import type { PikkuHono } from '../hono.ts'
import type { Connection, ConnectionSnapshot } from '../realtime/connection.ts'
import { frames } from '../realtime/frames.ts'
import { fromFetch, shakeHands } from '../realtime/handshake.ts'
import { defaultLimits, type SocketLimits } from '../realtime/limits.ts'
import { protocol } from '../realtime/pass.ts'
import { addSocketFallback } from '../realtime/socket-fallback.ts'
import { Sockets } from '../realtime/sockets.ts'
import { ObjectPeer } from './object-peer.ts'
import type { ObjectSocket, ObjectState, WorkerGlobals } from './shape.ts'

/** Milliseconds without anything to do after which the object may sleep. */
const quiet = 1_000

/** `WebSocket.CLOSING` */
const closing = 2

/** The sockets of a Durable Object. They stay open while it sleeps, and are restored when it wakes. */
export class ObjectSockets {
  readonly #hono: PikkuHono
  readonly #state: ObjectState
  readonly #Pair: NonNullable<WorkerGlobals['WebSocketPair']>
  readonly #sockets: Sockets
  readonly #connections = new Map<ObjectSocket, Connection>()
  /** What was last put down for each. */
  readonly #kept = new WeakMap<ObjectSocket, string>()
  #usedAt = performance.now()

  constructor(hono: PikkuHono, state: ObjectState, limits: Partial<SocketLimits>) {
    const { runtime, endpoint } = hono.operations
    const { unsent = defaultLimits.unsent } = limits
    const { WebSocketPair, WebSocketRequestResponsePair } = globalThis as WorkerGlobals
    if (!WebSocketPair || !WebSocketRequestResponsePair) throw new Error('Durable Objects run on Cloudflare alone.')
    this.#Pair = WebSocketPair
    this.#hono = hono
    this.#state = state
    // So that a sign of life wakes nobody.
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(frames.ping, frames.pong))
    // What is on its way counts as unsent.
    const own = { ...limits, unsent: unsent * 4 }
    this.#sockets = new Sockets(runtime, endpoint.trusts, own, () => this.#rests())
    addSocketFallback(hono, this.#sockets)
  }

  /** Something happens that may send events: keeps the object from sleeping for a while. */
  use(): void {
    this.#usedAt = performance.now()
    this.#sockets.wake()
  }

  /** Makes a request a socket, or gives what it is answered with in place of it. */
  async open(request: Request, address: string | undefined): Promise<Response> {
    const pass = await shakeHands(this.#hono, this.#sockets, fromFetch(request, address))
    if (pass instanceof Response) return pass
    const { 0: client, 1: socket } = new this.#Pair()
    this.#state.acceptWebSocket(socket)
    this.#connections.set(socket, this.#sockets.open(this.#peer(socket), pass))
    const headers = { 'sec-websocket-protocol': protocol }
    return new Response(null, { status: 101, headers, webSocket: client } as ResponseInit)
  }

  /** Goes on with the sockets that have outlived the memory of the object. */
  async restore(): Promise<void> {
    const resuming = this.#state.getWebSockets().map(async (socket) => {
      // It was closed, and the other side has not said so yet.
      if (socket.readyState === closing) return
      const kept = socket.deserializeAttachment()
      // It was not put to sleep, but ended.
      if (typeof kept !== 'string') return socket.close(1012, 'the server is restarting')
      const { heard, snapshot }: Kept = JSON.parse(kept)
      const connection = this.#sockets.restore(this.#peer(socket), snapshot)
      this.#connections.set(socket, connection)
      // So that who went away while the object slept is not taken for one who was heard just now.
      connection.heard.at = sinceStart(Math.max(heard, this.#pingedAt(socket)))
      await connection.resume(snapshot)
    })
    await Promise.all(resuming)
  }

  message(socket: ObjectSocket, message: string | ArrayBuffer): void {
    this.use()
    const connection = this.#connections.get(socket)
    if (typeof message === 'string') connection?.receive(message)
    else connection?.receiveBytes(new Uint8Array(message))
  }

  closed(socket: ObjectSocket): void {
    const connection = this.#connections.get(socket)
    this.#connections.delete(socket)
    if (connection) this.#sockets.closed(connection)
    // The other side waits for an answer to its end.
    if (socket.readyState === closing) socket.close()
  }

  #peer(socket: ObjectSocket): ObjectPeer {
    return new ObjectPeer(socket, () => this.use())
  }

  /** Whether the object may sleep: nothing is going on, and all that is open is put down. */
  #rests(): boolean {
    // What goes by requests keeps the object awake, and is to be looked after.
    const isBusy = this.#sockets.size > this.#connections.size
    let isKept = !isBusy && performance.now() - this.#usedAt >= quiet
    for (const [socket, connection] of this.#connections) {
      connection.heard.at = Math.max(connection.heard.at, sinceStart(this.#pingedAt(socket)))
      isKept &&= this.#keep(socket, connection)
    }
    return isKept
  }

  /** When a ping last came, which is answered without the object; in milliseconds since 1970. */
  #pingedAt(socket: ObjectSocket): number {
    return this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? 0
  }

  /** Puts down what is open on a socket; `false` when that cannot be: then the object stays awake. */
  #keep(socket: ObjectSocket, connection: Connection): boolean {
    const snapshot = connection.snapshot()
    if (!snapshot) return false
    const kept: Kept = { heard: since1970(connection.heard.at), snapshot }
    const text = JSON.stringify(kept)
    if (this.#kept.get(socket) === text) return true
    try {
      socket.serializeAttachment(text)
    } catch {
      // It is larger than Cloudflare keeps.
      return false
    }
    this.#kept.set(socket, text)
    return true
  }
}

/** What is put down of a socket, as JSON. */
interface Kept {
  /** When something last came, in milliseconds since 1970, by the second. */
  readonly heard: number
  readonly snapshot: ConnectionSnapshot
}

/** By the clock of `performance.now()`, which begins anew with the object. */
function sinceStart(time: number): number {
  return performance.now() - (Date.now() - time)
}

function since1970(time: number): number {
  return Math.round((Date.now() - (performance.now() - time)) / 1000) * 1000
}
