import type { SocketLike, SocketOptions } from '../socket-options.ts'
import { HttpSocket } from './http-socket.ts'

/** How long a socket may take until the server says something, in milliseconds. */
const patience = 5_000

/** How often in a row a socket to an address was lost before the server had said anything. */
const misses = new Map<string, number>()

/**
 * A `WebSocket`, or an {@link HttpSocket} once two in a row did not open, or one hangs: something on the way blocks them
 * then. Where HTTP gets no further either it was something else, and sockets are tried again.
 * `createClient(url, { WebSocket: AnySocket })`
 */
export const AnySocket: NonNullable<SocketOptions['WebSocket']> = new Proxy(HttpSocket, {
  construct: (_, [url, protocols]: [string, string[]]) => connect(url, protocols),
})

function connect(url: string, protocols: string[]): SocketLike {
  const missed = misses.get(url) ?? 0
  const isBlocked = missed > 1 || !globalThis.WebSocket
  const socket = isBlocked ? new HttpSocket(url, protocols) : new WebSocket(url, protocols)
  const { close } = socket
  const settled = new AbortController()
  const settle = (missed: number) => {
    clearTimeout(late)
    settled.abort()
    misses.set(url, missed)
  }
  const late = setTimeout(() => {
    settle(isBlocked ? 0 : 2)
    // A code to come back with, of either kind of socket.
    socket.close(4000)
  }, patience)
  socket.addEventListener('message', () => settle(isBlocked ? 2 : 0), settled)
  for (const type of ['error', 'close'])
    socket.addEventListener(type, () => settle(isBlocked ? 0 : missed + 1), settled)
  // What the client closes itself says nothing of the way.
  socket.close = (code?: number) => {
    clearTimeout(late)
    settled.abort()
    close.call(socket, code)
  }
  return socket
}
