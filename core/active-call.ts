import type { Call, Reply } from './call.ts'
import type { ServedChannel } from './channels.ts'
import { type Log, withFields } from './log.ts'

/** What of an arriving call its handler sees. `signal` and `request` are asked for late: on some servers making them costs. */
interface IncomingCall {
  readonly id: string
  readonly signal?: AbortSignal
  readonly address?: string | undefined
  readonly lastEventId?: string | undefined
  readonly trace?: string | undefined
  readonly request?: Request
  readonly reply?: Reply
  readonly channel?: ServedChannel | undefined
}

/** A call that is running, as its handler sees it. What costs is made when somebody asks for it. */
export class ActiveCall implements Call<unknown> {
  session: unknown
  /** The code of the error that it ended with. */
  code: string | undefined
  readonly start: number = performance.now()
  readonly operation: string
  readonly #log: Log
  readonly #incoming: IncomingCall
  #own: AbortController | undefined
  #left: (() => void) | undefined
  #ended: { readonly reason: unknown } | undefined
  #bound: Log | undefined

  constructor(operation: string, incoming: IncomingCall, log: Log) {
    this.operation = operation
    this.#incoming = incoming
    this.#log = log
  }

  get id(): string {
    return this.#incoming.id
  }

  /** What each of its log lines has. */
  get fields(): { readonly id: string; readonly operation: string; readonly trace?: string } {
    const { id, operation } = this
    const { trace } = this.#incoming
    return trace === undefined ? { id, operation } : { id, operation, trace }
  }

  get address(): string | undefined {
    return this.#incoming.address
  }

  get lastEventId(): string | undefined {
    return this.#incoming.lastEventId
  }

  get request(): Request | undefined {
    return this.#incoming.request
  }

  get reply(): Reply | undefined {
    return this.#incoming.reply
  }

  get channel(): ServedChannel | undefined {
    return this.#incoming.channel
  }

  get signal(): AbortSignal {
    if (!this.#own) {
      this.#own = new AbortController()
      this.#left = () => this.abort(this.#incoming.signal?.reason)
      const caller = this.#incoming.signal
      if (this.#ended) this.#own.abort(this.#ended.reason)
      else if (caller?.aborted) this.#left()
      else caller?.addEventListener('abort', this.#left, { once: true })
    }
    return this.#own.signal
  }

  get log(): Log {
    this.#bound ??= withFields(this.#log, this.fields)
    return this.#bound
  }

  /** Whether the caller has gone away. */
  get left(): boolean {
    return this.#incoming.signal?.aborted === true
  }

  /** Fires the signal, for those who hold it. */
  abort(reason: unknown): void {
    this.#ended ??= { reason }
    this.#own?.abort(reason)
  }

  /** Lets go of the caller's signal, which may outlive the call. */
  end(): void {
    if (this.#left) this.#incoming.signal?.removeEventListener('abort', this.#left)
  }
}
