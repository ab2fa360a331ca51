/**
 * Counts what comes: so much a second in the long run, and so much at once. It asks the clock when it is empty, and not
 * each time; so it is to be filled from time to time, or what was taken long ago would not have been made up for.
 */
export class Bucket {
  readonly #rate: number
  readonly #size: number
  #level: number
  #since = performance.now()

  constructor(rate: number, size: number) {
    this.#rate = rate
    this.#size = size
    this.#level = size
  }

  /** Takes one; `false` when there is none. */
  take(): boolean {
    if (this.#level < 1) {
      this.fill(performance.now())
      if (this.#level < 1) return false
    }
    this.#level--
    return true
  }

  /** Takes so many, whether or not they are there. Gives how many milliseconds it takes until there is one again. */
  spend(count: number, now: number): number {
    this.fill(now)
    this.#level -= count
    return Math.max(0, ((1 - this.#level) / this.#rate) * 1000)
  }

  /** Fills it with what has become free until now. */
  fill(now: number): void {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#since) / 1000) * this.#rate)
    this.#since = now
  }
}
