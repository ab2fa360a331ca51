import type { PikkuHono } from '../hono.ts'
import { refusal } from '../http/unreadable.ts'
import type { HandshakeCheck, Pass, SocketRequest } from './pass.ts'
import type { Sockets } from './sockets.ts'

/** Whether a request asks for the sockets of the app. */
export function asksForSocket({ method, url, headers }: Request, { operations }: PikkuHono): boolean {
  if (method !== 'GET' || headers.get('upgrade')?.toLowerCase() !== 'websocket') return false
  // What was asked for has no fragment (RFC 9112, section 3.2).
  return URL.canParse(url) && !url.includes('#') && new URL(url).pathname === operations.rpcPath
}

/** A request for a socket, from one of `fetch`. */
export function fromFetch({ method, url, headers }: Request, address: string | undefined): SocketRequest {
  return { method, url, address, header: (name) => headers.get(name) ?? undefined }
}

/** Who asks for a socket, or the answer in place of the handshake. */
export async function shakeHands(
  hono: PikkuHono,
  sockets: Sockets,
  request: SocketRequest,
  check?: HandshakeCheck,
): Promise<Pass | Response> {
  try {
    return await sockets.admit(hono.operations.endpoint.asCalled(request), check)
  } catch (error) {
    return refusal(hono, error)
  }
}
