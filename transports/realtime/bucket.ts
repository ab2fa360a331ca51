/** Counts what comes: so much a second in the long run, and so much at once. */
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
  take(now = performance.now()): boolean {
    this.#fill(now)
    if (this.#level < 1) return false
    this.#level--
    return true
  }

  /** Takes so many, whether or not they are there. Gives how many milliseconds it takes until there is one again. */
  spend(count: number, now = performance.now()): number {
    this.#fill(now)
    this.#level -= count
    return Math.max(0, ((1 - this.#level) / this.#rate) * 1000)
  }

  /** Each time: what was not counted while there was enough would be there a second time afterwards. */
  #fill(now: number): void {
    this.#level = Math.min(this.#size, this.#level + ((now - this.#since) / 1000) * this.#rate)
    this.#since = now
  }
}
