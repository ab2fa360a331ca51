import type { Incoming, SessionSource } from '../../core/index.ts'
import { credentialOf } from './credential.ts'
import type { HttpRequest } from './endpoint.ts'
import { HttpReply } from './reply.ts'

/** A request as the runtime sees it. What costs is asked of the request when somebody asks for it. */
export class HttpIncoming implements Incoming {
  readonly id: string
  readonly reply = new HttpReply()
  trace: string | undefined
  lastEventId: string | undefined
  /** Ends a stream, whether or not its reader has left. */
  leaving: AbortController | undefined
  /** Whether the session came by a cookie. */
  byCookie = false
  readonly #request: HttpRequest
  readonly #trusts: (origin: string) => boolean

  constructor(id: string, request: HttpRequest, trusts: (origin: string) => boolean) {
    this.id = id
    this.#request = request
    this.#trusts = trusts
  }

  get idempotencyKey(): string | undefined {
    return this.#request.header('idempotency-key')
  }

  get address(): string | undefined {
    return this.#request.address
  }

  get request(): Request {
    return this.#request.request
  }

  get signal(): AbortSignal {
    const { signal } = this.#request
    return this.leaving ? AbortSignal.any([signal, this.leaving.signal]) : signal
  }

  credential(source: SessionSource<never, unknown>): string | undefined {
    const credential = credentialOf(source, this.#request, this.#trusts)
    this.byCookie ||= credential !== undefined && source.from === 'cookie'
    return credential
  }
}
