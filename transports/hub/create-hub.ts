import {
  consoleLog,
  type EntryListenOptions,
  type Hub,
  type HubEntry,
  type HubStart,
  type ListenOptions,
  type Log,
  PikkuError,
  type PublishOptions,
  type Topic,
  type Tracked,
} from '../../core/index.ts'
import type { HubEngine, Sink } from './engine.ts'
import { every } from './every.ts'
import { Feed } from './feed.ts'
import { Presence } from './presence.ts'
import { Recents } from './recent.ts'
import { subscribe } from './subscribe.ts'
import { toText } from './text.ts'

/** What every hub can be told. */
export interface HubOptions {
  /** How much of each topic is kept for those who come back. */
  readonly history?: {
    /** The most entries of a topic. Default 1,000. */
    readonly entries?: number
    /** How long a topic is kept to which nobody publishes or listens any more, in seconds. Default 600. */
    readonly seconds?: number
  }
  /** How long somebody stays present whose process has died, in seconds. Default 12. */
  readonly presence?: number
  /** How long to wait for the engine, in seconds, before publishing, listening or entering fails. Default 5. */
  readonly timeout?: number
  /** Where it says that the engine is away, and which listener threw. By default JSON lines on the console. */
  readonly log?: Log
}

/** The same, complete. */
export interface HubSettings {
  readonly entries: number
  readonly seconds: number
  readonly presence: number
  readonly timeout: number
  readonly log: Log
}

export function toSettings({ history, presence = 12, timeout = 5, log = consoleLog }: HubOptions): HubSettings {
  return { entries: history?.entries ?? 1000, seconds: history?.seconds ?? 600, presence, timeout, log }
}

/** Makes a hub of what an engine can do. */
export function createHub(connect: (sink: Sink) => HubEngine, settings: HubSettings): Hub {
  return new EngineHub(connect, settings)
}

class EngineHub implements Hub {
  readonly #settings: HubSettings
  readonly #engine: HubEngine
  readonly #feeds = new Map<string, Feed>()
  readonly #recents: Recents
  readonly #presence: Presence
  readonly #closed = new AbortController()
  readonly #touching: ReturnType<typeof setInterval> | undefined

  constructor(connect: (sink: Sink) => HubEngine, settings: HubSettings) {
    this.#settings = settings
    this.#recents = new Recents(settings.entries)
    this.#engine = connect({
      receive: (topic, arrival) => this.#feeds.get(topic)?.receive(arrival),
      resume: () => this.#resume(),
    })
    this.#presence = new Presence({
      engine: this.#engine,
      seconds: settings.presence,
      log: settings.log,
      listen: (topic, changed, signal) => this.#feed(topic).join({ entry: changed, lost: changed }, undefined, signal),
      tell: (topic) => this.#engine.publish(topic, toText(null), false),
    })
    if (!this.#engine.alone) this.#touching = every((settings.seconds * 1000) / 3, () => this.#touch())
  }

  async publish(topic: string, value: unknown, { history = true }: PublishOptions = {}): Promise<void> {
    const [name, text] = [toName('topic', topic), toText(value)]
    await this.#within(() => this.#engine.publish(name, text, history))
  }

  async listen<Value>(
    topic: Topic<Value>,
    listener: (entry: HubEntry<Value>) => void,
    { signal, after, lost = () => {} }: EntryListenOptions,
  ): Promise<HubStart> {
    const name = toName('topic', topic)
    // Who publishes says what the type of the values is; that a topic has one is for the caller to keep.
    const entry = (given: HubEntry) => listener(given as HubEntry<Value>)
    return this.#within((late) => this.#feed(name).join({ entry, lost }, after, late), signal)
  }

  async *subscribe<Value>(
    topic: Topic<Value>,
    options: ListenOptions & { readonly anew?: NoInfer<Value> },
  ): AsyncGenerator<Tracked<Value>, void> {
    yield* subscribe<Value>(this, topic, { ...options, signal: this.#until(options.signal) })
  }

  async enter(topic: string, member: string, { signal }: { readonly signal: AbortSignal }): Promise<void> {
    const name = toName('presence', topic)
    await this.#within((late) => this.#presence.enter(name, member, late), signal)
  }

  async present(topic: string): Promise<string[]> {
    const name = toName('presence', topic)
    return this.#within(() => this.#presence.present(name))
  }

  async *presence(topic: string, { signal }: { readonly signal: AbortSignal }): AsyncGenerator<string[], void> {
    yield* this.#presence.watch(toName('presence', topic), this.#until(signal))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed.signal.aborted) return
    this.#closed.abort(new PikkuError('UNAVAILABLE', { detail: 'The hub is closed.' }))
    clearInterval(this.#touching)
    await withTimeout(this.#presence.close(), this.#settings.timeout).catch(() => {})
    for (const feed of this.#feeds.values()) feed.close()
    this.#feeds.clear()
    await this.#engine[Symbol.asyncDispose]()
  }

  #feed(topic: string): Feed {
    const found = this.#feeds.get(topic)
    if (found) return found
    const idle = () => {
      if (this.#feeds.get(topic) !== feed) return
      this.#feeds.delete(topic)
      feed.close()
      this.#engine.detach(topic)
    }
    const feed = new Feed({ engine: this.#engine, topic, log: this.#settings.log, recents: this.#recents, idle })
    this.#feeds.set(topic, feed)
    return feed
  }

  #resume(): void {
    // Nothing in it: there may be more to read.
    for (const feed of this.#feeds.values()) feed.receive({})
    this.#presence.resume()
  }

  #touch(): void {
    this.#engine.touch(this.#feeds.keys()).catch((error: unknown) => {
      this.#settings.log.warn({ error }, 'The hub could not keep the histories of its topics; it tries again.')
    })
  }

  #until(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#closed.signal])
  }

  /**
   * Does what needs the engine, within the time that is allowed for it.
   * @param work is given a signal that fires with the one of the caller, or when it took too long.
   */
  async #within<Result>(work: (signal: AbortSignal) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    this.#closed.signal.throwIfAborted()
    signal?.throwIfAborted()
    const until = new AbortController()
    const end = () => until.abort(signal?.reason)
    signal?.addEventListener('abort', end, { once: true })
    try {
      return await withTimeout(work(until.signal), this.#settings.timeout)
    } catch (error) {
      signal?.removeEventListener('abort', end)
      until.abort()
      signal?.throwIfAborted()
      throw new PikkuError('UNAVAILABLE', { detail: 'The hub cannot be reached.', cause: error })
    }
  }
}

async function withTimeout<Result>(work: Promise<Result>, seconds: number): Promise<Result> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`There was no answer within ${seconds} s.`)), seconds * 1000)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** The name of a topic at the engine: values and presence of one topic have nothing to do with each other. */
function toName(kind: 'topic' | 'presence', topic: string): string {
  const isName = topic !== '' && topic.isWellFormed() && isShort(topic)
  if (!isName) throw new TypeError('The name of a topic is a text of 1 to 512 bytes.')
  return `${kind}:${topic}`
}

/** Whether it has no more than 512 bytes as UTF-8. */
function isShort(topic: string): boolean {
  return topic.length <= 170 || new TextEncoder().encode(topic).byteLength <= 512
}
