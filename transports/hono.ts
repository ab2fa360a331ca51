import { type Context, Hono, type MiddlewareHandler, type Next } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { type App, createRuntime, PikkuError, type Runtime, type RuntimeOptions } from '../core/index.ts'
import { Cors } from './http/cors.ts'
import { type EndpointOptions, type HttpAnswer, HttpEndpoint, type HttpRequest, requestIdOf } from './http/endpoint.ts'
import { toResponse } from './http/fetch-listener.ts'
import { FetchRequest } from './http/fetch-request.ts'
import { type HttpOperations, routesOf } from './http/operations.ts'
import { plainAddress } from './http/proxy.ts'

/** How an app answers HTTP. */
export interface HonoOptions<Services> extends RuntimeOptions<Services>, EndpointOptions {
  /** What stands before every path of the app: `/api`. Default: nothing. */
  readonly basePath?: string
  /** Where RPC calls go: `POST <rpcPath>/<name>`. Default `/rpc`. */
  readonly rpcPath?: string
  /** Finds the network address at the other end of the connection. Default: as `@hono/node-server` has it. */
  readonly address?: (context: Context) => string | undefined
}

/** The Hono app that {@link createHono} makes, with the way to end it. */
export interface PikkuHono extends Hono {
  /** What answers the app's operations, for servers that need no Hono in between. */
  readonly operations: HttpOperations
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
  const { basePath = '', rpcPath = '/rpc', origins, cors, address = socketAddress } = options
  const runtime = createRuntime(app, options)
  const endpoint = new HttpEndpoint(runtime, options)
  const routes = routesOf(runtime, basePath)
  const operations: HttpOperations = {
    runtime,
    endpoint,
    basePath,
    rpcPath: basePath + rpcPath,
    cors: origins || cors ? new Cors(origins ?? [], cors) : undefined,
    routes,
    fallback: undefined,
  }
  const { hono } = new HonoSurface(operations, address)
  return Object.assign(hono, { operations, drain: () => endpoint.drain(), dispose: () => runtime.dispose() })
}

/** The routes of an app on Hono. */
class HonoSurface {
  readonly hono = new Hono()
  readonly #runtime: Runtime
  readonly #endpoint: HttpEndpoint
  readonly #address: AddressOf
  /** Which methods a path answers, for 405 and OPTIONS. */
  readonly #methods = new TrieRouter<string>()

  constructor(operations: HttpOperations, address: AddressOf) {
    const { runtime, endpoint, rpcPath, cors, routes } = operations
    this.#address = address
    this.#runtime = runtime
    this.#endpoint = endpoint
    this.hono.onError((error, context) => this.#problem(context, error))
    this.hono.notFound((context) => this.#notFound(context))
    if (cors) this.hono.use(withCors(cors))
    this.#methods.add('ALL', `${rpcPath}/:name`, 'POST')
    this.hono.post(`${rpcPath}/:name`, (context) => this.#rpc(context))
    for (const { operation, route } of routes) {
      this.#methods.add('ALL', route.path, route.method)
      this.hono.on(route.method, route.path, async (context) =>
        send(context, await endpoint.answer(operation, route, toRequest(context, address))),
      )
    }
    // Sockets are attached to a server, which may answer already, and then Hono takes no more routes.
    const fallback = async (context: Context, next: Next) =>
      operations.fallback?.(toRequest(context, address), context.req.param('key')) ?? next()
    this.hono.get(`${rpcPath}/socket`, fallback)
    this.hono.post(`${rpcPath}/socket/:key`, fallback)
  }

  async #rpc(context: Context): Promise<Response> {
    const operation = this.#runtime.operations.get(context.req.param('name') ?? '')
    if (!operation?.contract.rpc) return this.#notFound(context)
    return send(context, await this.#endpoint.answer(operation, undefined, toRequest(context, this.#address)))
  }

  #notFound(context: Context): Response {
    const [matches] = this.#methods.match('GET', context.req.path)
    const methods = new Set(matches.map(([method]) => method))
    if (methods.size === 0) {
      return this.#problem(context, new PikkuError('NOT_FOUND', { detail: 'There is nothing at this address.' }))
    }
    if (methods.has('GET')) methods.add('HEAD')
    const allow = [...methods, 'OPTIONS'].sort().join(', ')
    if (context.req.method === 'OPTIONS') return context.body(null, 204, { allow })
    // An address of an RPC call that no operation has answers POST like one that is not there.
    if (methods.has(context.req.method)) {
      return this.#problem(context, new PikkuError('NOT_FOUND', { detail: 'There is no operation of this name.' }))
    }
    context.header('allow', allow)
    return this.#problem(context, new PikkuError('METHOD_NOT_ALLOWED', { detail: `This address answers ${allow}.` }))
  }

  #problem(context: Context, error: unknown): Response {
    return send(
      context,
      this.#endpoint.problem(error, requestIdOf(context.req), { request: toRequest(context, this.#address) }),
    )
  }
}

/** Whatever answers, be it a route of the user's. */
function withCors(cors: Cors): MiddlewareHandler {
  return async (context, next) => {
    const { req } = context
    const preflight = req.method === 'OPTIONS' ? cors.preflight((name) => req.header(name)) : undefined
    if (!preflight) await next()
    for (const [name, value] of preflight ?? cors.headersFor(req.header('origin')))
      context.header(name, value, { append: true })
    return preflight && context.body(null, 204)
  }
}

type AddressOf = (context: Context) => string | undefined

function toRequest(context: Context, address: AddressOf): HttpRequest {
  const { req } = context
  return new FetchRequest(req.raw, {
    param: (name) => req.param(name),
    address: () => address(context),
    whole: () => req.arrayBuffer(),
  })
}

/** What `@hono/node-server` hands over, described by shape. */
function socketAddress({ env }: Context): string | undefined {
  const { incoming } = (env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
  return plainAddress(incoming?.socket?.remoteAddress)
}

/** What to hand to `fetch` of the app beside a request, where the server knows the address of who calls. */
export function calledFrom(remoteAddress: string | undefined): object {
  return { incoming: { socket: { remoteAddress } } }
}

function send(context: Context, { status, headers, body }: HttpAnswer): Response {
  // Runtimes know the length of a blob, and some send a file without reading it.
  if (body instanceof Blob) return toResponse({ status, headers, body })
  for (const [name, value] of headers) context.header(name, value, { append: true })
  return body === null ? context.body(null, status as 204) : context.body(body, status as 200)
}
