import type { Context } from 'hono'
import type { App } from '../core/index.ts'
import type { BunRuntime, BunServer } from './bun/shape.ts'
import type { BunSockets } from './bun/sockets.ts'
import { createFetchListener } from './http/fetch-listener.ts'
import { plainAddress } from './http/proxy.ts'
import { type RunningServer, type ServingOptions, serveBy } from './http/serving.ts'
import { type SocketsOption, socketsOf } from './realtime/limits.ts'

export type { BunRuntime, BunServeOptions, BunServer } from './bun/shape.ts'
export type { RunningServer, TlsOptions } from './http/serving.ts'

/** How an app is served by Bun. */
export interface ServeOptions<Services> extends ServingOptions<Services> {
  /** What sockets may do; `false` for none. Default: there are some where the app has channels. */
  readonly sockets?: SocketsOption
}

/**
 * Serves an app on Bun.
 *
 * ```ts
 * const { url } = await serve(app, { contracts, services, port: 3000 })
 * ```
 *
 * @throws Error when the app cannot be served, with every reason, or when the port is taken.
 */
export function serve<Services, Session>(
  app: App<Services, Session>,
  options: ServeOptions<Services>,
): Promise<RunningServer> {
  const { hostname, tls } = options
  const { Bun } = globalThis as { readonly Bun?: BunRuntime }
  if (!Bun) throw new Error('`pikku/bun` serves on Bun alone. On Node, take `serve` of `pikku/node`.')
  return serveBy(app, { address: fromContext, ...options }, async (hono, _stopping, port) => {
    const limits = socketsOf(hono, options.sockets)
    const sockets = limits ? new (await import('./bun/sockets.ts')).BunSockets(hono, limits) : undefined
    const others = (request: Request, server: BunServer) => hono.fetch(request, { server })
    // Whoever finds addresses by the context of Hono needs one.
    const listener = options.address ? others : createFetchListener(hono.operations, others, addressOf)
    const answer = (request: Request, server: BunServer) => {
      // From here on the deadline of the call counts; a stream may be silent for as long as it likes.
      server.timeout(request, 0)
      return listener(request, server)
    }
    const server = Bun.serve({
      port,
      ...(hostname === undefined ? {} : { hostname }),
      ...(tls ? { tls } : {}),
      // How long headers may take, and how long a connection may lie idle, in seconds.
      idleTimeout: 15,
      // Bodies are counted by the limit of each operation.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      development: false,
      ...(sockets ? sockets.beside(answer) : { fetch: answer }),
    })
    return { port: server.port ?? port, end: (grace) => end(server, sockets, grace) }
  })
}

async function end(server: BunServer, sockets: BunSockets | undefined, grace: number): Promise<void> {
  const late = setTimeout(() => void server.stop(true), grace)
  void sockets?.drain()
  const stopped = server.stop()
  server.closeIdleConnections()
  await stopped.finally(() => clearTimeout(late))
}

function addressOf(request: Request, server: BunServer | undefined): string | undefined {
  return plainAddress(server?.requestIP(request)?.address)
}

function fromContext({ env, req }: Context): string | undefined {
  return addressOf(req.raw, (env as { readonly server?: BunServer }).server)
}
