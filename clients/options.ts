/** Headers to send: `{ authorization: 'Bearer …' }`. */
export type ClientHeaders = Readonly<Record<string, string>> | Headers

/** What a client does with each of its calls. */
export interface ClientOptions {
  /** Headers of every request, or what makes them: it is asked before each try, so that a fresh token goes along. */
  readonly headers?: ClientHeaders | (() => ClientHeaders | Promise<ClientHeaders>) | undefined
  /** Milliseconds for a whole call with its retries; for a stream, until it begins. Default 30,000; 0 for no limit. */
  readonly timeout?: number | undefined
  /** How often a call that is safe to repeat is tried again. Default 2. */
  readonly retries?: number | undefined
  /** How often in a row a stream that was lost, and whose items carry ids, is taken up again. Default 10. */
  readonly reconnects?: number | undefined
  /**
   * Milliseconds in which nothing of a stream comes, no heartbeat either, until it counts as lost; 0 for never.
   * Default: two and a third of the heartbeats that the server says it has, 35 s unless the app sets others.
   */
  readonly silence?: number | undefined
  /** Whether cookies go along: `include` sends them to other origins too. Default: `same-origin`, as `fetch` has it. */
  readonly credentials?: 'omit' | 'same-origin' | 'include' | undefined
  /** Makes the requests. Default: the `fetch` of the platform. */
  readonly fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
}

/** What is different for one call. */
export interface CallOptions {
  /** Ends the call, which then rejects with the reason of this signal. */
  readonly signal?: AbortSignal | undefined
  /** As in {@link ClientOptions.timeout}. */
  readonly timeout?: number | undefined
  /** As in {@link ClientOptions.retries}. */
  readonly retries?: number | undefined
  /** Headers of this call; they win over those of the client. */
  readonly headers?: ClientHeaders | undefined
}
