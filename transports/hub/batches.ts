/** The most texts of one batch, and the most that wait for a topic. */
const [most, mostWaiting] = [500, 10_000]

interface Waiting {
  readonly text: string
  readonly kept: boolean
  readonly until: number
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/**
 * Sends the texts of each topic one batch after the other, so that they keep their order on whichever connection, and
 * what comes while a batch is under way goes together in the next.
 */
export class Batches {
  readonly #send: (topic: string, texts: readonly string[], kept: boolean) => Promise<void>
  readonly #milliseconds: number
  readonly #waiting = new Map<string, Waiting[]>()

  /** @param milliseconds after which a text is not sent any more: its publisher has been told that it failed. */
  constructor(send: (topic: string, texts: readonly string[], kept: boolean) => Promise<void>, milliseconds: number) {
    this.#send = send
    this.#milliseconds = milliseconds
  }

  add(topic: string, text: string, kept: boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waiting.get(topic)
      if (waiting && waiting.length >= mostWaiting) return reject(new Error('Too much waits to be published.'))
      const entry = { text, kept, until: performance.now() + this.#milliseconds, resolve, reject }
      if (waiting) return waiting.push(entry)
      this.#waiting.set(topic, [entry])
      void this.#work(topic, this.#waiting.get(topic) ?? [])
    })
  }

  async #work(topic: string, waiting: Waiting[]): Promise<void> {
    while (waiting.length > 0) {
      const [first] = waiting
      const other = waiting.findIndex(({ kept }) => kept !== first?.kept)
      const batch = waiting.splice(0, Math.min(most, other < 0 ? most : other))
      const sent = batch.filter(({ until }) => until > performance.now())
      try {
        const texts = sent.map(({ text }) => text)
        if (texts.length > 0) await this.#send(topic, texts, first?.kept ?? true)
        for (const { resolve } of sent) resolve()
      } catch (error) {
        for (const { reject } of sent) reject(error)
      }
    }
    this.#waiting.delete(topic)
  }
}
