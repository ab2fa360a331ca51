import type { Connection, Peer } from './connection.ts'
import type { Pass } from './pass.ts'
import type { Sockets } from './sockets.ts'

/** A `WebSocket` of a server that has those of browsers, by its shape. */
export interface WebSocketOfServer {
  binaryType: string
  readonly bufferedAmount: number
  send(message: string | Uint8Array): void
  close(code: number, reason: string): void
  addEventListener(type: 'open' | 'close', listener: () => void): void
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void
}

/** Makes a socket that was admitted, and opens later, one of the app's. */
export function connectWebSocket(socket: WebSocketOfServer, sockets: Sockets, pass: Pass): void {
  let connection: Connection | undefined
  socket.binaryType = 'arraybuffer'
  socket.addEventListener('open', () => {
    connection = sockets.open(toPeer(socket), pass)
  })
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string') connection?.receive(data)
    else connection?.receiveBytes(new Uint8Array(data as ArrayBuffer))
  })
  socket.addEventListener('close', () => {
    if (connection) sockets.closed(connection)
  })
}

function toPeer(socket: WebSocketOfServer): Peer {
  return {
    send(message) {
      socket.send(message)
      return socket.bufferedAmount
    },
    close: (code, reason) => socket.close(code, reason),
  }
}
