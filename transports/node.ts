import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as after } from 'node:timers/promises'
import type { Hono } from 'hono'
import { type App, consoleLog } from '../core/index.ts'
import { createHono, type HonoOptions, type PikkuHono } from './hono.ts'
import { addHealth, type HealthOptions } from './http/health.ts'
import { toNodeListener } from './http/node-app.ts'
import { addReference } from './http/reference.ts'
import { cutSlowSenders } from './http/slow-senders.ts'

/** How an app is served by Node. */
export interface ServeOptions<Services> extends HonoOptions<Services> {
  /** Default 3000; 0 takes any free port. */
  readonly port?: number
  /** The address to listen on. Default: every address of the machine. */
  readonly hostname?: string
  /** Adds routes of your own, such as files for the browser, after the app's. */
  readonly routes?: (hono: Hono) => void
  /** Serves `/openapi.json` and an API reference at `/reference`. Default: unless `NODE_ENV` is `production`. */
  readonly reference?: boolean
  /** Says how the server is at `/health` and `/ready`, unless the app has routes there. `false` for none. */
  readonly health?: HealthOptions<Services> | false
  /**
   * Milliseconds that a stopping server goes on as before, while `/ready` says that it stops: the time that load balancers
   * need to send their requests elsewhere. Default 0.
   */
  readonly delay?: number
  /** Milliseconds that running calls are given when the server stops, after that. Default 10,000. */
  readonly grace?: number
  /** Stops on SIGTERM and SIGINT. Default `true`. */
  readonly signals?: boolean
}

/** A running server. */
export interface NodeServer {
  /** `http://localhost:3000` */
  readonly url: string
  readonly port: number
  /** Says that it is not ready, takes no new calls, ends streams, waits for the calls that run, and disposes the services. */
  close(): Promise<void>
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
export async function serve<Services, Session>(
  app: App<Services, Session>,
  options: ServeOptions<Services>,
): Promise<NodeServer> {
  const { port = 3000, hostname, health = {}, delay = 0, grace = 10_000, signals = true, log = consoleLog } = options
  const hono = createHono(app, options)
  let closing: Promise<void> | undefined
  if (health) addHealth(hono, health, () => closing !== undefined)
  if (options.reference ?? process.env.NODE_ENV !== 'production') addReference(hono, options.contracts)
  options.routes?.(hono)
  const server = await started(hono, port, hostname, () => closing !== undefined)
  const address = server.address() as AddressInfo
  const stop = async () => {
    if (delay > 0) await after(delay)
    const stopped = end(server, grace)
    hono.drain()
    await stopped.finally(() => hono.dispose())
  }
  const close = () => {
    closing ??= stop()
    return closing
  }
  if (signals) {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        close().catch((error: unknown) => log.error({ error }, 'the server did not stop cleanly'))
      })
    }
  }
  return { url: urlOf(address, hostname), port: address.port, close }
}

function started(
  hono: PikkuHono,
  port: number,
  hostname: string | undefined,
  stopping: () => boolean,
): Promise<Server> {
  const listener = toNodeListener(hono)
  const server = createServer(limits, (message, response) => {
    // So that its sender comes back on another connection, which goes to a server that stays.
    if (stopping()) response.shouldKeepAlive = false
    listener(message, response)
  })
  cutSlowSenders(server)
  return new Promise((resolve, reject) => {
    server.listen({ port, ...(hostname === undefined ? {} : { host: hostname }) }, () => resolve(server))
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken by another program.`) : error)
    })
  })
}

/** Node's own limit on headers is a minute. That on whole requests gives way to one on how slow they are. */
const limits = { headersTimeout: 15_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 }

/** Ends idle connections at once, waits for the others as long as `grace` allows, and cuts what is left. */
function end(server: Server, grace: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const cut = setTimeout(() => server.closeAllConnections(), grace)
    server.close((error) => {
      clearTimeout(cut)
      if (error) reject(error)
      else resolve()
    })
    server.closeIdleConnections()
  })
}

function urlOf({ port, family }: AddressInfo, hostname: string | undefined): string {
  if (hostname === undefined || hostname === '0.0.0.0' || hostname === '::') return `http://localhost:${port}`
  return `http://${family === 'IPv6' ? `[${hostname}]` : hostname}:${port}`
}
