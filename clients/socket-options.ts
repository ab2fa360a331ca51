import type { ClientOptions } from './options.ts'

/** What a client with a socket takes besides. */
export interface SocketOptions extends ClientOptions {
  /** `'socket'` sends calls and streams over the socket too. What takes or gives files, and calls with headers of their own, go by HTTP all the same. */
  readonly over?: 'socket' | undefined
  /** Makes the sockets. Default: the `WebSocket` of the platform. */
  readonly WebSocket?: (new (url: string, protocols: string[]) => WebSocket) | undefined
  /** How many messages of a channel, and how many calls, wait while there is no socket. Default 100; those that follow fail with `UNAVAILABLE`. */
  readonly queue?: number | undefined
  /** Milliseconds after which a socket that nothing goes on over is closed. Default 5,000. */
  readonly linger?: number | undefined
}
