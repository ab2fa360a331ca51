import type { PikkuHono } from '../hono.ts'
import type { Connection, Peer } from '../realtime/connection.ts'
import { shakeHands } from '../realtime/handshake.ts'
import { idleTimeout } from '../realtime/limits.ts'
import { type Pass, protocol } from '../realtime/pass.ts'
import type { Sockets } from '../realtime/sockets.ts'
import { addressOf, headersOf, urlOf } from './head.ts'
import { Incoming } from './incoming.ts'
import { Outgoing } from './outgoing.ts'
import type { UwsRequest, UwsResponse, UwsSocket, UwsSocketBehavior } from './shape.ts'

/** What a socket is upgraded with. */
interface Held {
  readonly pass: Pass
  connection?: Connection
}

/** What uWebSockets.js is to do with sockets of the app. */
export function toBehavior(hono: PikkuHono, sockets: Sockets, scheme: 'http' | 'https'): UwsSocketBehavior {
  const { limits } = sockets
  return {
    // It cuts the connection without a word: a message that is somewhat too large is told so by the connection.
    maxPayloadLength: limits.message * 4,
    // Nothing is dropped: the connection cuts who reads too slowly.
    maxBackpressure: 0,
    idleTimeout: idleTimeout(limits),
    sendPingsAutomatically: false,
    upgrade: (response, request, context) => upgrade(hono, sockets, scheme, [response, request, context]),
    open(socket) {
      const held = heldBy(socket)
      held.connection = sockets.open(toPeer(socket), held.pass)
    },
    message(socket, message, isBinary) {
      const { connection } = heldBy(socket)
      if (isBinary) connection?.receiveBytes(new Uint8Array(message))
      else connection?.receive(message)
    },
    ping(socket) {
      heldBy(socket).connection?.admits()
    },
    close(socket) {
      const { connection } = heldBy(socket)
      if (connection) sockets.closed(connection)
    },
  }
}

function upgrade(
  hono: PikkuHono,
  sockets: Sockets,
  scheme: string,
  [response, request, context]: [UwsResponse, UwsRequest, object],
): void {
  // All that is read of the request is read here: it is gone when this returns.
  const outgoing = new Outgoing(response, new Incoming(response, request), false)
  const headers = new Map(headersOf(request))
  const url = urlOf(request, scheme)
  const method = request.getMethod().toUpperCase()
  let isGone = false
  response.onAborted(() => {
    isGone = true
    outgoing.abort()
  })
  const asked = { method, url, address: addressOf(response), header: (name: string) => headers.get(name) }
  shakeHands(hono, sockets, asked)
    .then((pass) => {
      if (isGone) return undefined
      if (pass instanceof Response) return outgoing.send(pass)
      const held: Held = { pass }
      const key = headers.get('sec-websocket-key') ?? ''
      // Without extensions there is no compression.
      return response.cork(() => response.upgrade({ held }, key, protocol, '', context))
    })
    .catch((error: unknown) => {
      hono.operations.runtime.log.error({ error }, 'a handshake was not answered')
      outgoing.fail()
    })
}

function heldBy(socket: UwsSocket): Held {
  return (socket.getUserData() as { readonly held: Held }).held
}

function toPeer(socket: UwsSocket): Peer {
  return {
    send(message) {
      socket.send(message, typeof message !== 'string')
      return socket.getBufferedAmount()
    },
    close: (code, reason) => socket.end(code, reason),
  }
}
