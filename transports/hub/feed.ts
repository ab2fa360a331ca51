import type { HubEntry, HubStart, Log } from '../../core/index.ts'
import type { Arrival, HubEngine, Past } from './engine.ts'
import { fromId, isSame, isSeen, type Position, toId } from './position.ts'
import type { Ready, Recent, Recents } from './recent.ts'
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
  readonly recents: Recents
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
  readonly #recent: Recent
  /** Set while the history is read for somebody who came back. */
  #reading: Promise<void> | undefined

  constructor(options: FeedOptions) {
    this.#options = options
    this.#recent = options.recents.of(options.topic)
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
    // What is ready from an earlier time goes on where nothing is missing.
    const past = await engine.read(topic, this.#recent.at)
    for (const ready of this.#decode(past)) this.#recent.add(ready)
    this.#reach(past)
    await this.#work()
  }

  async #joinAfter(listener: Listener, after: Position, signal: AbortSignal): Promise<HubStart> {
    // What is read for one who comes back is there for all who come meanwhile, mostly.
    while (this.#reading && !this.#recent.since(after)) await this.#reading
    signal.throwIfAborted()
    const ready = this.#recent.since(after)
    if (!ready && !this.#recent.isLost(after)) return this.#readAfter(listener, after, signal)
    this.#options.recents.keep(this.#options.topic, this.#recent)
    if (!ready) return this.#add({ listener }, false, signal)
    for (const { entry } of ready) this.#hand(listener, entry)
    return this.#addAt(listener, this.#recent.at ?? after, signal)
  }

  async #readAfter(listener: Listener, after: Position, signal: AbortSignal): Promise<HubStart> {
    const { engine, topic, recents } = this.#options
    // What arrives while the history is read is given after it.
    let held: HubEntry[] | undefined = []
    const holding: Member = { listener: { entry: (entry) => held?.push(entry), lost: () => (held = undefined) } }
    this.#members.add(holding)
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#reading = promise
    this.#recent.begin(this.#position())
    recents.keep(topic, this.#recent)
    try {
      const past = await engine.read(topic, after)
      if (!past.whole && isSeen(after, past.at)) this.#recent.lose(after)
      const read = this.#decode(past)
      if (past.whole) this.#recent.fill(after, past.at, read)
      signal.throwIfAborted()
      if (!past.whole || !held) return this.#add({ listener }, false, signal)
      const ready = this.#recent.since(after) ?? read
      for (const { position, entry } of ready) if (isSeen(position, past.at)) this.#hand(listener, entry)
      for (const entry of held) {
        const position = entry.id === undefined ? undefined : fromId(entry.id)
        if (!position || !isSeen(position, past.at)) this.#hand(listener, entry)
      }
      return this.#addAt(listener, past.at, signal)
    } finally {
      this.#reading = undefined
      resolve()
      this.#members.delete(holding)
      recents.trim()
    }
  }

  /** Adds a listener who was given everything up to a position, which may be ahead of what has arrived. */
  #addAt(listener: Listener, at: Position, signal: AbortSignal): HubStart {
    const start = this.#add({ listener, skip: at }, true, signal)
    return isSeen(at, this.#position()) ? start : { ...start, at: toId(at) }
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
    this.#reach(past)
    if (past.whole) return
    for (const { listener } of this.#members) {
      try {
        listener.lost(toId(past.at))
      } catch (error) {
        this.#complain(error)
      }
    }
  }

  /** All is known up to where the engine was; what came before only where it was whole. */
  #reach({ whole, at }: Past): void {
    this.#at = at
    if (whole) this.#recent.reach(at)
    else this.#recent.forget()
  }

  #deliver(text: string, position: Position | undefined): void {
    if (this.#members.size === 0 && !this.#recent.at) return
    const entry = this.#entry(text, position)
    if (!entry) return
    if (position) {
      this.#recent.add({ position, entry, length: text.length })
      this.#options.recents.trim()
    }
    for (const { listener, skip } of this.#members) {
      if (!skip || !position || !isSeen(position, skip)) this.#hand(listener, entry)
    }
  }

  #decode({ entries }: Past): Ready[] {
    return entries.flatMap(({ position, text }) => {
      const entry = this.#entry(text, position)
      return entry ? [{ position, entry, length: text.length }] : []
    })
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
