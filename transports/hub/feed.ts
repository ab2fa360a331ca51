import type { HubEntry, HubStart, Log } from '../../core/index.ts'
import type { Arrival, HubEngine } from './engine.ts'
import { fromId, isSame, isSeen, type Position, toId } from './position.ts'
import { retry } from './retry.ts'
import { fromText } from './text.ts'

/** How many arrivals wait while the history is read. What is dropped beyond that is read from the history too. */
const mostWaiting = 10_000

/** Somebody who listens. */
export interface Listener {
  entry(entry: HubEntry): void
  lost(at: string): void
}

interface Member {
  readonly listener: Listener
  /** What the listener was given from the history, which may be ahead of what has arrived. */
  readonly skip?: Position
}

/** What a feed needs of its hub. */
export interface FeedOptions {
  readonly engine: HubEngine
  readonly topic: string
  readonly log: Log
  /** Called when the last listener has left. */
  readonly idle: () => void
}

/** One topic in this process: what arrives is put in order, missing entries are read, and all listeners are called. */
export class Feed {
  readonly #options: FeedOptions
  readonly #closed = new AbortController()
  readonly #members = new Set<Member>()
  readonly #waiting: Arrival[] = []
  #isBusy = false
  #joining = 0
  #at: Position | undefined
  #ready: Promise<void> | undefined

  constructor(options: FeedOptions) {
    this.#options = options
  }

  close(): void {
    this.#closed.abort()
    this.#members.clear()
  }

  /** Adds a listener until the signal fires: after the entry with the id `after`, otherwise from now on. */
  async join(listener: Listener, after: string | undefined, signal: AbortSignal): Promise<HubStart> {
    this.#joining++
    try {
      await this.#open()
      signal.throwIfAborted()
      const position = after === undefined ? this.#position() : fromId(after)
      if (!position) return this.#add({ listener }, false, signal)
      if (isSame(position, this.#position())) return this.#add({ listener }, true, signal)
      return await this.#joinAfter(listener, position, signal)
    } finally {
      this.#joining--
      this.#rest()
    }
  }

  receive(arrival: Arrival): void {
    this.#waiting.push(arrival)
    if (this.#waiting.length > mostWaiting) this.#waiting.shift()
    if (!this.#isBusy) void this.#work()
  }

  /** Begins to listen to the engine, once. Where that fails, the next caller tries again. */
  #open(): Promise<void> {
    this.#ready ??= this.#start().catch((error: unknown) => {
      this.#ready = undefined
      throw error
    })
    return this.#ready
  }

  async #start(): Promise<void> {
    const { engine, topic } = this.#options
    // What arrives from here on waits until it is known where the topic was.
    this.#isBusy = true
    await engine.attach(topic)
    this.#at = (await engine.read(topic)).at
    await this.#work()
  }

  async #joinAfter(listener: Listener, after: Position, signal: AbortSignal): Promise<HubStart> {
    // What arrives while the history is read is given after it.
    let held: HubEntry[] | undefined = []
    const holding: Member = { listener: { entry: (entry) => held?.push(entry), lost: () => (held = undefined) } }
    this.#members.add(holding)
    try {
      const past = await this.#options.engine.read(this.#options.topic, after)
      signal.throwIfAborted()
      if (!past.whole || !held) return this.#add({ listener }, false, signal)
      for (const { position, text } of past.entries) {
        const entry = this.#entry(text, position)
        if (entry) this.#hand(listener, entry)
      }
      for (const entry of held) {
        const position = entry.id === undefined ? undefined : fromId(entry.id)
        if (!position || !isSeen(position, past.at)) this.#hand(listener, entry)
      }
      const start = this.#add({ listener, skip: past.at }, true, signal)
      return isSeen(past.at, this.#position()) ? start : { ...start, at: toId(past.at) }
    } finally {
      this.#members.delete(holding)
    }
  }

  #add(member: Member, whole: boolean, signal: AbortSignal): HubStart {
    this.#members.add(member)
    const leave = () => {
      this.#members.delete(member)
      this.#rest()
    }
    signal.addEventListener('abort', leave, { once: true })
    return { at: toId(this.#position()), whole }
  }

  #rest(): void {
    if (this.#members.size === 0 && this.#joining === 0) this.#options.idle()
  }

  /** Hands on what waits. One runs at a time, so that a listener who publishes does not turn the order around. */
  async #work(): Promise<void> {
    this.#isBusy = true
    for (let arrival = this.#waiting.shift(); arrival; arrival = this.#waiting.shift()) {
      if (!this.#take(arrival)) await this.#catchUp()
    }
    this.#isBusy = false
  }

  /** Hands on an arrival; `false` when something may be missing before it. */
  #take({ position, previous, text }: Arrival): boolean {
    if (text === undefined) return position !== undefined && isSeen(position, this.#position())
    if (position) {
      const at = this.#position()
      if (isSeen(position, at)) return true
      const follows = position.epoch === at.epoch && (previous === undefined || previous <= at.number)
      if (!follows) return false
      this.#at = position
    }
    this.#deliver(text, position)
    return true
  }

  /** Reads what is missing, however long the engine is away. */
  async #catchUp(): Promise<void> {
    const { engine, topic, log } = this.#options
    const past = await retry(
      () => engine.read(topic, this.#at, true),
      this.#closed.signal,
      (error) => log.warn({ error, topic }, 'The hub cannot read what was published; it tries again.'),
    )
    if (!past) return
    for (const { position, text } of past.entries) {
      this.#at = position
      this.#deliver(text, position)
    }
    this.#at = past.at
    if (past.whole) return
    for (const { listener } of this.#members) {
      try {
        listener.lost(toId(past.at))
      } catch (error) {
        this.#complain(error)
      }
    }
  }

  #deliver(text: string, position: Position | undefined): void {
    if (this.#members.size === 0) return
    const entry = this.#entry(text, position)
    if (!entry) return
    for (const { listener, skip } of this.#members) {
      if (!skip || !position || !isSeen(position, skip)) this.#hand(listener, entry)
    }
  }

  /** The entry, unless it was written by somebody else than a hub. */
  #entry(text: string, position: Position | undefined): HubEntry | undefined {
    try {
      const value = fromText(text)
      return position ? { id: toId(position), value } : { value }
    } catch (error) {
      this.#complain(error)
      return undefined
    }
  }

  /** A listener who throws harms no other. */
  #hand(listener: Listener, entry: HubEntry): void {
    try {
      listener.entry(entry)
    } catch (error) {
      this.#complain(error)
    }
  }

  #complain(error: unknown): void {
    const { topic, log } = this.#options
    log.error({ error, topic }, 'An entry of the hub could not be handed to a listener.')
  }

  #position(): Position {
    if (!this.#at) throw new Error('The feed is not open.')
    return this.#at
  }
}
