import type { Context } from 'hono'
import type { App } from '../core/index.ts'
import { createFetchListener } from './http/fetch-listener.ts'
import { plainAddress } from './http/proxy.ts'
import { type RunningServer, type ServingOptions, serveBy } from './http/serving.ts'

export type { RunningServer, TlsOptions } from './http/serving.ts'

/** How an app is served by Bun. */
export interface ServeOptions<Services> extends ServingOptions<Services> {}

/** What of Bun is needed, by its shape. */
export interface BunRuntime {
  serve(options: BunServeOptions): BunServer
}
/** What `Bun.serve` is given. */
export interface BunServeOptions {
  readonly port: number
  readonly hostname?: string
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly idleTimeout: number
  readonly maxRequestBodySize: number
  readonly development: false
  readonly fetch: (request: Request, server: BunServer) => Response | Promise<Response>
}
/** What `Bun.serve` gives. */
export interface BunServer {
  readonly port: number | undefined
  requestIP(request: Request): { readonly address: string } | null
  timeout(request: Request, seconds: number): void
  closeIdleConnections(): number
  stop(closeActiveConnections?: boolean): Promise<void>
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
  return serveBy(app, { address: fromContext, ...options }, (hono, _stopping, port) => {
    const others = (request: Request, server: BunServer) => hono.fetch(request, { server })
    // Whoever finds addresses by the context of Hono needs one.
    const answer = options.address ? others : createFetchListener(hono.operations, others, addressOf)
    const server = Bun.serve({
      port,
      ...(hostname === undefined ? {} : { hostname }),
      ...(tls ? { tls } : {}),
      // How long headers may take, and how long a connection may lie idle, in seconds.
      idleTimeout: 15,
      // Bodies are counted by the limit of each operation.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      development: false,
      fetch(request, server) {
        // From here on the deadline of the call counts; a stream may be silent for as long as it likes.
        server.timeout(request, 0)
        return answer(request, server)
      },
    })
    return { port: server.port ?? port, end: (grace) => end(server, grace) }
  })
}

async function end(server: BunServer, grace: number): Promise<void> {
  const late = setTimeout(() => void server.stop(true), grace)
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
