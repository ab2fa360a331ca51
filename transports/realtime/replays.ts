import { delay } from '../hub/retry.ts'
import { Bucket } from './bucket.ts'

/** So many events that were missed count as one message. */
const perMessage = 50

/**
 * Lets the channels of a connection be given what they have missed: one after the other, and no faster than the client
 * may send messages. Who asks for the same again and again waits, for events are far more than the frame that asks for them.
 */
export class Replays {
  readonly #bucket: Bucket
  #last: Promise<void> = Promise.resolve()
  /** When the next one may begin, by `performance.now()`. */
  #from = 0

  constructor({ rate, burst }: { readonly rate: number; readonly burst: number }) {
    this.#bucket = new Bucket(rate * perMessage, burst * perMessage)
  }

  /**
   * Resolves when it is the turn of a channel.
   *
   * @param signal that of the channel: with it its turn is over.
   * @returns what is to be called with the number of events that it was given.
   */
  async turn(signal: AbortSignal): Promise<(events: number) => void> {
    const before = this.#last
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#last = promise
    await before
    const pause = this.#from - performance.now()
    if (pause > 0) await delay(pause, signal)
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
    return (events) => {
      const now = performance.now()
      this.#from = now + this.#bucket.spend(events, now)
      resolve()
    }
  }
}
