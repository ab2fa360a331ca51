import type { PikkuHono } from './hono.ts'
import type { SocketLimits } from './realtime/limits.ts'
import { serveSockets, type UpgradingServer } from './realtime/node-sockets.ts'
import { addSocketFallback } from './realtime/socket-fallback.ts'
import { Sockets } from './realtime/sockets.ts'

export type { SocketLimits } from './realtime/limits.ts'
export type { UpgradingServer } from './realtime/node-sockets.ts'

/** How sockets are attached to a server. */
export interface AttachOptions extends Partial<SocketLimits> {
  /** What stands before every path of the app on this server: `/api`, where it is mounted there. Default: nothing. */
  readonly prefix?: string
}

/** The sockets of a server, which are to end with it. */
export interface AttachedSockets {
  /** Takes no new sockets and tells the open ones to come back elsewhere; resolves when all are closed. */
  drain(): Promise<void>
  /** Cuts what is left. */
  cut(): void
}

/**
 * Opens sockets on a server of Node that the app is mounted in: Express, or one of your own. `serve` of `pikku/node`
 * and the plugin of Fastify do it by themselves.
 *
 * ```ts
 * const hono = createHono(app, { contracts, services })
 * attachSockets(express().use('/api', toExpressHandler(hono)).listen(3000), hono, { prefix: '/api' })
 * ```
 */
export function attachSockets(
  server: UpgradingServer,
  hono: PikkuHono,
  { prefix, ...limits }: AttachOptions = {},
): AttachedSockets {
  const { runtime, endpoint } = hono.operations
  const sockets = new Sockets(runtime, endpoint.trusts, limits)
  addSocketFallback(hono, sockets)
  const cut = serveSockets(server, hono, sockets, prefix)
  return { drain: () => sockets.drain(), cut }
}
