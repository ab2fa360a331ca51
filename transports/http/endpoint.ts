import { isEventId, type Operation, PikkuError, type RouteContract, type Runtime } from '../../core/index.ts'
import type { Tracing } from '../otel.ts'
import { checkAccept } from './acceptable.ts'
import { challengeOf } from './challenge.ts'
import type { Given } from './content.ts'
import { type CorsOptions, type Origins, toTest } from './cors.ts'
import { HttpIncoming } from './incoming.ts'
import { readInput } from './input.ts'
import { ItemStream } from './item-stream.ts'
import { writeProblem } from './problem.ts'
import { type TrustProxy, throughProxies, toldByProxies } from './proxy.ts'
import type { HttpReply } from './reply.ts'
import { dataHeaders, transportSecurity } from './security.ts'
import type { InputSource } from './source.ts'
import { streamFormatFor } from './stream-format.ts'

/** A request, whatever server it came to. */
export interface HttpRequest extends InputSource {
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** The network address at the other end of the connection. */
  readonly address: string | undefined
  /** Fires when the caller goes away; asked for late, since making it costs on some servers. */
  readonly signal: AbortSignal
  /** For handlers that ask for it; asked for late too. */
  readonly request: Request
}

/** The answer to a request, whatever server sends it. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: HttpBody
}

/** The body of an answer. Where it is no text, its length is among the headers, if it is known. */
export type HttpBody = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array> | null

/** What of the outside an endpoint believes. */
export interface EndpointOptions {
  /**
   * Other origins whose pages may call this app with the user's cookies, such as `https://app.example.com`, or what
   * tells whether one is. Default: none but the app's own.
   */
  readonly origins?: Origins
  /** What pages of other origins may do besides. Default: nothing. */
  readonly cors?: CorsOptions
  /**
   * The servers in front that are believed when they say, by `x-forwarded-for`, `-proto` and `-host`, who calls and by
   * which address: how many of them there are, or whether the one of this address is one of them. Default: none.
   */
  readonly trustProxy?: TrustProxy
  /**
   * Compresses JSON, texts and files of such types from 1 KiB on, for callers who take it. Answers to a session that
   * came by a cookie stay as they are: what foreign pages make a browser ask must not tell them anything by its length.
   * Default: `false`, for whoever has a server in front that does it.
   */
  readonly compress?: boolean
  /** Tells browsers to take answers for nothing but data: `nosniff`, a content security policy and others. Default `true`. */
  readonly securityHeaders?: boolean
  /** Puts spans around calls: `tracingWith(…)` of `pikku/otel`. */
  readonly tracing?: Tracing | undefined
  /** How streams are kept up. */
  readonly streams?: StreamOptions
}

/** How the streams of an app are kept up. */
export interface StreamOptions {
  /** Milliseconds after which a stream sends something, whether there is an item or not; 0 for never. Default 15,000. */
  readonly heartbeat?: number
  /** Milliseconds that readers are told to wait before they come back. Default: they are told nothing. */
  readonly retry?: number
}

/** What is known of a request before its body, or of one for a socket. */
type CalledRequest = Pick<HttpRequest, 'method' | 'url' | 'address' | 'header'>

/** Answers the requests to operations: every HTTP server ends here, so that all answer alike. */
export class HttpEndpoint {
  readonly #runtime: Runtime
  /** Whether pages of another origin may call with the user's cookies. */
  readonly trusts: (origin: string) => boolean
  readonly #trustProxy: TrustProxy | undefined
  readonly #compress: boolean
  readonly #streamOptions: StreamOptions
  readonly #securityHeaders: typeof dataHeaders
  readonly #tracing: Tracing | undefined
  /** The streams that are open. */
  readonly #streams = new Set<AbortController>()
  /** Why streams are refused, once the server is going away. */
  #away: PikkuError | undefined

  constructor(runtime: Runtime, options: EndpointOptions) {
    const { origins = [], trustProxy, compress = false, streams = {}, securityHeaders = true, tracing } = options
    this.#tracing = tracing
    this.#securityHeaders = securityHeaders ? dataHeaders : []
    this.#runtime = runtime
    this.trusts = toTest(origins)
    this.#trustProxy = trustProxy
    this.#compress = compress
    this.#streamOptions = streams
  }

  /** Calls an operation, by its route or, without one, by its name. */
  answer(operation: Operation, route: RouteContract | undefined, received: HttpRequest): Promise<HttpAnswer> {
    const isPlain = this.#trustProxy === undefined && !this.#tracing
    return isPlain ? this.#answer(operation, route, received, undefined) : this.#trace(operation, route, received)
  }

  async #trace(operation: Operation, route: RouteContract | undefined, received: HttpRequest): Promise<HttpAnswer> {
    const request = this.#trustProxy === undefined ? received : throughProxies(received, this.#trustProxy)
    if (!this.#tracing) return this.#answer(operation, route, request, undefined)
    return this.#tracing.span(operation, route, request, (trace) => this.#answer(operation, route, request, trace))
  }

  /** A request for a socket as its caller made it, in front of the proxies that are trusted. */
  asCalled(received: CalledRequest): CalledRequest {
    const { method, header } = received
    return this.#trustProxy === undefined ? received : { method, header, ...toldByProxies(received, this.#trustProxy) }
  }

