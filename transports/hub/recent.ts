import type { HubEntry } from '../../core/index.ts'
import { isSeen, type Position } from './position.ts'

/** How long the texts of all entries may be together that a hub holds ready, in characters. */
const longest = 8 * 1024 * 1024

/** An entry that is held ready. */
export interface Ready {
  readonly position: Position
  /** One object for all who are given it: what is made of it is made once. */
  readonly entry: HubEntry
  /** Of its text. */
  readonly length: number
}

/**
 * The entries that somebody has come back for, topic by topic, so that they are not read and decoded again for the next
 * one. When that is too much, the topic goes first for which nobody has come for the longest time.
 */
export class Recents {
  readonly #most: number
  readonly #longest: number
  readonly #topics = new Map<string, Recent>()
  #length = 0

  /**
   * @param most how many entries of a topic are held ready.
   * @param length of all texts together.
   */
  constructor(most: number, length = longest) {
    this.#most = most
    this.#longest = length
  }

  of(topic: string): Recent {
    return this.#topics.get(topic) ?? new Recent(this.#most, (more) => (this.#length += more))
  }

  /** Somebody has come back to the topic. */
  keep(topic: string, recent: Recent): void {
    const other = this.#topics.get(topic)
    if (other !== recent) other?.forget()
    this.#topics.delete(topic)
    this.#topics.set(topic, recent)
    this.trim()
  }

  trim(): void {
    for (const [topic, recent] of this.#topics) {
      if (this.#length <= this.#longest) return
      recent.forget()
      this.#topics.delete(topic)
    }
  }
}

/** What is held ready of one topic: all entries after one position, up to another. */
export class Recent {
  readonly #most: number
  readonly #grown: (more: number) => void
  #ready: Ready[] = []
  #after: Position | undefined
  #at: Position | undefined
  /** What followed this position, or one before it, is not to be had any more. */
  #lost: Position | undefined

  constructor(most: number, grown: (more: number) => void) {
    this.#most = most
    this.#grown = grown
  }

  /** Up to where all is here; `undefined` when there is nothing. */
  get at(): Position | undefined {
    return this.#at
  }

  /** What followed a position; `undefined` where that is to be read. */
  since(position: Position): readonly Ready[] | undefined {
    if (!this.#after || !this.#at || !isSeen(this.#after, position) || !isSeen(position, this.#at)) return undefined
    return this.#ready.filter((ready) => ready.position.number > position.number)
  }

  /** Whether it is known that not everything is to be had that followed a position. */
  isLost(position: Position): boolean {
    return this.#lost !== undefined && isSeen(position, this.#lost)
  }

  /** Not everything is to be had any more that followed a position. */
  lose(position: Position): void {
    if (!this.isLost(position)) this.#lost = position
  }

  /** Takes all that comes from here on. */
  begin(at: Position): void {
    if (this.#at) return
    this.#after = at
    this.#at = at
  }

  /** Takes all that followed a position, up to another one. What is here already stays. */
  fill(after: Position, at: Position, read: readonly Ready[]): void {
    const [first, last] = [this.#after, this.#at]
    // Where something is missing in between, it is still on its way.
    if (!first || !last || !isSeen(after, last) || !isSeen(first, at)) return
    if (isSeen(after, first)) {
      const older = read.filter(({ position }) => isSeen(position, first))
      this.#after = after
      this.#ready = [...older, ...this.#ready]
      for (const { length } of older) this.#grown(length)
    }
    for (const ready of read) this.add(ready)
    this.reach(at)
    this.#shorten()
  }

  /** Takes what has come next, once it has begun. */
  add(ready: Ready): void {
    if (!this.#at || isSeen(ready.position, this.#at)) return
    this.#at = ready.position
    this.#ready.push(ready)
    this.#grown(ready.length)
    this.#shorten()
  }

  /** Nothing else has come up to here. */
  reach(at: Position): void {
    if (this.#at && isSeen(this.#at, at)) this.#at = at
  }

  forget(): void {
    for (const { length } of this.#ready) this.#grown(-length)
    this.#ready = []
    this.#after = undefined
    this.#at = undefined
  }

  #shorten(): void {
    while (this.#ready.length > this.#most) {
      const { position, length } = this.#ready.shift() as Ready
      this.#grown(-length)
      this.#after = position
      this.lose({ ...position, number: position.number - 1 })
    }
  }
}
