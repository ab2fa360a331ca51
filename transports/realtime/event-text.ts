import type { BoundChannel, HubEntry } from '../../core/index.ts'
import { eventRest } from './frames.ts'

/**
 * The events of a channel, as the part of their frames that is the same for every client. An entry of a topic is
 * encoded once for all clients of this process.
 */
export class EventTexts {
  readonly #path: string
  readonly #encoders: Awaited<ReturnType<BoundChannel['events']>>
  readonly #known = new WeakMap<HubEntry, string | Promise<string>>()

  constructor(channel: BoundChannel, encoders: Awaited<ReturnType<BoundChannel['events']>>) {
    this.#path = channel.contract.path
    this.#encoders = encoders
  }

  /** The text for an entry that was published as `{ event, data }`. */
  ofEntry(entry: HubEntry): string | Promise<string> {
    const known = this.#known.get(entry)
    if (known !== undefined) return known
    const text = this.#ofValue(entry.value)
    this.#known.set(entry, text)
    if (typeof text !== 'string') text.then((done) => this.#known.set(entry, done)).catch(() => {})
    return text
  }

  /**
   * The text for an event.
   *
   * @throws TypeError when the contract does not allow it.
   */
  of(name: string, data: unknown): string | Promise<string> {
    if (!this.#encoders.has(name)) throw new TypeError(`${this.#path} has no event ${JSON.stringify(name)}.`)
    const encode = this.#encoders.get(name)
    if (!encode) return eventRest(name, undefined)
    const result = encode(data)
    return result instanceof Promise ? result.then((result) => this.#toText(name, result)) : this.#toText(name, result)
  }

  #ofValue(value: unknown): string | Promise<string> {
    if (typeof value !== 'object' || value === null || !('event' in value) || typeof value.event !== 'string') {
      throw new TypeError(`What is published for ${this.#path} is to be { event, data }.`)
    }
    return this.of(value.event, 'data' in value ? value.data : undefined)
  }

  #toText(name: string, result: Awaited<ReturnType<Encode>>): string {
    if (result.success) return eventRest(name, result.data)
    const places = result.error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'data'}: ${message}`)
    throw new TypeError(`The event ${name} of ${this.#path} is not what its contract allows: ${places.join('; ')}`)
  }
}

type Encode = NonNullable<ReturnType<Awaited<ReturnType<BoundChannel['events']>>['get']>>
