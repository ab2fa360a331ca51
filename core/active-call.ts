import type { Call, Reply } from './call.ts'
import type { ServedChannel } from './channels.ts'
import { type Due, type Watch, within } from './deadlines.ts'
import { PikkuError } from './errors.ts'
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

/** A call that is running. Its signal and its log are made when somebody asks for them. */
export class ActiveCall implements Call<unknown>, Due {
  session: unknown
  /** The code of the error that it ended with. */
  code: string | undefined
  readonly start: number = performance.now()
  readonly id: string
  readonly operation: string
  readonly #timeout: number
  readonly #log: Log
  readonly #incoming: IncomingCall
  #reject: ((error: PikkuError) => void) | undefined
  #watch: Watch | undefined
  #own: AbortController | undefined
  #ended: { readonly reason: unknown } | undefined
  #bound: Log | undefined

  constructor(operation: { readonly name: string; readonly timeout: number }, incoming: IncomingCall, log: Log) {
    this.id = incoming.id
    this.operation = operation.name
    this.#timeout = operation.timeout
    this.#incoming = incoming
    this.#log = log
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

  /** What the work gives, unless it is cut first, as it is when the deadline passes. Work that goes on then is not heard any more. */
  withinDeadline<Result>(work: Promise<Result>): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      this.#reject = reject
      if (this.#timeout > 0) this.#watch = within(this.#timeout, this)
      work.then(
        (result) => {
          this.#watch?.delete(this)
          resolve(result)
        },
        (error) => {
          this.#watch?.delete(this)
          reject(error)
        },
      )
    })
  }

  /** Its time is over. */
  late(): void {
    this.cut(new PikkuError('TIMEOUT', { detail: `The answer took longer than ${this.#timeout / 1000} s.` }))
  }

  /** Ends the call with an error, whether or not its handler heeds the signal. */
  cut(error: PikkuError): void {
    this.abort(error)
    this.#reject?.(error)
  }

  /** Fires the signal, for those who hold it. */
  abort(reason: unknown): void {
    this.#ended ??= { reason }
    this.#own?.abort(reason)
  }

  /** Lets go of the caller's signal, which may outlive the call. */
  end(): void {
    this.#watch?.delete(this)
    if (this.#own) this.#incoming.signal?.removeEventListener('abort', this.#left)
  }

  readonly #left = (): void => this.abort(this.#incoming.signal?.reason)
}
