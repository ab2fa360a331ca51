import type { RequestListener } from 'node:http'
import type { App } from '../core/index.ts'
import { toNodeListener } from './http/node-app.ts'
import { listening, type NodeServer, overTcp, overTls } from './http/node-server.ts'
import { createLog } from './http/pino-log.ts'
import { type RunningServer, type ServingOptions, serveBy } from './http/serving.ts'
import { type SocketsOption, socketsOf } from './realtime/limits.ts'
import type { AttachedSockets } from './sockets.ts'

export type { RunningServer, TlsOptions } from './http/serving.ts'
export type { SocketLimits } from './realtime/limits.ts'

/** How an app is served by Node. */
export interface ServeOptions<Services> extends ServingOptions<Services> {
  /** What sockets may do; `false` for none. Default: there are some where the app has channels. */
  readonly sockets?: SocketsOption
}

/**
 * Serves an app on Node.
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
  return serveBy(app, { ...options, log: options.log ?? createLog() }, async (hono, stopping, port) => {
    const answer = toNodeListener(hono)
    const listener: RequestListener = (message, response) => {
      // So that its sender comes back on another connection, which goes to a server that stays.
      if (stopping()) response.shouldKeepAlive = false
      answer(message, response)
    }
    const server = options.tls ? overTls(options.tls, listener) : overTcp(listener)
    const sockets = socketsOf(hono, options.sockets)
    const attached = sockets && (await import('./sockets.ts')).attachSockets(server.server, hono, sockets)
    return listening(attached ? withSockets(server, attached) : server, port, options.hostname)
  })
}

/** A server that ends with its sockets. */
function withSockets({ server, end }: NodeServer, sockets: AttachedSockets): NodeServer {
  return {
    server,
    end: (grace) => {
      void sockets.drain()
      const late = setTimeout(() => sockets.cut(), grace)
      return end(grace).finally(() => clearTimeout(late))
    },
  }
}
