import type { ActiveCall } from './active-call.ts'
import { Burst } from './burst.ts'
import type { Log } from './log.ts'

/** What the log has of calls: how each ended, and what failed; in masses only so many of a kind. */
export class CallLog {
  readonly #log: Log
  readonly #every: boolean
  readonly #burst = new Burst()

  /** @param every whether calls that end as they should have a line too. */
  constructor(log: Log, every: boolean) {
    this.#log = log
    this.#every = every
  }

  /** A call that has ended, with what it took. */
  ended({ code, fields, start }: ActiveCall): void {
    if (!this.#every) return
    const ms = Math.round((performance.now() - start) * 1000) / 1000
    if (code === undefined) this.#log.info({ ...fields, ms }, 'call')
    else {
      const admitted = this.#burst.admits(code)
      if (admitted) this.#log.info({ ...fields, ms, code, ...admitted }, 'call refused')
    }
  }

  /** What went wrong on the server. */
  failed(error: unknown, about: { readonly id: string; readonly operation?: string }): void {
    const admitted = this.#burst.admits(`failed ${about.operation}`)
    if (admitted) this.#log.error({ ...about, ...admitted, error }, 'call failed')
  }
}
