import type { Hub, HubEntry, HubStart } from '../../../core/index.ts'

/** Listens to a topic and keeps what it hears. */
export class Ear {
  readonly entries: HubEntry[] = []
  /** The ids with which it was told that entries are lost. */
  readonly lost: string[] = []
  readonly #stop = new AbortController()
  #wake = () => {}

  static async listen(hub: Hub, topic: string, after?: string): Promise<Ear & { readonly start: HubStart }> {
    const ear = new Ear()
    const hear = (entry: HubEntry) => {
      ear.entries.push(entry)
      ear.#wake()
    }
    const lost = (at: string) => {
      ear.lost.push(at)
      ear.#wake()
    }
    const start = await hub.listen(topic, hear, { signal: ear.#stop.signal, after, lost })
    return Object.assign(ear, { start })
  }

  get values(): unknown[] {
    return this.entries.map(({ value }) => value)
  }

  /** Resolves when something is so. */
  async until(isSo: (ear: this) => boolean): Promise<this> {
    while (!isSo(this)) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this
  }

  /** Resolves when it has heard a value. */
  hears(value: unknown): Promise<this> {
    return this.until(({ values }) => values.includes(value))
  }

  stop(): void {
    this.#stop.abort()
  }
}
