import { randomUUID } from 'node:crypto'
import { type Tracked, tracked } from 'pikku'

/** How many events of a topic are kept for those who come back, or read slowly. */
const kept = 100

/** How many topics are kept to which nobody listens any more. */
const idleTopics = 1000

interface Topic<Event> {
  /** Everything after the event of this number is in `events`. */
  since: number
  readonly events: { readonly number: number; readonly event: Event }[]
  readonly listeners: Set<() => void>
}

/**
 * Hands events to those who listen, within this one process, and keeps the last ones for those who come back. An app
 * on several machines would put PostgreSQL's LISTEN and NOTIFY, or Redis, behind the same two methods.
 */
export class Hub<Event> {
  /** Ids of another process, or of this one before it was started again, are no ids here. */
  readonly #name = randomUUID()
  readonly #topics = new Map<string, Topic<Event>>()
  /** Topics without listeners, the longest silent one first. */
  readonly #idle = new Set<string>()
  #last = 0

  /** Hands an event to everybody who listens to the topic. */
  publish(topic: string, event: Event): void {
    const number = ++this.#last
    const found = this.#topics.get(topic)
    if (!found) return
    found.events.push({ number, event })
    if (found.events.length > kept) found.since = found.events.shift()?.number ?? number
    for (const wake of found.listeners) wake()
  }

  /**
   * The events of a topic with their ids, until the signal fires: those after the one with the id `after`, then those
   * to come. `anew` comes in place of events that are not known any more, and first where there is no `after`.
   */
  async *subscribe(topic: string, anew: Event, signal: AbortSignal, after = ''): AsyncGenerator<Tracked<Event>, void> {
    const found = this.#open(topic)
    let at = this.#numberOf(after)
    let wake = () => {}
    const hear = () => wake()
    found.listeners.add(hear)
    signal.addEventListener('abort', hear, { once: true })
    try {
      while (!signal.aborted) {
        const isWhole = at >= found.since
        const next = isWhole ? found.events.find(({ number }) => number > at) : { number: this.#last, event: anew }
        if (next) {
          at = next.number
          yield tracked(`${this.#name}:${at}`, next.event)
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', hear)
      found.listeners.delete(hear)
      if (found.listeners.size === 0) this.#rest(topic)
    }
  }

  #open(topic: string): Topic<Event> {
    this.#idle.delete(topic)
    const found = this.#topics.get(topic) ?? { since: this.#last, events: [], listeners: new Set() }
    this.#topics.set(topic, found)
    return found
  }

  #rest(topic: string): void {
    this.#idle.add(topic)
    const [oldest = ''] = this.#idle
    if (this.#idle.size > idleTopics && this.#idle.delete(oldest)) this.#topics.delete(oldest)
  }

  /** The number in an id of this hub, otherwise one before all others. */
  #numberOf(id: string): number {
    const [name, number] = id.split(':')
    return name === this.#name && Number(number) <= this.#last ? Number(number) : -1
  }
}
