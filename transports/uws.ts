import { calledFrom, type PikkuHono } from './hono.ts'
import { unreadable } from './http/unreadable.ts'
import type { SocketLimits } from './realtime/limits.ts'
import { addSocketFallback } from './realtime/socket-fallback.ts'
import { Sockets } from './realtime/sockets.ts'
import { addressOf, headersOf, urlOf } from './uws/head.ts'
import { Incoming } from './uws/incoming.ts'
import { Outgoing } from './uws/outgoing.ts'
import type { UwsApp, UwsRequest, UwsResponse } from './uws/shape.ts'
import { toBehavior } from './uws/sockets.ts'

export type { UwsApp, UwsRequest, UwsResponse, UwsSocket, UwsSocketBehavior } from './uws/shape.ts'

/** How an app is mounted in uWebSockets.js. */
export interface UwsOptions {
  /** Whether it is mounted in an `SSLApp`: a response of uWebSockets.js does not tell. Default `false`. */
  readonly tls?: boolean
}

/**
 * An app as a handler of uWebSockets.js.
 *
 * ```ts
 * App().any('/*', toUwsHandler(createHono(app, { contracts, services }))).listen(3000, () => {})
 * ```
 */
export function toUwsHandler(
  hono: PikkuHono,
  { tls = false }: UwsOptions = {},
): (response: UwsResponse, request: UwsRequest) => void {
  const protocol = tls ? 'https' : 'http'
  return (response, request) => {
    // All that is read of the request is read here: it is gone when this returns.
    const caller = new AbortController()
    const incoming = new Incoming(response, request)
    const outgoing = new Outgoing(response, incoming, request.getMethod() === 'head')
    response.onAborted(() => {
      const reason = new DOMException('The caller went away.', 'AbortError')
      caller.abort(reason)
      incoming.abort(reason)
      outgoing.abort()
    })
    const address = calledFrom(addressOf(response))
    const asked = read(request, protocol, incoming, caller.signal)
    const answered = asked ? hono.fetch(asked, address) : unreadable(hono)
    Promise.resolve(answered)
      .then((answer) => outgoing.send(answer))
      .catch((error: unknown) => {
        if (caller.signal.aborted) return
        hono.operations.runtime.log.error({ error }, 'an answer could not be sent')
        outgoing.fail()
      })
  }
}

/** How sockets are opened by uWebSockets.js. */
export interface UwsSocketsOptions extends UwsOptions, Partial<SocketLimits> {}

/**
 * Opens the sockets of an app by uWebSockets.js.
 *
 * ```ts
 * const server = App()
 * const sockets = attachUwsSockets(server, hono)
 * server.any('/*', toUwsHandler(hono)).listen(3000, () => {})
 * ```
 *
 * @returns what takes no new sockets and tells the open ones to come back elsewhere; resolves when all are closed.
 */
export function attachUwsSockets(
  app: UwsApp,
  hono: PikkuHono,
  { tls = false, ...limits }: UwsSocketsOptions = {},
): { drain(): Promise<void> } {
  const { runtime, endpoint, rpcPath } = hono.operations
  const sockets = new Sockets(runtime, endpoint.trusts, limits)
  addSocketFallback(hono, sockets)
  app.ws(rpcPath, toBehavior(hono, sockets, tls ? 'https' : 'http'))
  return sockets
}

/** `undefined` when it is none that can be read. */
function read(request: UwsRequest, protocol: string, incoming: Incoming, signal: AbortSignal): Request | undefined {
  const url = urlOf(request, protocol)
  const headers = headersOf(request)
  const { body } = incoming
  try {
    return new Request(url, {
      method: request.getMethod().toUpperCase(),
      headers,
      signal,
      ...(body ? { body, duplex: 'half' } : {}),
    })
  } catch {
    return undefined
  }
}
