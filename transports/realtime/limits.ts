import type { PikkuHono } from '../hono.ts'

/** What a socket may do, unless the server says otherwise. */
export interface SocketLimits {
  /** The largest message, in bytes. Default 64 KiB. */
  readonly message: number
  /** How many calls, streams and channels may be open at once. Default 128. */
  readonly open: number
  /** Bytes of files that several calls and messages may hold at once; one alone may hold as many as it takes. Default 32 MiB. */
  readonly files: number
  /** How many messages of a channel may wait for the one before them. Default 32. */
  readonly waiting: number
  /** Messages a second, in the long run. Default 100. */
  readonly rate: number
  /** Messages that may come at once. Default 200. */
  readonly burst: number
  /** Bytes that may wait to be sent; beyond it the client reads too slowly, and is cut. Default 1 MiB. */
  readonly unsent: number
  /** Milliseconds for finding the session of a handshake. Default 10,000. */
  readonly handshake: number
  /** Milliseconds after which the server sends something on a silent socket. Default 15,000. */
  readonly beat: number
  /** Milliseconds without a sign of life after which a socket is cut. Default 30,000. */
  readonly silence: number
  /** Milliseconds after which a session is looked up again, so that one that is over loses its socket. Default 4,000; 0 for never. */
  readonly recheck: number
}

export const defaultLimits: SocketLimits = {
  message: 65_536,
  open: 128,
  files: 33_554_432,
  waiting: 32,
  rate: 100,
  burst: 200,
  unsent: 1_048_576,
  handshake: 10_000,
  beat: 15_000,
  silence: 30_000,
  recheck: 4_000,
}

/**
 * Seconds after which a server is to cut what is silent by itself: later than the connection closes it, for what does not
 * let itself be closed. Servers take 960 at the most.
 */
export function idleTimeout({ silence }: SocketLimits): number {
  return Math.min(960, Math.ceil(silence / 1000) + 10)
}

/** What the sockets of an app may do; `false` for none. Default: there are some where the app has channels. */
export type SocketsOption = Partial<SocketLimits> | false

/** The sockets that an app is to have, whether or not anybody said so. */
export function socketsOf({ operations }: PikkuHono, given?: SocketsOption): SocketsOption {
  return given ?? (operations.runtime.channels.size > 0 ? {} : false)
}
