import type { PikkuHono } from './hono.ts'
import type { SocketLimits } from './realtime/limits.ts'
import { serveSockets, type UpgradingServer } from './realtime/node-sockets.ts'
import { Sockets } from './realtime/sockets.ts'

export type { SocketLimits } from './realtime/limits.ts'
export type { UpgradingServer } from './realtime/node-sockets.ts'

/** The sockets of a server, which are to end with it. */
export interface AttachedSockets {
  /** Takes no new sockets and tells the open ones to come back elsewhere; resolves when all are closed. */
  drain(): Promise<void>
  /** Cuts what is left. */
  cut(): void
}

/**
 * Opens sockets on a server of Node that the app is mounted in: Express, Fastify, or one of your own. `serve` of
 * `pikku/node` does it by itself.
 *
 * ```ts
 * const hono = createHono(app, { contracts, services })
 * attachSockets(express().use(toExpressHandler(hono)).listen(3000), hono)
 * ```
 */
export function attachSockets(
  server: UpgradingServer,
  hono: PikkuHono,
  limits: Partial<SocketLimits> = {},
): AttachedSockets {
  const { runtime, endpoint } = hono.operations
  const sockets = new Sockets(runtime, endpoint.trusts, limits)
  const cut = serveSockets(server, hono, sockets)
  return { drain: () => sockets.drain(), cut }
}
