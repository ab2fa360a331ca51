import assert from 'node:assert/strict'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import type { Flag } from './flags.ts'
import type { RawSocket } from './request-socket.ts'

/** How requests are made of a server: by the platform's `fetch`, or over another protocol. */
export interface Client {
  fetch(url: string, init: RequestInit): Promise<Response>
  request(url: URL, parts: RequestParts): Promise<Response>
  /** Opens a socket, where that is not a WebSocket. */
  connect?(url: string, headers: Readonly<Record<string, string>>): RawSocket
}

/** A server of the conformance app, somewhere else: all that is known of it is its address. */
export class Target {
  /** `http://localhost:3000` */
  readonly url: string

  readonly #lacks: readonly Flag[]
  readonly #client: Client
  /** Opens a socket, where that is not a WebSocket. */
  readonly connect: Client['connect']

  constructor(url: string, lacks: readonly Flag[] = [], client: Client = http1) {
    this.url = url
    this.#lacks = lacks
    this.#client = client
    this.connect = client.connect
  }

  /** Whether its runtime can do this. */
  can(flag: Flag): boolean {
    return !this.#lacks.includes(flag)
  }

  /** A request to a path. */
  call(path: string, init: RequestInit = {}): Promise<Response> {
    return this.#client.fetch(this.url + path, init)
  }

  /** A call by name. A text is the body as it is, everything else becomes JSON. */
  rpc(name: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return this.call(`/rpc/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  }

  /** What an operation answers, for what tests need to know of the server. */
  async ask<Answer>(name: string, input: object): Promise<Answer> {
    const response = await this.rpc(name, input)
    const text = await response.text()
    assert.ok(response.ok, `${name}: ${text}`)
    return text === '' ? (undefined as Answer) : JSON.parse(text)
  }

  /** The note that a function left, when it has. */
  async noted(id: string): Promise<string | undefined> {
    return (await this.ask<{ text?: string }>('probe.noted', { id })).text
  }

  /** Resolves when a function has left this note; the test's time limit ends the waiting. */
  async untilNoted(id: string): Promise<string> {
    for (;;) {
      const text = await this.noted(id)
      if (text !== undefined) return text
    }
  }

  /** Forgets a note, so that it can be waited for. */
  forget(id: string): Promise<void> {
    return this.ask('probe.forget', { id })
  }

  /** The lines of the server's log that contain a text. */
  logged(text: string): Promise<string[]> {
    return this.ask('probe.logged', { text })
  }

  /**
   * A request that `fetch` does not make: with headers that it keeps for itself, or with a body of which not all is
   * taken. The body is sent until an answer comes.
   */
  request(path: string, parts: RequestParts): Promise<Response> {
    return this.#client.request(new URL(path, this.url), parts)
  }

  /** Whether it is asked by https, over which cookies have a prefix, and go nowhere else. */
  get isSecure(): boolean {
    return this.url.startsWith('https:')
  }

  /** A cookie of the app, such as `sid=ann`, as it is called here. */
  cookie(pair: string): string {
    return this.isSecure ? `__Host-${pair}` : pair
  }

  /** How the app sets one, after its own attributes. */
  setCookie(cookie: string): string {
    return `${this.cookie(cookie)}; HttpOnly; ${this.isSecure ? 'Secure; ' : ''}SameSite=Lax`
  }

  /** Asks for a refusal: where it may be lost, again when the connection broke. */
  async refusal<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
    for (let left = this.can('heardRefusals') ? 0 : 200; ; left--) {
      try {
        return await ask()
      } catch (error) {
        const { code } = (error instanceof Error && error.cause ? error.cause : error) as { code?: string }
        if (left === 0 || !/^(?:EPIPE|ECONNRESET|UND_ERR_SOCKET)$/.test(code ?? '')) throw error
      }
    }
  }

  /** What the server answers to exactly these bytes, until it closes the connection or has sent `enough`. */
  send(bytes: string | Uint8Array, enough?: RegExp): Promise<string> {
    const { protocol, hostname, port } = new URL(this.url)
    const open = (listen: () => void) =>
      protocol === 'https:'
        ? // The certificate of the tests is signed by nobody.
          connectTls({ port: Number(port), host: hostname, rejectUnauthorized: false }, listen)
        : connect(Number(port), hostname, listen)
    return new Promise((resolve, reject) => {
      let answer = ''
      const socket = open(() => socket.write(bytes))
      socket.setEncoding('latin1').on('data', (chunk: string) => {
        answer += chunk
        if (enough?.test(answer)) socket.destroy()
      })
      socket.on('close', () => resolve(answer))
      socket.on('error', reject)
    })
  }
}

/** A request that `fetch` does not make. */
export interface RequestParts {
  readonly method?: string
  readonly headers: Record<string, string>
  readonly body: string | Iterable<string> | Readable
}

/** A body as it is sent. */
export function readableOf(body: RequestParts['body']): Readable {
  return body instanceof Readable ? body : Readable.from(typeof body === 'string' ? [body] : body)
}

export const http1: Client = {
  fetch: (url, init) => fetch(url, init),
  request: (url, { method = 'POST', headers, body }) =>
    new Promise((resolve, reject) => {
      const request = httpRequest(url, { method, headers })
      request.once('response', (message) => {
        text(message).then((answer) => resolve(toResponse(message, answer)), reject)
        message.once('close', () => request.destroy())
      })
      // A server that takes no more of the body may close the connection before all of it is sent.
      request.once('error', reject)
      const source = readableOf(body)
      request.once('close', () => source.destroy())
      // The body may begin late.
      request.flushHeaders()
      source.pipe(request)
    }),
}

function toResponse({ statusCode = 0, headersDistinct }: IncomingMessage, body: string): Response {
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response(statusCode === 204 ? null : body, { status: statusCode, headers })
}

/** Asserts that a response is problem details with this status and code, and gives them. */
export async function problem(response: Response, status: number, code: string): Promise<Problem> {
  const body = (await response.json()) as Problem
  assert.equal(response.status, status, JSON.stringify(body))
  assert.equal(response.headers.get('content-type'), 'application/problem+json')
  assert.equal(body.code, code)
  assert.equal(body.status, status)
  assert.equal(body.requestId, response.headers.get('x-request-id'))
  return body
}

/** Problem details as they arrive. */
export interface Problem {
  readonly code: string
  readonly status: number
  readonly requestId: string
  readonly detail?: string
  readonly data?: unknown
  readonly issues?: readonly { readonly path: readonly (string | number)[] }[]
}
