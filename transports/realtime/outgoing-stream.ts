import { PikkuError, Tracked } from '../../core/index.ts'
import { frames } from './frames.ts'

/** How many items may be sent before others have their turn: a generator that never waits would not let them. */
const most = 16

/** Where the items of a stream go. */
export interface StreamSink {
  /** @param write gives the frame of the item, for the id of the stream. */
  item(write: (id: number) => string): void
  done(): void
  failed(error: unknown): void
}

/** A stream on its way to a client: takes an item from its generator only when the client has given credit for it. */
export class OutgoingStream {
  readonly #items: AsyncGenerator<unknown>
  readonly #sink: StreamSink
  #credit: number
  #over = false
  #pumping = false

  constructor(items: AsyncGenerator<unknown>, credit: number, sink: StreamSink) {
    this.#items = items
    this.#credit = credit
    this.#sink = sink
    this.more(0)
  }

  /** Lets this many more items through. */
  more(credit: number): void {
    // So that it stays a number that counts exactly.
    this.#credit = Math.min(this.#credit + credit, 2 ** 32)
    if (this.#pumping || this.#over) return
    this.#pumping = true
    this.#pump()
      .catch((error: unknown) => this.fail(error))
      .finally(() => {
        this.#pumping = false
      })
  }

  /** Ends it, and says why. */
  fail(error: unknown): void {
    if (this.#over) return
    this.#sink.failed(error instanceof PikkuError ? error : new PikkuError('INTERNAL', { cause: error }))
    this.leave()
  }

  /** Ends it without a word. */
  leave(): void {
    this.#over = true
    // A generator that waits for something hears of it by its signal, and may take its time.
    this.#items.return(undefined).catch(() => {})
  }

  async #pump(): Promise<void> {
    for (let sent = 1; this.#credit > 0 && !this.#over; sent++) {
      const { done, value } = await this.#items.next()
      if (this.#over) return
      if (done) {
        this.#over = true
        return this.#sink.done()
      }
      this.#credit--
      this.#sink.item((id) => (value instanceof Tracked ? frames.tracked(id, value) : frames.item(id, value)))
      if (sent % most === 0) await turn()
    }
  }
}

/** Resolves when what waits for the outside has been looked at. */
function turn(): Promise<void> {
  return new Promise((resolve) => ('setImmediate' in globalThis ? setImmediate(resolve) : setTimeout(resolve, 0)))
}
