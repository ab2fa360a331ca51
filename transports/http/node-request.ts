import type { IncomingMessage, ServerResponse } from 'node:http'
import { getQueryParams } from 'hono/utils/url'
import { tooLarge } from './bytes.ts'
import type { HttpRequest } from './endpoint.ts'
import { leavingOf, streamMessage } from './node-body.ts'
import { plainAddress } from './proxy.ts'

/**
 * A request as it came to `node:http`. What costs is made when it is asked for. It is a class because an object with
 * getters of its own has a shape of its own, which holds all that they refer to until old memory is collected.
 */
export class NodeRequest implements HttpRequest {
  readonly method: string
  readonly #message: IncomingMessage
  readonly #response: ServerResponse
  readonly #param: ((name: string) => string | undefined) | undefined
  #signal: AbortSignal | undefined
  #request: Request | undefined

  constructor(message: IncomingMessage, response: ServerResponse, param?: (name: string) => string | undefined) {
    this.method = message.method ?? ''
    this.#message = message
    this.#response = response
    this.#param = param
  }

  get url(): string {
    const { headers, url } = this.#message
    return `${'encrypted' in this.#message.socket ? 'https' : 'http'}://${headers.host}${url}`
  }

  get address(): string | undefined {
    return plainAddress(this.#message.socket.remoteAddress)
  }

  get signal(): AbortSignal {
    this.#signal ??= leavingOf(this.#response)
    return this.#signal
  }

  get request(): Request {
    this.#request ??= new Request(this.url, { method: this.method, headers: pairsOf(this.#message) })
    return this.#request
  }

  header(name: string): string | undefined {
    const value = this.#message.headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

  param(name: string): string | undefined {
    return this.#param?.(name)
  }

  queries(name: string): string[] | undefined {
    return getQueryParams(this.url, name) as string[] | undefined
  }

  bytes(limit: number): Promise<NonSharedBuffer> {
    return readMessage(this.#message, limit)
  }

  stream(limit: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    return streamMessage(this.#message, limit)
  }
}

function pairsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
    // What HTTP/2 says of the request itself is no header.
    if (!name.startsWith(':')) pairs.push([name, value])
  }
  return pairs
}

/** As `collectBytes`, by the events of Node: iterating over a message costs more than reading it. */
function readMessage(message: IncomingMessage, limit: number): Promise<NonSharedBuffer> {
  return new Promise((resolve, reject) => {
    const parts: NonSharedBuffer[] = []
    let size = 0
    message.on('data', (part: NonSharedBuffer) => {
      size += part.byteLength
      if (size > limit) {
        message.removeAllListeners('data').pause()
        reject(tooLarge(limit))
      }
      parts.push(part)
    })
    message.once('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    message.once('error', reject)
  })
}
