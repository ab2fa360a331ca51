import type { PikkuHono } from '../hono.ts'
import { plainAddress } from '../http/proxy.ts'
import type { Connection, Peer } from '../realtime/connection.ts'
import { asksForSocket, fromFetch, shakeHands } from '../realtime/handshake.ts'
import { idleTimeout, type SocketLimits } from '../realtime/limits.ts'
import { type Pass, protocol } from '../realtime/pass.ts'
import { addSocketFallback } from '../realtime/socket-fallback.ts'
import { Sockets } from '../realtime/sockets.ts'
import type { BunServeOptions, BunServer, BunSocket, BunSocketHandler, BunSocketServeOptions } from './shape.ts'

/** What a socket is upgraded with. */
interface Held {
  readonly pass: Pass
  connection?: Connection
}

/** The sockets of an app on Bun. */
export class BunSockets {
  readonly #handler: BunSocketHandler
  readonly #hono: PikkuHono
  readonly #sockets: Sockets

  constructor(hono: PikkuHono, limits: Partial<SocketLimits>) {
    const { runtime, endpoint } = hono.operations
    const sockets = new Sockets(runtime, endpoint.trusts, limits)
    this.#hono = hono
    this.#sockets = sockets
    addSocketFallback(hono, sockets)
    this.#handler = {
      // A larger message closes the socket with 1009.
      maxPayloadLength: sockets.limits.message,
      // Nothing is dropped: the connection cuts who reads too slowly.
      backpressureLimit: 0,
      idleTimeout: idleTimeout(sockets.limits),
      sendPings: false,
      perMessageDeflate: false,
      open(socket) {
        const held = socket.data as Held
        held.connection = sockets.open(toPeer(socket), held.pass)
      },
      message(socket, message) {
        const { connection } = socket.data as Held
        if (typeof message === 'string') connection?.receive(message)
        else connection?.receiveBytes(message)
      },
      ping(socket) {
        ;(socket.data as Held).connection?.admits()
      },
      close(socket) {
        const { connection } = socket.data as Held
        if (connection) sockets.closed(connection)
      },
    }
  }

  /** What `Bun.serve` is given, beside what answers all other requests. */
  beside(answer: BunServeOptions['fetch']): Pick<BunSocketServeOptions, 'websocket' | 'fetch'> {
    return {
      websocket: this.#handler,
      fetch: (request, server) =>
        asksForSocket(request, this.#hono) ? this.#open(request, server) : answer(request, server),
    }
  }

  /** Takes no new sockets, and closes those that are open. */
  drain(): Promise<void> {
    return this.#sockets.drain()
  }

  async #open(request: Request, server: BunServer): Promise<Response | undefined> {
    const address = plainAddress(server.requestIP(request)?.address)
    const pass = await shakeHands(this.#hono, this.#sockets, fromFetch(request, address))
    if (pass instanceof Response) return pass
    const data: Held = { pass }
    const isOpen = server.upgrade(request, { headers: { 'sec-websocket-protocol': protocol }, data })
    // Who has gone away meanwhile hears nothing of it.
    return isOpen ? undefined : new Response(null, { status: 400 })
  }
}

function toPeer(socket: BunSocket): Peer {
  return {
    send(message) {
      if (typeof message === 'string') socket.sendText(message)
      else socket.sendBinary(message)
      return socket.getBufferedAmount()
    },
    close: (code, reason) => socket.close(code, reason),
  }
}
