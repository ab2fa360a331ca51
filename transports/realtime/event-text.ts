import type { BoundChannel, HubEntry, Log } from '../../core/index.ts'
import { eventRest } from './frames.ts'

/**
 * The events of a channel, as the part of their frames that is the same for every client. An entry of a topic is
 * encoded once for all clients of this process.
 */
export class EventTexts {
  readonly #path: string
  readonly #name: string
  readonly #log: Log
  readonly #encoders: Awaited<ReturnType<BoundChannel['events']>>
  readonly #known = new WeakMap<HubEntry, string | Promise<string>>()

  /** @param log where it says which entries are none that the channel may send. */
  constructor({ contract }: BoundChannel, encoders: Awaited<ReturnType<BoundChannel['events']>>, log: Log) {
    this.#path = contract.path
    this.#name = contract.name
    this.#log = log
    this.#encoders = encoders
  }

  /** The text for an entry that was published as `{ event, data }`; an empty one where that was done wrongly, which is logged once. */
  ofEntry(entry: HubEntry): string | Promise<string> {
    const known = this.#known.get(entry)
    if (known !== undefined) return known
    const text = this.#orNothing(entry.value)
    this.#known.set(entry, text)
    if (typeof text !== 'string') void text.then((done) => this.#known.set(entry, done))
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

  /** What was published wrongly is the fault of who published it, and no reason to end the channel. */
  #orNothing(value: unknown): string | Promise<string> {
    const failed = (error: unknown) => {
      this.#log.error({ error, channel: this.#name }, 'an event was not sent')
      return ''
    }
    try {
      const text = this.#ofValue(value)
      return typeof text === 'string' ? text : text.catch(failed)
    } catch (error) {
      return failed(error)
    }
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
