import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { TrieRouter } from 'hono/router/trie-router'
import {
  type App,
  createRuntime,
  type Incoming,
  type Operation,
  PikkuError,
  type Runtime,
  type RuntimeOptions,
} from '../core/index.ts'
import { credentialOf } from './http/credential.ts'
import { toEventStream } from './http/events.ts'
import { readBody, readRouteInput } from './http/input.ts'
import { problemOf, problemType } from './http/problem.ts'
import { HttpReply } from './http/reply.ts'

/** How an app answers HTTP. */
export interface HonoOptions<Services> extends RuntimeOptions<Services> {
  /** Where RPC calls go: `POST <rpcPath>/<name>`. Default `/rpc`. */
  readonly rpcPath?: string
  /**
   * Other origins whose pages may call this app with the user's cookies, such as `https://app.example.com`.
   * Default: none but the app's own.
   */
  readonly origins?: readonly string[]
}

/** The Hono app that {@link createHono} makes, with the way to end it. */
export interface PikkuHono extends Hono {
  /** Ends the streams that are open: their readers are told to come back. Call it when the server is to stop. */
  drain(): void
  /** Disposes the services. Call it when the server has stopped. */
  dispose(): Promise<void>
}

/**
 * The app as a plain Hono app, to serve or mount wherever a `fetch` handler can be.
 *
 * ```ts
 * export default createHono(app, { contracts, services })
 * ```
 *
 * @throws Error when the app cannot be served, with every reason.
 */
export function createHono<Services, Session>(app: App<Services, Session>, options: HonoOptions<Services>): PikkuHono {
  const runtime = createRuntime(app, options)
  const http = new HttpSurface(runtime, options.rpcPath ?? '/rpc', options.origins ?? [])
  return Object.assign(http.hono, { drain: () => http.drain(), dispose: () => runtime.dispose() })
}

/** The routes of an app on Hono. */
class HttpSurface {
  readonly hono = new Hono()
  readonly #runtime: Runtime
  readonly #origins: ReadonlySet<string>
  /** Which methods a path answers, for 405 and OPTIONS. */
  readonly #methods = new TrieRouter<string>()
  /** The streams that are open. */
  readonly #streams = new Set<AbortController>()

  constructor(runtime: Runtime, rpcPath: string, origins: readonly string[]) {
    this.#runtime = runtime
    this.#origins = new Set(origins)
    this.hono.onError((error, context) => this.#problem(context, error, requestIdOf(context)))
    this.hono.notFound((context) => this.#notFound(context))
    if (origins.length > 0) {
      this.hono.use(cors({ origin: [...origins], credentials: true, exposeHeaders: ['x-request-id', 'retry-after'] }))
    }
    this.#methods.add('ALL', `${rpcPath}/:name`, 'POST')
    this.hono.post(`${rpcPath}/:name`, (context) => this.#rpc(context))
    for (const { operation, route } of routesOf(runtime)) {
      this.#methods.add('ALL', route.path, route.method)
      this.hono.on(route.method, route.path, (context) =>
        this.#answer(context, operation, () =>
          readRouteInput(context.req, route.method, route.parameters, operation.maxBody),
        ),
      )
    }
  }

  drain(): void {
    const reason = new PikkuError('UNAVAILABLE', { detail: 'The server is going away. Connect again.' })
    for (const stream of this.#streams) stream.abort(reason)
  }

  #rpc(context: Context): Response | Promise<Response> {
    const operation = this.#runtime.operations.get(context.req.param('name') ?? '')
    if (!operation?.contract.rpc) return this.#notFound(context)
    return this.#answer(context, operation, () => readBody(context.req, operation.maxBody))
  }

  async #answer(context: Context, operation: Operation, read: () => unknown): Promise<Response> {
    const reply = new HttpReply()
    const id = requestIdOf(context)
    const leaving = operation.contract.kind === 'stream' ? new AbortController() : undefined
    try {
      const output = await this.#runtime.call(operation, read, this.#incoming(context, id, reply, leaving))
      context.header('x-request-id', id)
      reply.apply((name, value) => context.header(name, value, { append: true }))
      if (leaving) return await this.#stream(context, output as AsyncGenerator<unknown>, id, leaving)
      if (output === undefined) return context.body(null, (reply.status ?? 204) as 204)
      return context.body(JSON.stringify(output), (reply.status ?? 200) as 200, { 'content-type': 'application/json' })
    } catch (error) {
      return this.#problem(context, error, id, operation.name)
    }
  }

  async #stream(
    context: Context,
    items: AsyncGenerator<unknown>,
    id: string,
    leaving: AbortController,
  ): Promise<Response> {
    const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }
    if (context.req.method === 'HEAD') {
      await items.return(undefined)
      return context.body(null, 200, headers)
    }
    this.#streams.add(leaving)
    const body = toEventStream(items, id, leaving, () => this.#streams.delete(leaving))
    return context.body(body, 200, headers)
  }

  #incoming(context: Context, id: string, reply: HttpReply, leaving: AbortController | undefined): Incoming {
    const { raw } = context.req
    const request = { method: raw.method, url: raw.url, header: (name: string) => context.req.header(name) }
    return {
      id,
      request: raw,
      reply,
      get signal() {
        return leaving ? AbortSignal.any([raw.signal, leaving.signal]) : raw.signal
      },
      credential: (source) => credentialOf(source, request, this.#origins),
    }
  }

  #notFound(context: Context): Response {
    const [matches] = this.#methods.match('GET', context.req.path)
    const methods = new Set(matches.map(([method]) => method))
    const id = requestIdOf(context)
    if (methods.size === 0) {
      return this.#problem(context, new PikkuError('NOT_FOUND', { detail: 'There is nothing at this address.' }), id)
    }
    if (methods.has('GET')) methods.add('HEAD')
    const allow = [...methods, 'OPTIONS'].sort().join(', ')
    if (context.req.method === 'OPTIONS') return context.body(null, 204, { allow })
    // An address of an RPC call that no operation has answers POST like one that is not there.
    if (methods.has(context.req.method)) {
      return this.#problem(context, new PikkuError('NOT_FOUND', { detail: 'There is no operation of this name.' }), id)
    }
    context.header('allow', allow)
    const detail = `This address answers ${allow}.`
    return this.#problem(context, new PikkuError('METHOD_NOT_ALLOWED', { detail }), id)
  }

  #problem(context: Context, error: unknown, id: string, operation?: string): Response {
    const problem = this.#runtime.toProblem(error, { id, ...(operation ? { operation } : {}) })
    context.header('x-request-id', id)
    const body = JSON.stringify(problemOf(problem, id))
    return context.body(body, problem.status as 400, { 'content-type': problemType, 'cache-control': 'no-store' })
  }
}

/** Every route, those with more fixed parts first, so that `/todos/changes` is not taken for `/todos/:id`. */
function routesOf(runtime: Runtime) {
  const routes = [...runtime.operations.values()].flatMap((operation) =>
    operation.contract.routes.map((route) => ({ operation, route })),
  )
  return routes.sort((left, right) => compare(left.route.path.split('/'), right.route.path.split('/')))
}

function compare(left: readonly string[], right: readonly string[]): number {
  for (const [position, segment] of left.entries()) {
    const other = right[position] ?? ''
    const difference = Number(segment.startsWith(':')) - Number(other.startsWith(':'))
    if (difference !== 0) return difference
  }
  return 0
}

/** The id the caller gave, when it is one, otherwise a new one. */
function requestIdOf(context: Context): string {
  const given = context.req.header('x-request-id')
  return given && /^[\w.:-]{1,128}$/.test(given) ? given : crypto.randomUUID()
}
