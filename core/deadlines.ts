/** What has its time. It keeps its place in the line itself: a set costs more than all else that a short call does. */
export interface Due<Self> {
  /** When it began, by `performance.now()`. */
  readonly start: number
  /** Its milliseconds; 0 for no end. */
  time: number
  before: Self | undefined
  behind: Self | undefined
}

/** All that runs, each with its deadline. */
export class Deadlines<Item extends Due<Item>> {
  readonly #lines = new Map<number, Line<Item>>()
  readonly #late: (item: Item) => void

  /** @param late is told of each whose time is over; it runs on without a deadline. */
  constructor(late: (item: Item) => void) {
    this.#late = late
  }

  add(item: Item): void {
    let line = this.#lines.get(item.time)
    if (!line) {
      line = this.#lineOf(item.time)
      this.#lines.set(item.time, line)
    }
    line.add(item)
  }

  /** It has ended. */
  delete(item: Item): void {
    this.#lines.get(item.time)?.delete(item)
  }

  /** Takes its deadline away. */
  spare(item: Item): void {
    this.delete(item)
    item.time = 0
    this.add(item)
  }

  *[Symbol.iterator](): Generator<Item> {
    for (const line of this.#lines.values()) yield* line
  }

  #lineOf(time: number): Line<Item> {
    const late = (item: Item) => {
      this.spare(item)
      this.#late(item)
    }
    if (time === 0) return new Line()
    return isShared ? new TimedLine(time, late) : new TimerEach(time, late)
  }
}

/** The longest time of a timer; what is longer would fire at once. */
const longest = 2 ** 31 - 1

/** Whether one timer may serve many: on Cloudflare a timer ends with the request that set it, and on Deno it keeps the process alive. */
const isShared = 'process' in globalThis && !('WebSocketPair' in globalThis) && !('Deno' in globalThis)

/** Those that have the same time, in the order in which they began. */
class Line<Item extends Due<Item>> {
  protected first: Item | undefined
  #last: Item | undefined

  add(item: Item): void {
    item.before = this.#last
    if (this.#last) this.#last.behind = item
    else this.first = item
    this.#last = item
  }

  /** Takes it out of the line; nothing where it is out already. */
  delete(item: Item): void {
    const { before, behind } = item
    if (before) before.behind = behind
    else if (this.first === item) this.first = behind
    if (behind) behind.before = before
    else if (this.#last === item) this.#last = before
    item.before = undefined
    item.behind = undefined
  }

  *[Symbol.iterator](): Generator<Item> {
    let item = this.first
    while (item) {
      const { behind } = item
      yield item
      item = behind
    }
  }
}

/** A line with one timer, since who began first is due first: one for each would cost more than most of what a call does. */
class TimedLine<Item extends Due<Item>> extends Line<Item> {
  readonly #time: number
  readonly #late: (item: Item) => void
  #isArmed = false

  constructor(time: number, late: (item: Item) => void) {
    super()
    this.#time = time
    this.#late = late
  }

  override add(item: Item): void {
    super.add(item)
    if (!this.#isArmed) this.#arm(this.#time)
  }

  #arm(delay: number): void {
    this.#isArmed = true
    // What runs keeps its process alive; this only watches.
    setTimeout(this.#look, Math.min(delay, longest)).unref()
  }

  readonly #look = (): void => {
    this.#isArmed = false
    const now = performance.now()
    while (this.first) {
      const left = this.first.start + this.#time - now
      // Timers fire up to a millisecond early.
      if (left > 1) {
        // One that was late may have had another begin.
        if (!this.#isArmed) this.#arm(left)
        return
      }
      this.#late(this.first)
    }
  }
}

/** A line with a timer for each. */
class TimerEach<Item extends Due<Item>> extends Line<Item> {
  readonly #time: number
  readonly #late: (item: Item) => void
  readonly #timers = new Map<Item, ReturnType<typeof setTimeout>>()

  constructor(time: number, late: (item: Item) => void) {
    super()
    this.#time = Math.min(time, longest)
    this.#late = late
  }

  override add(item: Item): void {
    super.add(item)
    this.#timers.set(
      item,
      setTimeout(() => this.#late(item), this.#time),
    )
  }

  override delete(item: Item): void {
    super.delete(item)
    clearTimeout(this.#timers.get(item))
    this.#timers.delete(item)
  }
}
