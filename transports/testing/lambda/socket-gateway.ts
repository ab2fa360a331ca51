import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { json, text } from 'node:stream/consumers'
import { type WebSocket, WebSocketServer } from 'ws'
import type { RuntimeApi } from './runtime-api.ts'

/** The stage of the API, and so the path of its address. */
const stage = 'rpc'

/** The answer of a function to a handshake. */
interface Answer {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * The WebSocket API of an API Gateway: makes each frame of a client an invocation, several at a time, and takes what the
 * functions have to say at another address. It says no more of a refusal than its status, and knows nothing of binary
 * frames or of close codes.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api.html and
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export class SocketGateway {
  readonly #runtimeApi: RuntimeApi
  /** A message of one frame may have 32 KB. */
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: 32_768, handleProtocols: () => false })
  readonly #open = new Map<string, WebSocket>()
  readonly #management = createServer((request, response) => void this.#manage(request, response))

  constructor(runtimeApi: RuntimeApi) {
    this.#runtimeApi = runtimeApi
  }

  /** Takes the handshakes of a server, and gives the address for functions. */
  async start(server: Server): Promise<string> {
    server.on('upgrade', (...upgrade) => void this.#connect(...upgrade))
    this.#management.listen(0, '127.0.0.1')
    await once(this.#management, 'listening')
    return `http://127.0.0.1:${(this.#management.address() as AddressInfo).port}/${stage}`
  }

  cut(): void {
    for (const socket of this.#open.values()) socket.terminate()
  }

  close(): void {
    this.cut()
    this.#management.close()
    this.#management.closeAllConnections()
  }

  async #connect(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    stream.on('error', () => stream.destroy())
    if (request.url !== `/${stage}`) return refuse(stream, 403)
    if (!/^[+/\dA-Za-z]{22}==$/.test(request.headers['sec-websocket-key'] ?? '')) return refuse(stream, 400)
    const id = `${randomBytes(11).toString('base64url')}=`
    const { upgrade: _, connection: __, ...lists } = request.headersDistinct
    const multiValueHeaders = { ...lists, 'x-forwarded-proto': ['http'] }
    const context = this.#contextOf(id, request)
    const answer = await this.#invoke(context, 'CONNECT', { multiValueHeaders })
    if (answer?.statusCode !== 200) return refuse(stream, answer?.statusCode ?? 502)
    // What the function selects, in the words of the server.
    const selected = answer.headers?.['sec-websocket-protocol']
    this.#sockets.options.handleProtocols = () => selected ?? false
    this.#sockets.handleUpgrade(request, stream, head, (socket) => this.#opened(id, socket, context))
  }

  #opened(id: string, socket: WebSocket, context: object): void {
    this.#open.set(id, socket)
    socket.on('error', () => {})
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) socket.close(1003)
      else void this.#invoke(context, 'MESSAGE', { body: String(data) })
    })
    socket.on('close', () => {
      this.#open.delete(id)
      void this.#invoke(context, 'DISCONNECT')
    })
  }

  #contextOf(connectionId: string, { socket, headers }: IncomingMessage): object {
    const identity = { sourceIp: socket.remoteAddress, userAgent: headers['user-agent'] ?? null }
    return { connectionId, domainName: headers.host, stage, apiId: 'api', connectedAt: Date.now(), identity }
  }

  async #invoke(context: object, eventType: string, more: object = {}): Promise<Answer | undefined> {
    const routeKey = eventType === 'MESSAGE' ? '$default' : `$${eventType.toLowerCase()}`
    const requestContext = { ...context, eventType, routeKey, requestId: 'id', messageId: 'id' }
    try {
      return (await json(await this.#runtimeApi.invoke({ requestContext, isBase64Encoded: false, ...more }))) as Answer
    } catch {
      return undefined
    }
  }

  /** `@connections`: 410 where there is none, also before the answer to its handshake. */
  async #manage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, path, coded = ''] = /^(\/[^/]+\/@connections\/)([^/]+)$/.exec(decodeURI(request.url ?? '')) ?? []
    const socket = this.#open.get(decodeURIComponent(coded))
    const message = await text(request)
    if (path !== `/${stage}/@connections/`) response.writeHead(403).end()
    else if (!request.headers.authorization?.startsWith('AWS4-HMAC-SHA256 ')) response.writeHead(403).end()
    else if (!socket) response.writeHead(410).end()
    else if (Buffer.byteLength(message) > 131_072) response.writeHead(413).end()
    else if (request.method === 'DELETE') {
      socket.close(1000)
      response.writeHead(204).end()
    } else socket.send(message, () => response.writeHead(200).end())
  }
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} \r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
