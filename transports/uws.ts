import { calledFrom, type PikkuHono } from './hono.ts'
import { unreadable } from './http/unreadable.ts'
import { Incoming } from './uws/incoming.ts'
import { Outgoing } from './uws/outgoing.ts'
import type { UwsRequest, UwsResponse } from './uws/shape.ts'

export type { UwsRequest, UwsResponse } from './uws/shape.ts'

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

/** `undefined` when it is none that can be read. */
function read(request: UwsRequest, protocol: string, incoming: Incoming, signal: AbortSignal): Request | undefined {
  const query = request.getQuery()
  const url = `${protocol}://${request.getHeader('host')}${request.getUrl()}${query ? `?${query}` : ''}`
  const headers: [string, string][] = []
  request.forEach((name, value) => void headers.push([name, toBytes(value)]))
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

/** Headers are bytes to `fetch`, a character each; uWebSockets.js has read them as UTF-8. */
function toBytes(value: string): string {
  return /^[\0-\x7f]*$/.test(value) ? value : Buffer.from(value).toString('latin1')
}

function addressOf(response: UwsResponse): string | undefined {
  const text = new TextDecoder().decode(response.getRemoteAddressAsText())
  // It writes all of IPv6 out, and IPv4 as IPv6 too.
  const mapped = /^(?:0000:){5}ffff:(..)(..):(..)(..)$/.exec(text)?.slice(1)
  if (mapped) return mapped.map((byte) => Number.parseInt(byte, 16)).join('.')
  return text.includes(':') ? new URL(`http://[${text}]`).hostname.slice(1, -1) : text || undefined
}
