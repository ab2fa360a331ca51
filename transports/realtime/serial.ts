/** Runs tasks one after the other: each says itself when the next one may begin. */
export class Serial {
  readonly #most: number
  readonly #waiting: (() => void)[] = []
  #running = false

  /** @param most how many may wait. */
  constructor(most: number) {
    this.#most = most
  }

  /** Runs the task after those before it; `false` when too many wait. A task ends by {@link next}, whatever happens. */
  run(task: () => void): boolean {
    if (!this.#running) {
      this.#running = true
      task()
    } else if (this.#waiting.length >= this.#most) return false
    else this.#waiting.push(task)
    return true
  }

  /** Forgets those that wait. */
  clear(): void {
    this.#waiting.length = 0
  }

  /** The task that runs has ended. */
  next(): void {
    const task = this.#waiting.shift()
    if (task) task()
    else this.#running = false
  }
}