  async #answer(
    operation: Operation,
    route: RouteContract | undefined,
    request: HttpRequest,
    trace: string | undefined,
  ): Promise<HttpAnswer> {
    const id = requestIdOf(request)
    const leaving = operation.contract.kind === 'stream' ? new AbortController() : undefined
    const accept = request.header('accept')
    try {
      if (accept && accept !== '*/*') checkAccept(accept, operation.contract)
      const incoming = new HttpIncoming(id, request, this.trusts)
      incoming.trace = trace
      incoming.leaving = leaving
      if (operation.contract.resumable) incoming.lastEventId = lastEventIdOf(request)
      const output = await this.#runtime.call(operation, () => readInput(request, operation, route), incoming)
      const { reply } = incoming
      const headers = this.#head(id, request, operation.contract.answer ? 'content' : reply)
      if (leaving) {
        reply.apply((name, value) => headers.push([name, value]))
        return await this.#stream(output as AsyncGenerator<unknown>, request, headers, id, leaving)
      }
      const answer = await this.#value(operation, { output, request, reply, headers })
      if (!this.#compress || incoming.byCookie) return answer
      const { compress } = await import('./compress.ts')
      return await compress(answer, request.header('accept-encoding'))
    } catch (error) {
      return this.problem(error, id, { operation: operation.name, accept, request })
    }
  }

  /** The headers that every answer has. */
  #head(id: string, request?: HttpRequest, reply?: HttpReply | 'content'): [string, string][] {
    const headers: [string, string][] = [['x-request-id', id]]
    if (reply === 'content' || this.#securityHeaders.length === 0) return headers
    for (const [name, value] of this.#securityHeaders) {
      // What the handler set stands.
      if (reply?.given(name) === undefined) headers.push([name, value])
    }
    if (request?.url.startsWith('https:')) headers.push([...transportSecurity])
    return headers
  }

  /** The answer that tells of an error. */
  problem(error: unknown, id: string, about: About = {}): HttpAnswer {
    const { operation, accept, request } = about
    const problem = this.#runtime.toProblem(error, { id, ...(operation ? { operation } : {}) })
    const { type, body } = writeProblem(problem, id, accept)
    const headers = this.#head(id, request)
    headers.push(['content-type', type], ['cache-control', 'no-store'])
    const challenge = problem.status === 401 && request && challengeOf(this.#runtime.sources, request, problem)
    if (challenge) headers.push(['www-authenticate', challenge])
    if (problem.retryAfter) headers.push(['retry-after', String(problem.retryAfter)])
    return { status: problem.status, headers, body }
  }

  #value({ contract }: Operation, given: Given): HttpAnswer | Promise<HttpAnswer> {
    const { output, reply, headers } = given
    const { answer: form } = contract
    if (form && output !== undefined)
      return import('./content.ts').then(({ answerContent }) => answerContent(form, given, contract.status))
    reply.apply((name, value) => headers.push([name, value]))
    // What is there at times only is not there with 204.
    const silent = contract.output === undefined ? (contract.status ?? 204) : 204
    if (output === undefined) return { status: reply.status ?? silent, headers, body: null }
    const answer = { status: reply.status ?? contract.status ?? 200, headers, body: JSON.stringify(output) }
    headers.push(['content-type', 'application/json'])
    if (reply.given('cache-control') === undefined) return answer
    return import('./content.ts').then(({ answerCached }) => answerCached(answer, given))
  }

  /** Ends the streams that are open, and refuses others: their readers are told to come back. */
  drain(): void {
    this.#away = this.interrupt()
  }

  /** Ends the streams that are open, and takes others: where a server has its time for each of them. */
  interrupt(): PikkuError {
    const reason = new PikkuError('UNAVAILABLE', { detail: 'The server is going away. Connect again.' })
    for (const stream of this.#streams) stream.abort(reason)
    return reason
  }

  async #stream(
    items: AsyncGenerator<unknown>,
    request: HttpRequest,
    headers: [string, string][],
    requestId: string,
    leaving: AbortController,
  ): Promise<HttpAnswer> {
    // Who comes back at once may come by the connection that he had.
    if (this.#away) {
      await items.return(undefined)
      throw this.#away
    }
    const format = streamFormatFor(request.header('accept'))
    const { heartbeat = 15_000, retry } = this.#streamOptions
    // The last is for nginx, which would hold the items back until it has many.
    headers.push(['content-type', format.type], ['cache-control', 'no-store'], ['x-accel-buffering', 'no'])
    // In seconds, so that readers know when they hear nothing any more.
    if (heartbeat > 0) headers.push(['x-heartbeat', String(heartbeat / 1000)])
    if (request.method === 'HEAD') {
      await items.return(undefined)
      return { status: 200, headers, body: null }
    }
    this.#streams.add(leaving)
    const ended = () => this.#streams.delete(leaving)
    const body = new ItemStream({ items, format, requestId, heartbeat, retry, leaving, ended })
    return { status: 200, headers, body }
  }
}

/** What is known of the call that failed. */
interface About {
  readonly operation?: string
  /** The `accept` header of its caller. */
  readonly accept?: string | undefined
  /** Where a 401 is to say how to come back. */
  readonly request?: HttpRequest
}

/** What the caller of a stream has, when he comes back for what follows. */
function lastEventIdOf(request: HttpRequest): string | undefined {
  const id = request.header('last-event-id') || undefined
  if (id === undefined || isEventId(id)) return id
  throw new PikkuError('BAD_REQUEST', { detail: 'last-event-id is no id of this server.' })
}

/** The id that the caller gave, when it is one, otherwise a new one. */
export function requestIdOf(request: Pick<HttpRequest, 'header'>): string {
  const given = request.header('x-request-id')
  return given && /^[\w.:-]{1,128}$/.test(given) ? given : crypto.randomUUID()
}
