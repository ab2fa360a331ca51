import { calledFrom, type PikkuHono } from './hono.ts'
import { asksForSocket, fromFetch, shakeHands } from './realtime/handshake.ts'
import { type SocketsOption, socketsOf } from './realtime/limits.ts'
import { protocol } from './realtime/pass.ts'
import { addSocketFallback } from './realtime/socket-fallback.ts'
import { Sockets } from './realtime/sockets.ts'
import { connectWebSocket, type WebSocketOfServer } from './realtime/web-sockets.ts'

/** What of Deno is needed, by its shape. */
export interface DenoRuntime {
  upgradeWebSocket(request: Request): { readonly socket: WebSocketOfServer; readonly response: Response }
}

/** What `Deno.serve` tells of a request. */
export interface DenoConnection {
  readonly remoteAddr: { readonly hostname?: string }
}

/** How an app is served by Deno. */
export interface DenoOptions {
  /** What sockets may do; `false` for none. Default: there are some where the app has channels. */
  readonly sockets?: SocketsOption
}

/** What `Deno.serve` is given. */
export interface DenoHandler {
  (request: Request, connection: DenoConnection): Response | Promise<Response>
  /** Ends streams, takes no new sockets, and tells the open ones to come back elsewhere; resolves when all are closed. */
  drain(): Promise<void>
}

/**
 * An app as a handler of `Deno.serve`.
 *
 * ```ts
 * Deno.serve({ port: 3000 }, toDenoHandler(createHono(app, { contracts, services })))
 * ```
 */
export function toDenoHandler(hono: PikkuHono, options: DenoOptions = {}): DenoHandler {
  const { runtime, endpoint } = hono.operations
  const limits = socketsOf(hono, options.sockets)
  const sockets = limits ? new Sockets(runtime, endpoint.trusts, limits) : undefined
  if (sockets) addSocketFallback(hono, sockets)
  const answer = (request: Request, { remoteAddr }: DenoConnection) =>
    sockets && asksForSocket(request, hono)
      ? openSocket(hono, sockets, request, remoteAddr.hostname)
      : hono.fetch(request, calledFrom(remoteAddr.hostname))
  const drain = async () => {
    hono.drain()
    await sockets?.drain()
  }
  return Object.assign(answer, { drain })
}

async function openSocket(
  hono: PikkuHono,
  sockets: Sockets,
  request: Request,
  address: string | undefined,
): Promise<Response> {
  const { Deno } = globalThis as { readonly Deno?: DenoRuntime }
  if (!Deno) throw new Error('`pikku/deno` opens sockets on Deno alone.')
  const pass = await shakeHands(hono, sockets, fromFetch(request, address))
  if (pass instanceof Response) return pass
  const { socket, response } = Deno.upgradeWebSocket(request)
  // As an option, Deno finds it only in lists with spaces.
  response.headers.set('sec-websocket-protocol', protocol)
  connectWebSocket(socket, sockets, pass)
  return response
}
