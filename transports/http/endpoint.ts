import { type Operation, PikkuError, type RouteContract, type Runtime } from '../../core/index.ts'
import { credentialOf } from './credential.ts'
import { toEventStream } from './events.ts'
import { type InputSource, readBody, readRouteInput } from './input.ts'
import { problemOf, problemType } from './problem.ts'
import { type TrustProxy, throughProxies } from './proxy.ts'
import { HttpReply } from './reply.ts'

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
  readonly body: string | ReadableStream<Uint8Array> | null
}

/** What of the outside an endpoint believes. */
export interface EndpointOptions {
  /**
   * Other origins whose pages may call this app with the user's cookies, such as `https://app.example.com`.
   * Default: none but the app's own.
   */
  readonly origins?: readonly string[]
  /**
   * The servers in front that are believed when they say, by `x-forwarded-for`, `-proto` and `-host`, who calls and by
   * which address: how many of them there are, or whether the one of this address is one of them. Default: none.
   */
  readonly trustProxy?: TrustProxy
}

/** Answers the requests to operations: every HTTP server ends here, so that all answer alike. */
export class HttpEndpoint {
  readonly #runtime: Runtime
  readonly #origins: ReadonlySet<string>
  readonly #trustProxy: TrustProxy | undefined
  /** The streams that are open. */
  readonly #streams = new Set<AbortController>()

  constructor(runtime: Runtime, { origins = [], trustProxy }: EndpointOptions) {
    this.#runtime = runtime
    this.#origins = new Set(origins)
    this.#trustProxy = trustProxy
  }

  /** Calls an operation, by its route or, without one, by its name. */
  async answer(operation: Operation, route: RouteContract | undefined, received: HttpRequest): Promise<HttpAnswer> {
    const request = this.#trustProxy === undefined ? received : throughProxies(received, this.#trustProxy)
    const reply = new HttpReply()
    const id = requestIdOf(request)
    const leaving = operation.contract.kind === 'stream' ? new AbortController() : undefined
    const { maxBody } = operation
    const read = () => (route ? readRouteInput(request, route, maxBody) : readBody(request, maxBody))
    try {
      const output = await this.#runtime.call(operation, read, {
        id,
        reply,
        get address() {
          return request.address
        },
        get request() {
          return request.request
        },
        get signal() {
          return leaving ? AbortSignal.any([request.signal, leaving.signal]) : request.signal
        },
        credential: (source) => credentialOf(source, request, this.#origins),
      })
      const headers: [string, string][] = [['x-request-id', id]]
      reply.apply((name, value) => headers.push([name, value]))
      if (leaving) return await this.#stream(output as AsyncGenerator<unknown>, request, headers, id, leaving)
      if (output === undefined) return { status: reply.status ?? 204, headers, body: null }
      const body = JSON.stringify(output)
      headers.push(['content-type', 'application/json'])
      return { status: reply.status ?? 200, headers, body }
    } catch (error) {
      return this.problem(error, id, operation.name)
    }
  }

  /** The answer that tells of an error. */
  problem(error: unknown, id: string, operation?: string): HttpAnswer {
    const problem = this.#runtime.toProblem(error, { id, ...(operation ? { operation } : {}) })
    const headers = [
      ['x-request-id', id],
      ['content-type', problemType],
      ['cache-control', 'no-store'],
    ] as const
    return { status: problem.status, headers, body: JSON.stringify(problemOf(problem, id)) }
  }

  /** Ends the streams that are open: their readers are told to come back. */
  drain(): void {
    const reason = new PikkuError('UNAVAILABLE', { detail: 'The server is going away. Connect again.' })
    for (const stream of this.#streams) stream.abort(reason)
  }

  async #stream(
    items: AsyncGenerator<unknown>,
    { method }: HttpRequest,
    headers: [string, string][],
    id: string,
    leaving: AbortController,
  ): Promise<HttpAnswer> {
    headers.push(['content-type', 'text/event-stream'], ['cache-control', 'no-store'])
    if (method === 'HEAD') {
      await items.return(undefined)
      return { status: 200, headers, body: null }
    }
    this.#streams.add(leaving)
    const body = toEventStream(items, id, leaving, () => this.#streams.delete(leaving))
    return { status: 200, headers, body }
  }
}

/** The id that the caller gave, when it is one, otherwise a new one. */
export function requestIdOf(request: Pick<HttpRequest, 'header'>): string {
  const given = request.header('x-request-id')
  return given && /^[\w.:-]{1,128}$/.test(given) ? given : crypto.randomUUID()
}
