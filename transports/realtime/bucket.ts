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
  take(): boolean {
    if (this.#level < 1) {
      const now = performance.now()
      this.#level = Math.min(this.#size, this.#level + ((now - this.#since) / 1000) * this.#rate)
      this.#since = now
      if (this.#level < 1) return false
    }
    this.#level--
    return true
  }
}
