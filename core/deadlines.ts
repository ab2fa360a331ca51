/** What is cut when its time is over. */
export interface Due {
  /** When it began, by `performance.now()`. */
  readonly start: number
  /** Its time is over. */
  late(): void
}

/** The longest time of a timer; what is longer would fire at once. */
const longest = 2 ** 31 - 1

/** Those that have the same time, in the order in which they began, which is that in which they are due. */
class Queue implements Watch {
  readonly #time: number
  readonly #waiting = new Set<Due>()
  #isArmed = false

  constructor(time: number) {
    this.#time = time
  }

  add(due: Due): void {
    this.#waiting.add(due)
    if (!this.#isArmed) this.#arm(this.#time)
  }

  delete(due: Due): void {
    this.#waiting.delete(due)
  }

  #arm(delay: number): void {
    this.#isArmed = true
    // What runs keeps its process alive; this only watches.
    setTimeout(this.#look, Math.min(delay, longest)).unref()
  }

  readonly #look = (): void => {
    this.#isArmed = false
    const now = performance.now()
    for (const due of this.#waiting) {
      const left = due.start + this.#time - now
      // Timers fire up to a millisecond early.
      if (left > 1) {
        // One that was late may have had another begin.
        if (!this.#isArmed) this.#arm(left)
        return
      }
      this.#waiting.delete(due)
      due.late()
    }
  }
}

/** Takes what has ended out of what is watched. */
export interface Watch {
  delete(due: Due): void
}

const queues = new Map<number, Queue>()

/** Whether one timer may serve many calls: on Cloudflare a timer ends with the request that set it, and on Deno it keeps the process alive. */
const isShared = 'process' in globalThis && !('WebSocketPair' in globalThis) && !('Deno' in globalThis)

/**
 * Cuts it when so many milliseconds are over, unless it is deleted before. A timer for each call would cost more than most
 * of what a call does.
 */
export function within(time: number, due: Due): Watch {
  if (!isShared) {
    const timer = setTimeout(() => due.late(), Math.min(time, longest))
    return { delete: () => clearTimeout(timer) }
  }
  let queue = queues.get(time)
  if (!queue) {
    queue = new Queue(time)
    queues.set(time, queue)
  }
  queue.add(due)
  return queue
}
