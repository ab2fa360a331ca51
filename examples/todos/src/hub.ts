/** How many events a listener may be behind before it is let go. */
const patience = 1000

/**
 * Hands events to those who listen, within this one process. An app on several machines would put
 * PostgreSQL's LISTEN and NOTIFY, or Redis, behind the same two methods.
 */
export class Hub<Event> {
  readonly #topics = new Map<string, Set<(event: Event) => void>>()

  /** Hands an event to everybody who listens to the topic. */
  publish(topic: string, event: Event): void {
    for (const hear of this.#topics.get(topic) ?? []) hear(event)
  }

  /**
   * The events of a topic from now on, until the signal fires. `ready` comes first, when nothing will be missed
   * any more. A listener that falls too far behind is let go, so that it cannot fill the memory: it reconnects
   * and reads everything anew.
   */
  async *subscribe(topic: string, signal: AbortSignal, ready: Event): AsyncGenerator<Event, void> {
    const waiting = [ready]
    let wake = () => {}
    const hear = (event: Event) => {
      waiting.push(event)
      wake()
    }
    const stop = () => wake()
    const listeners = this.#topics.get(topic) ?? new Set()
    this.#topics.set(topic, listeners.add(hear))
    signal.addEventListener('abort', stop, { once: true })
    try {
      while (!signal.aborted && waiting.length < patience) {
        const event = waiting.shift()
        if (event !== undefined) yield event
        else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', stop)
      listeners.delete(hear)
      if (listeners.size === 0) this.#topics.delete(topic)
    }
  }
}
