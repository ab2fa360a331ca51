import type { invoke } from './invocation.ts'
import type { ClientOptions } from './options.ts'
import type { Connection } from './socket.ts'

/** What a client with a socket takes besides. */
export interface SocketOptions extends ClientOptions {
  /**
   * `over: socket` sends calls and streams over the socket too; it is imported from `pikku/client`. What takes or gives
   * files, and calls with headers of their own, go by HTTP all the same.
   */
  readonly over?:
    | ((connection: Connection, queue: number | undefined, overHttp: typeof invoke) => typeof invoke)
    | undefined
  /** Makes the sockets. Default: the `WebSocket` of the platform. */
  readonly WebSocket?: (new (url: string, protocols: string[]) => SocketLike) | undefined
  /**
   * How many messages of a channel, and how many calls, wait while there is no socket, and how many events wait for an
   * iterator to be read for the first time. Default 100; beyond it they fail with `UNAVAILABLE`.
   */
  readonly queue?: number | undefined
  /** Milliseconds after which a socket that nothing goes on over is closed. Default 5,000. */
  readonly linger?: number | undefined
}

/** What of a `WebSocket` is used; that of the package `ws` is one too. What is set is called with the events of the platform. */
export interface SocketLike {
  onopen?: unknown
  onmessage: unknown
  onclose: unknown
  onerror: unknown
  send(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void
  close(code?: number): void
}
