/** Runs tasks one after the other. */
export class Serial {
  readonly #most: number
  readonly #waiting: (() => Promise<void>)[] = []
  #running = false

  /** @param most how many may wait. */
  constructor(most: number) {
    this.#most = most
  }

  /** Runs the task after those before it; `false` when too many wait. A task handles its own errors. */
  run(task: () => Promise<void>): boolean {
    if (!this.#running) this.#start(task)
    else if (this.#waiting.length >= this.#most) return false
    else this.#waiting.push(task)
    return true
  }

  /** Forgets those that wait. */
  clear(): void {
    this.#waiting.length = 0
  }

  #start(task: () => Promise<void>): void {
    this.#running = true
    task().then(this.#next, this.#next)
  }

  readonly #next = (): void => {
    this.#running = false
    const next = this.#waiting.shift()
    if (next) this.#start(next)
  }
}
