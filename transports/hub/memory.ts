import type { Hub } from '../../core/index.ts'
import { createHub, type HubOptions, type HubSettings, toSettings } from './create-hub.ts'
import type { HubEngine, Nodes, Past, Sink } from './engine.ts'
import type { Position } from './position.ts'

/** How many topics are kept to which nobody listens. */
const idleTopics = 1000
/** How long the texts of all topics may be together, in characters. */
const longest = 64 * 1024 * 1024

interface Kept {
  readonly epoch: string
  /** The number of the last entry. */
  last: number
  /** The last entries; their numbers end with `last`. */
  readonly texts: string[]
  /** When somebody last published or listened. */
  usedAt: number
}

/** Carries values within this process, and forgets them with it. */
export function memoryHub(options: HubOptions = {}): Hub {
  const settings = toSettings(options)
  return createHub((sink) => new MemoryEngine(sink, settings), settings)
}

class MemoryEngine implements HubEngine {
  readonly #sink: Sink
  readonly #settings: HubSettings
  /** Ids of another process, or of a topic that was forgotten, are no ids here. */
  readonly #name = crypto.randomUUID().replaceAll('-', '')
  readonly #topics = new Map<string, Kept>()
  /** Topics to which nobody listens, the longest silent one first. */
  readonly #idle = new Set<string>()
  readonly #attached = new Set<string>()
  readonly #lists = new Map<string, string>()
  #begun = 0
  #length = 0

  constructor(sink: Sink, settings: HubSettings) {
    this.#sink = sink
    this.#settings = settings
  }

  async publish(topic: string, text: string, kept: boolean): Promise<void> {
    if (!kept) return this.#sink.receive(topic, { text })
    const found = this.#use(topic)
    const previous = found.last++
    found.texts.push(text)
    this.#length += text.length
    if (found.texts.length > this.#settings.entries) this.#shorten(found)
    if (this.#length > longest) this.#forget()
    while (this.#length > longest && found.texts.length > 1) this.#shorten(found)
    this.#sink.receive(topic, { position: { epoch: found.epoch, number: found.last }, previous, text })
  }

  async attach(topic: string): Promise<void> {
    this.#attached.add(topic)
    this.#idle.delete(topic)
  }

  detach(topic: string): void {
    this.#attached.delete(topic)
    if (this.#topics.has(topic)) this.#use(topic)
  }

  async read(topic: string, after?: Position): Promise<Past> {
    const { epoch, last, texts } = this.#use(topic)
    const at = { epoch, number: last }
    const missing = last - (after?.number ?? last)
    const whole = !after || (after.epoch === epoch && missing >= 0 && missing <= texts.length)
    const entries = (whole && missing > 0 ? texts.slice(-missing) : []).map((text, index) => ({
      position: { epoch, number: last - missing + index + 1 },
      text,
    }))
    return { whole, at, entries }
  }

  async touch(): Promise<void> {
    this.#forget()
  }

  async put(_node: string, topic: string, list: string | undefined): Promise<void> {
    if (list === undefined) this.#lists.delete(topic)
    else this.#lists.set(topic, list)
  }

  async lists(topic: string): Promise<readonly string[]> {
    const list = this.#lists.get(topic)
    return list === undefined ? [] : [list]
  }

  async renew(node: string): Promise<Nodes> {
    return { alive: [node], kept: true }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#topics.clear()
  }

  #shorten({ texts }: Kept): void {
    this.#length -= texts.shift()?.length ?? 0
  }

  #use(topic: string): Kept {
    const epoch = () => `${this.#name}${(++this.#begun).toString(36)}`
    const found = this.#topics.get(topic) ?? { epoch: epoch(), last: 0, texts: [], usedAt: 0 }
    found.usedAt = Date.now()
    this.#topics.set(topic, found)
    if (this.#attached.has(topic)) return found
    this.#idle.delete(topic)
    this.#idle.add(topic)
    this.#forget()
    return found
  }

  #forget(): void {
    const since = Date.now() - this.#settings.seconds * 1000
    for (const topic of this.#idle) {
      const { usedAt = 0, texts = [] } = this.#topics.get(topic) ?? {}
      if (usedAt > since && this.#idle.size <= idleTopics && this.#length <= longest) return
      for (const { length } of texts.splice(0)) this.#length -= length
      this.#idle.delete(topic)
      this.#topics.delete(topic)
    }
  }
}
