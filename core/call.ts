import type { Log } from './log.ts'

/** A cookie to send with an answer. Attributes as in RFC 6265bis; `maxAge` in seconds. */
export interface Cookie {
  readonly name: string
  readonly value: string
  readonly path?: string
  readonly domain?: string
  readonly maxAge?: number
  readonly secure?: boolean
  readonly httpOnly?: boolean
  readonly sameSite?: 'Strict' | 'Lax' | 'None'
}

/** What a handler can add to the answer beside its output, when the call came by HTTP. */
export interface Reply {
  /** The status of a successful answer; unless set, that of the options, otherwise 200, or 204 when there is no output. */
  status: number | undefined
  /** Headers to add to the answer. */
  readonly headers: Headers
  /** Cookies to set; they are serialized by the transport. */
  readonly cookies: Cookie[]
}

/** What the answers to a function look like, so that its document says so. Write it out. */
export interface ReplyOptions {
  /**
   * The status of its answers, in place of 200, or of 204 where there is no output. Of several the first one holds, and
   * the handler sets `call.reply.status` to one of the others.
   */
  readonly status?: SuccessStatus | readonly SuccessStatus[]
  /** The headers that its handler sets on `call.reply.headers`, each with what it says. */
  readonly headers?: { readonly [name: string]: string }
}

/** A status of an answer that may have content. */
export type SuccessStatus = 200 | 201 | 202 | 203 | 207

/** What a handler gets as its third parameter: everything about this one call. */
export interface Call<Session = unknown> {
  /** Who calls. Never `undefined` unless the function says `auth: false`. */
  readonly session: Session
  /** Fires when the caller goes away or the deadline passes. Hand it to `fetch`, queries and timers. */
  readonly signal: AbortSignal
  /** The request id, taken from `x-request-id` or made new. It is in every log line and error answer. */
  readonly id: string
  /** The name of the operation, such as `todos.create`. */
  readonly operation: string
  /** A logger whose lines carry the request id and the operation. */
  readonly log: Log
  /**
   * The network address of the caller, when the call came by HTTP: that of the connection, or the one told by the
   * proxies that are trusted.
   */
  readonly address?: string | undefined
  /** The id of the last item that the caller of a stream has, when it comes back for what follows. */
  readonly lastEventId?: string | undefined
  /** The HTTP request, when the call came by HTTP. Its body has been read already. */
  readonly request?: Request | undefined
  /** The answer in the making, when the call came by HTTP. */
  readonly reply?: Reply | undefined
}

/**
 * A function of the call, among the options of `func`. Where the session is not known its parameter is left open: two
 * forms of it would leave what users write there without a type.
 */
export type OfCall<Session, Result, CallType = Call<Session>> = [Session] extends [never]
  ? object
  : (call: CallType) => Result
