import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { plainAddress } from '../http/proxy.ts'
import type { Connection, Peer } from './connection.ts'
import { type Pass, protocol, type SocketRequest } from './pass.ts'
import { toFrame } from './server-frame.ts'
import type { Sockets } from './sockets.ts'

type Upgrade = (message: IncomingMessage, socket: Duplex, head: Buffer) => void

/** What of a server of Node is needed: that of `node:http`, `node:https` or `node:http2`. */
export interface UpgradingServer {
  on(event: 'upgrade', listener: Upgrade): unknown
  listenerCount(event: 'upgrade'): number
}

/** How many bytes are held back at most to be sent together. */
const piece = 65_536

/** What opens sockets on each server, by the path. */
const served = new WeakMap<UpgradingServer, Map<string, Upgrade>>()

/**
 * Opens sockets on a server of Node. Upgrades to other addresses are refused, unless somebody else listens for them.
 *
 * @param prefix what stands before every path of the app on this server.
 * @returns what cuts the sockets that are left.
 */
export function serveSockets(
  server: UpgradingServer,
  { operations }: PikkuHono,
  sockets: Sockets,
  prefix = '',
): () => void {
  const { endpoint, rpcPath } = operations
  const { limits, runtime } = sockets
  const options = {
    noServer: true,
    clientTracking: false,
    maxPayload: limits.message,
    perMessageDeflate: false,
    // Frames are read as JSON in UTF-8, and as nothing else.
    skipUTF8Validation: true,
    // Answered as other messages are: counted, and by who reads.
    autoPong: false,
    handleProtocols: () => protocol,
    // How long a socket that is to close may take, in milliseconds.
    closeTimeout: 1_000,
  }
  const webSockets = new WebSocketServer(options)
  const open = new Set<WebSocket>()

  const accept = (message: IncomingMessage, socket: Duplex, head: Buffer, pass: Pass) =>
    webSockets.handleUpgrade(message, socket, head, (webSocket) => {
      open.add(webSocket)
      const connection = sockets.open(toPeer(webSocket, socket), pass)
      listen(webSocket, connection, () => {
        open.delete(webSocket)
        sockets.closed(connection)
      })
    })

  const refuse = (socket: Duplex, error: unknown) => {
    const { status, headers, body } = endpoint.problem(error, crypto.randomUUID())
    const text = String(body)
    // Who is refused, and does not hang up, is not waited for.
    socket.once('finish', () => socket.destroy())
    const lines = [...headers, ['connection', 'close'], ['content-length', `${Buffer.byteLength(text)}`]]
    socket.end(`HTTP/1.1 ${status} \r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`)
  }

  const answer = (admitted: Promise<Pass>, [message, socket, head]: Parameters<Upgrade>) => {
    admitted
      .then((pass) => !socket.destroyed && accept(message, socket, head, pass))
      .catch((error: unknown) => refuse(socket, error))
      .catch((error: unknown) => {
        runtime.log.error({ error }, 'a handshake was not answered')
        socket.destroy()
      })
  }

  const others = served.get(server)
  const paths = others ?? new Map<string, Upgrade>()
  paths.set(prefix + rpcPath, (...upgrade) => answer(admit(upgrade[0], sockets, endpoint), upgrade))
  // Several apps on one server have one listener, so that what is for none of them is refused once.
  if (!others) listenTo(server, paths, (...upgrade) => answer(Promise.reject(nothing()), upgrade))
  return () => {
    for (const webSocket of open) webSocket.terminate()
  }
}

function listenTo(server: UpgradingServer, paths: Map<string, Upgrade>, refuse: Upgrade): void {
  served.set(server, paths)
  server.on('upgrade', (message, socket, head) => {
    // Without a listener an error of this one socket would end the process.
    socket.on('error', () => socket.destroy())
    const upgrade = paths.get(pathOf(message))
    if (upgrade) upgrade(message, socket, head)
    else if (server.listenerCount('upgrade') === 1) refuse(message, socket, head)
  })
}

async function admit(
  message: IncomingMessage,
  sockets: Sockets,
  endpoint: PikkuHono['operations']['endpoint'],
): Promise<Pass> {
  const { headers, method = '', socket } = message
  const url = `${'encrypted' in socket ? 'https' : 'http'}://${headers.host}${message.url}`
  if (!URL.canParse(url)) throw new PikkuError('BAD_REQUEST', { detail: 'This is not a request that can be read.' })
  const request: SocketRequest = {
    method,
    url,
    address: plainAddress(socket.remoteAddress),
    header: (name) => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
  }
  return sockets.admit(endpoint.asCalled(request))
}

function listen(webSocket: WebSocket, connection: Connection, closed: () => void): void {
  webSocket.on('message', (data: RawData, isBinary: boolean) => {
    // Without another setting a message is one Buffer.
    if (isBinary) connection.receiveBytes(data as Buffer)
    else connection.receive(data as Buffer)
  })
  webSocket.on('ping', (data: Buffer) => connection.admits() && webSocket.pong(data))
  // Whatever goes wrong with it ends this socket, and is followed by `close`.
  webSocket.on('error', () => {})
  webSocket.on('close', closed)
}

/**
 * Messages go to the connection as frames of our own making, one write each: `ws` writes head and payload apart. What it
 * sends itself, such as the answer to a ping, are whole frames too, so the two do not mix.
 */
function toPeer(webSocket: WebSocket, socket: Duplex): Peer {
  return {
    send: (message) => {
      if (webSocket.readyState === webSocket.OPEN) socket.write(toFrame(message))
      // What is corked is not to be taken for what the client does not read.
      if (socket.writableCorked > 0 && socket.writableLength > piece) {
        socket.uncork()
        socket.cork()
      }
      return socket.writableLength
    },
    cork(send) {
      socket.cork()
      send()
      socket.uncork()
    },
    close: (code, reason) => webSocket.close(code, reason),
  }
}

/** The path as it was sent: what is no path is none of ours. */
function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}

function nothing(): PikkuError {
  return new PikkuError('NOT_FOUND', { detail: 'There is no socket at this address.' })
}
