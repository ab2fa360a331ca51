import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'

/** A frame, as it came or is to go. */
export type Wire = { readonly [key: string]: unknown }

/** A socket on the side of the server. */
export interface Peer {
  readonly url: string | undefined
  readonly headers: IncomingHttpHeaders
  /** The ping has come with which a client begins. */
  readonly greeted: Promise<void>
  /** What came after it that nobody took yet. */
  next(): Promise<Wire>
  /** How much came that nobody took yet. */
  readonly waiting: number
  /** What came as bytes. */
  readonly bytes: Buffer[]
  nextBytes(): Promise<unknown>
  send(...frames: (Wire | Uint8Array)[]): void
  sendText(text: string): void
  close(code: number): void
  /** Cuts the connection without a word. */
  cut(): void
  /** The code that the client closed it with. */
  readonly closed: Promise<number>
}

export const ready: Wire = { ready: { id: 'c1', beat: 15_000, message: 65_536 } }

/** A real server of the socket protocol that says what a test lets it say. */
export async function serveSockets(greeting: Wire | null = ready) {
  let page = ''
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page))
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'pikku.v1' })
  const arrived = createMailbox<Peer>()
  let refusals = 0
  server.on('upgrade', (request, stream, head) => {
    if (refusals > 0) {
      refusals--
      return stream.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n')
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const peer = toPeer(socket, request.url, request.headers)
      if (greeting) peer.send(greeting)
      arrived.put(peer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    /** The next socket that a client opens. */
    peer: arrived.take,
    /** How many were opened that nobody took yet. */
    get opened() {
      return arrived.size
    },
    /** Answers all but sockets with this page. */
    page: (html: string) => {
      page = html
    },
    /** Refuses the next handshakes. */
    refuse: (times: number) => {
      refusals = times
    },
    sockets: sockets.clients,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function toPeer(socket: WebSocket, url: string | undefined, headers: IncomingHttpHeaders): Peer {
  const frames = createMailbox<Wire>()
  const bytes: Buffer[] = []
  const greeted = once(socket, 'message').then(([data]) => assert.equal(`${data}`, '{"ping":0}'))
  socket.on('error', () => {})
  socket.once('message', () =>
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) bytes.push(data)
      else frames.put(JSON.parse(`${data}`))
    }),
  )
  return {
    url,
    headers,
    greeted,
    next: frames.take,
    get waiting() {
      return frames.size
    },
    bytes,
    nextBytes: () => new Promise((resolve) => socket.once('message', resolve)),
    send: (...all) => {
      for (const frame of all) socket.send(frame instanceof Uint8Array ? frame : JSON.stringify(frame))
    },
    sendText: (text) => socket.send(text),
    close: (code) => socket.close(code),
    cut: () => socket.terminate(),
    closed: once(socket, 'close').then(([code]) => code as number),
  }
}

/** What is put in is taken out in its order, by who waits or who comes. */
function createMailbox<Item>() {
  const items: Item[] = []
  const waiting: ((item: Item) => void)[] = []
  return {
    put: (item: Item) => {
      const taker = waiting.shift()
      if (taker) taker(item)
      else items.push(item)
    },
    get size() {
      return items.length
    },
    take: () =>
      new Promise<Item>((resolve) => {
        const item = items.shift()
        if (item) resolve(item)
        else waiting.push(resolve)
      }),
  }
}
