import type { Context, ExecutionContext } from 'hono'
import type { App } from '../core/index.ts'
import { ObjectSockets } from './cloudflare/object-sockets.ts'
import type { ObjectNamespace, ObjectSocket, ObjectState } from './cloudflare/shape.ts'
import { createHono, type HonoOptions, type PikkuHono } from './hono.ts'
import { asksForSocket } from './realtime/handshake.ts'
import { type SocketsOption, socketsOf } from './realtime/limits.ts'

export type { ObjectNamespace, ObjectSocket, ObjectState } from './cloudflare/shape.ts'
export { type ObjectStorage, objectHub } from './hub/object.ts'

/** A module that Cloudflare Workers runs. */
export interface Worker<Env> {
  fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response>
}

/**
 * An app as a worker: the default export of its module.
 *
 * ```ts
 * export default createWorker(app, (env: Env) => ({ contracts, services: { todos: () => env.TODOS } }))
 * ```
 *
 * @param options is called with the bindings at the first request, since there are none before.
 */
export function createWorker<Services, Session, Env = unknown>(
  app: App<Services, Session>,
  options: (env: Env) => HonoOptions<Services>,
): Worker<Env> {
  let hono: PikkuHono | undefined
  return {
    async fetch(request, env, context) {
      // Cloudflare compresses what it sends, and would do so once more.
      hono ??= createHono(app, { address: addressOf, ...options(env), compress: false })
      return hono.fetch(request, env, context)
    },
  }
}

/** How the Durable Object of an app is made. */
export interface ObjectOptions<Services> extends HonoOptions<Services> {
  /** What sockets may do; `false` for none. Default: there are some where the app has channels. */
  readonly sockets?: SocketsOption
}

/** A class of Durable Objects. */
export type AppObjectClass<Env> = new (state: ObjectState, env: Env) => AppObject

/** An app as a Durable Object. */
export interface AppObject {
  fetch(request: Request): Promise<Response>
  webSocketMessage(socket: ObjectSocket, message: string | ArrayBuffer): void
  webSocketClose(socket: ObjectSocket): void
  webSocketError(socket: ObjectSocket): void
}

/**
 * An app as a Durable Object, which can hold sockets. While all that is open on them is channels, and nothing happens,
 * it sleeps, and its sockets stay open. {@link toObject} sends requests to it.
 *
 * ```ts
 * export const App = createAppObject(app, (env: Env, { storage }) => ({ contracts, services: { hub: () => objectHub(storage) } }))
 * ```
 */
export function createAppObject<Services, Session, Env = unknown>(
  app: App<Services, Session>,
  options: (env: Env, state: ObjectState) => ObjectOptions<Services>,
): AppObjectClass<Env> {
  return class implements AppObject {
    readonly #hono: PikkuHono
    readonly #env: Env
    readonly #sockets: ObjectSockets | undefined

    constructor(state: ObjectState, env: Env) {
      const given = { address: addressOf, ...options(env, state), compress: false }
      this.#env = env
      this.#hono = createHono(app, given)
      const limits = socketsOf(this.#hono, given.sockets)
      const sockets = limits ? new ObjectSockets(this.#hono, state, limits) : undefined
      this.#sockets = sockets
      if (sockets) void state.blockConcurrencyWhile(() => sockets.restore())
    }

    async fetch(request: Request): Promise<Response> {
      this.#sockets?.use()
      if (!this.#sockets || !asksForSocket(request, this.#hono)) return this.#hono.fetch(request, this.#env as object)
      return this.#sockets.open(request, request.headers.get('cf-connecting-ip') ?? undefined)
    }

    webSocketMessage(socket: ObjectSocket, message: string | ArrayBuffer): void {
      this.#sockets?.message(socket, message)
    }

    webSocketClose(socket: ObjectSocket): void {
      this.#sockets?.closed(socket)
    }

    webSocketError(socket: ObjectSocket): void {
      this.#sockets?.closed(socket)
    }
  }
}

/**
 * A worker that hands its requests to a Durable Object of {@link createAppObject}.
 *
 * ```ts
 * export default toObject((env: Env) => env.APP)
 * ```
 *
 * @param name which of them is to answer a request: those with the same name share a hub. Default: one for all.
 */
export function toObject<Env>(
  namespace: (env: Env) => ObjectNamespace,
  name: (request: Request) => string = () => 'app',
): Worker<Env> {
  return {
    async fetch(request, env) {
      const objects = namespace(env)
      return objects.get(objects.idFromName(name(request))).fetch(request)
    },
  }
}

/** Cloudflare writes this header itself, whatever the caller sent (Cloudflare HTTP headers, CF-Connecting-IP). */
function addressOf({ req }: Context): string | undefined {
  return req.header('cf-connecting-ip')
}
