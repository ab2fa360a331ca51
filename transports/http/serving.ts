import type { Hono } from 'hono'
import { type App, consoleLog } from '../../core/index.ts'
import { createHono, type HonoOptions, type PikkuHono } from '../hono.ts'
import { findTracing } from '../otel.ts'
import { addHealth, type HealthOptions } from './health.ts'
import { addReference } from './reference.ts'

/** How an app is served by a process of its own, whatever runs it. */
export interface ServingOptions<Services> extends HonoOptions<Services> {
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
  /** A certificate and its key, in PEM. With them the server speaks https, and HTTP/2 to those who ask for it. */
  readonly tls?: TlsOptions
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

/** What https needs. */
export interface TlsOptions {
  readonly cert: string
  readonly key: string
}

/** A running server. */
export interface RunningServer {
  /** `http://localhost:3000` */
  readonly url: string
  readonly port: number
  /** Says that it is not ready, takes no new calls, ends streams, waits for the calls that run, and disposes the services. */
  close(): Promise<void>
}

/** What a runtime says of the server that it has started. */
export interface Listening {
  readonly port: number
  /** Takes no new connections and resolves when the last has ended; those that are left after `grace` are cut. */
  end(grace: number): Promise<void>
}

/**
 * Serves an app by `listen`, which the runtime brings: the routes beside the app's, and an orderly end.
 *
 * @throws Error when the app cannot be served, with every reason, or when the port is taken.
 */
export async function serveBy<Services, Session>(
  app: App<Services, Session>,
  options: ServingOptions<Services>,
  listen: (hono: PikkuHono, stopping: () => boolean, port: number) => Listening | Promise<Listening>,
): Promise<RunningServer> {
  const { health = {}, delay = 0, grace = 10_000, signals = true, log = consoleLog } = options
  let closing: Promise<void> | undefined
  const stopping = () => closing !== undefined
  const tracing = options.tracing ?? (await findTracing())
  const logCalls = options.logCalls ?? process.env.NODE_ENV === 'production'
  const hono = createHono(app, { ...options, log, logCalls, tracing })
  if (health) addHealth(hono, health, stopping)
  if (options.reference ?? process.env.NODE_ENV !== 'production') addReference(hono, options.contracts)
  options.routes?.(hono)
  const { port, end } = await listening(() => listen(hono, stopping, options.port ?? 3000))
  const stop = async () => {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
    const ended = end(grace)
    hono.drain()
    await ended.finally(() => hono.dispose())
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
  return { url: urlOf(port, options), port, close }
}

async function listening(listen: () => Listening | Promise<Listening>): Promise<Listening> {
  try {
    return await listen()
  } catch (error) {
    const { code, port } = error as { code?: unknown; port?: unknown }
    throw code === 'EADDRINUSE' ? new Error(`Port ${port} is taken by another program.`, { cause: error }) : error
  }
}

function urlOf(port: number, { hostname, tls }: Pick<ServingOptions<never>, 'hostname' | 'tls'>): string {
  const everywhere = hostname === undefined || hostname === '0.0.0.0' || hostname === '::'
  const host = everywhere ? 'localhost' : hostname.includes(':') ? `[${hostname}]` : hostname
  return `${tls ? 'https' : 'http'}://${host}:${port}`
}
