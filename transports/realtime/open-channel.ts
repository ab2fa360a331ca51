import {
  type BoundChannel,
  type Hub,
  type HubEntry,
  type Log,
  PikkuError,
  type ServedChannel,
  type Topic,
} from '../../core/index.ts'
import { Cursor, hashOf, mostTopics } from './cursor.ts'
import type { EventTexts } from './event-text.ts'
import { frames } from './frames.ts'
import type { Replays } from './replays.ts'
import { Serial } from './serial.ts'

/** What a channel needs of the connection that it is open on. */
export interface ChannelHost {
  /** Of the connection. */
  readonly id: string
  readonly log: Log
  /** Whether the connection lives no longer than it takes to answer a message. */
  readonly isBrief: boolean
  /** How what was missed is given. */
  readonly replays: Replays
  send(frame: string): void
  sendAll(frames: readonly string[]): void
  /** Ends a channel; with an error, that is what its client is told. */
  end(id: number, error?: PikkuError, reason?: string): void
}

/** How long the events are, all together, that wait for a channel to be open: those that a client missed, and those that come meanwhile. */
const mostHeld = 2 * 1024 * 1024
/** What an event takes besides its text, in characters. */
const overhead = 100

/** A channel that a client has open. */
export class OpenChannel implements ServedChannel {
  readonly id: string
  readonly channel: BoundChannel
  /** The parameters as they came. */
  readonly wire: unknown
  /** Runs what the client sends, one after the other. */
  readonly serial: Serial
  /** Who is present by it, where that is kept: topics and names. */
  readonly members: (readonly [topic: string, member: string])[] = []
  /** What it shows of who is present, where that is kept. */
  readonly shown: Shown[] = []
  readonly #number: number
  readonly #host: ChannelHost
  readonly #cursor: Cursor
  readonly #resumed: boolean
  /** Where it was, when it is opened again without its client's doing. */
  readonly #before: string | undefined
  readonly #topics = new Map<string, Promise<void>>()
  #params: unknown
  #texts: EventTexts | undefined
  #ending: AbortController | undefined
  #ended = false
  /** What waits for the channel to be open: the client is to have no id of what has not been sent. */
  #held: Write[] | undefined = []
  #heldLength = 0
  /** How many events it was given by its topics. */
  #given = 0
  #whole = true
  /** Set while an event is encoded that takes its time: those behind it keep their place. */
  #order: Promise<void> | undefined

  constructor(number: number, channel: BoundChannel, wire: unknown, init: OpenChannelInit) {
    const { host, after, waiting, resumes, held } = init
    this.#before = resumes ? (after ?? '') : undefined
    this.#number = number
    this.id = `${host.id}.${number}`
    this.channel = channel
    this.wire = wire
    this.#host = host
    this.#resumed = after !== undefined
    this.#cursor = new Cursor(after)
    this.serial = new Serial(waiting)
    if (!held) return
    this.#held = undefined
    this.#params = held.params
    for (const topic of held.topics) this.#topics.set(topic, Promise.resolve())
  }

  /** The topics that it has joined. */
  get topics(): readonly string[] {
    return [...this.#topics.keys()]
  }

  /** The id that its client is to come back with. */
  get at(): string {
    return `${this.#cursor}`
  }

  get params(): unknown {
    return this.#params
  }

  get signal(): AbortSignal {
    this.#ending ??= new AbortController()
    if (this.#ended) this.#ending.abort()
    return this.#ending.signal
  }

  /** Sets how its events are written. Before it, none can be sent. */
  prepare(texts: EventTexts): void {
    this.#texts = texts
  }

  begin(params: unknown): void {
    this.#params = params
  }

  /** Tells the client that it is open, and sends what was held back until then. */
  opened(): void {
    if (this.#ended) return
    const opening: string[] = []
    if (this.#before === undefined) opening.push(frames.open(this.#number, this.at, this.#whole))
    // Its client knows it for open, and is told what is new.
    else if (this.#before !== this.at || !this.#whole) opening.push(frames.moved(this.#number, this.at, this.#whole))
    const held = this.#held ?? []
    this.#held = undefined
    for (const write of held) write((frame) => opening.push(frame))
    this.#host.sendAll(opening)
  }

  async send(event: string, data: unknown): Promise<void> {
    if (this.#ended) return
    const rest = await this.#textsOf().of(event, data)
    await this.#order
    this.#write(rest, (send) => send(frames.event(this.#number, rest)))
  }

  async join(hub: Hub, topic: Topic): Promise<void> {
    if (this.#ended) return
    const known = this.#topics.get(topic)
    if (known) return known
    this.#checkKept()
    if (this.#topics.size >= mostTopics) throw new TypeError(`A channel joins ${mostTopics} topics at the most.`)
    const joining = this.#join(hub, topic)
    this.#topics.set(topic, joining)
    // Who could not be reached is asked again.
    joining.catch(() => this.#topics.delete(topic))
    return joining
  }

  async #join(hub: Hub, topic: Topic): Promise<void> {
    const hash = hashOf(topic)
    const after = this.#resumed ? this.#cursor.of(hash) : undefined
    const done = after === undefined ? undefined : await this.#host.replays.turn(this.signal)
    const before = this.#given
    const listening = hub.listen(topic, (entry) => this.#deliver(hash, entry), {
      signal: this.signal,
      after,
      lost: (at) => this.#lost(hash, at),
    })
    const start = await listening.finally(() => done?.(this.#given - before))
    if (this.#cursor.of(hash) === undefined || !start.whole) this.#cursor.move(hash, start.at)
    if (!start.whole) this.#whole = false
    // Who joined before it was open is told then.
    if (!this.#held && !this.#ended) this.#send(frames.moved(this.#number, `${this.#cursor}`, start.whole))
  }

  /** Somebody is present by it, for as long as it is kept. */
  enter(topic: string, member: string): void {
    this.#checkKept()
    this.members.push([topic, member])
  }

  follow(event: string, items: AsyncIterable<unknown>): void {
    if (this.#host.isBrief) {
      this.#checkKept()
      this.shown.push({ event, topic: topicOf(items) })
      return
    }
    this.#follow(event, items).catch((error: unknown) => this.#fail(error))
  }

  /** Hears its topics no more: it is kept, and goes on elsewhere. */
  async rest(): Promise<void> {
    this.#ending ??= new AbortController()
    this.#ending.abort()
    await this.#order
  }

  close(reason?: string): void {
    this.#host.end(this.#number, undefined, reason)
  }

  /** It has ended: nothing is sent any more. */
  end(): void {
    this.#ended = true
    this.serial.clear()
    this.#ending?.abort()
  }

  async #follow(event: string, items: AsyncIterable<unknown>): Promise<void> {
    for await (const data of items) {
      if (this.#ended) return
      await this.send(event, data)
    }
  }

  #deliver(hash: string, entry: HubEntry): void {
    if (this.#ended) return
    this.#given++
    const rest = this.#textsOf().ofEntry(entry)
    if (this.#order === undefined && typeof rest === 'string') this.#entry(hash, entry, rest)
    else this.#queue(rest, (rest) => this.#entry(hash, entry, rest))
  }

  /** Does something when its time has come and what was before it is done. */
  #queue<Value>(ready: Value | Promise<Value>, work: (value: Value) => void): void {
    const order = Promise.all([ready, this.#order]).then(([value]) => {
      work(value)
      if (this.#order === order) this.#order = undefined
    })
    this.#order = order
  }

  #entry(hash: string, { id }: HubEntry, rest: string): void {
    if (rest === '') return
    this.#write(rest, (send) => {
      if (id !== undefined) this.#cursor.move(hash, id)
      send(frames.event(this.#number, rest, id === undefined ? undefined : `${this.#cursor}`))
    })
  }

  /** The hub has lost entries that this channel was to get. */
  #lost(hash: string, at: string): void {
    if (this.#order) this.#queue(undefined, () => this.#loses(hash, at))
    else this.#loses(hash, at)
  }

  #loses(hash: string, at: string): void {
    this.#cursor.move(hash, at)
    if (this.#held) this.#whole = false
    else if (!this.#ended) this.#send(frames.moved(this.#number, `${this.#cursor}`, false))
  }

  readonly #send = (frame: string): void => this.#host.send(frame)

  #write(rest: string, write: Write): void {
    if (this.#ended) return
    if (!this.#held) {
      write(this.#send)
      return
    }
    this.#held.push(write)
    this.#heldLength += rest.length + overhead
    // A `connect` that takes long, on a lively topic: the client reads anew what it has missed.
    if (this.#heldLength > mostHeld) this.#forget(this.#held)
  }

  #forget(held: Write[]): void {
    for (const write of held.splice(0)) write(() => {})
    this.#heldLength = 0
    this.#whole = false
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    const problem =
      error instanceof PikkuError
        ? error
        : new PikkuError('INTERNAL', { detail: 'Something went wrong on the server.' })
    if (problem !== error) this.#host.log.error({ error, channel: this.channel.contract.name }, 'a channel failed')
    this.#host.end(this.#number, problem)
  }

  /** What a channel does beside its messages is kept when it opens. */
  #checkKept(): void {
    if (this.#host.isBrief && !this.#held)
      throw new TypeError('A channel that is kept joins, follows and enters in `connect` alone.')
  }

  #textsOf(): EventTexts {
    if (!this.#texts) throw new TypeError(`${this.channel.contract.path} is not open yet.`)
    return this.#texts
  }
}

/** What a channel shows of who is present at a topic. */
export interface Shown {
  readonly event: string
  readonly topic: string
}

/** Names the topic of a list of who is present, which goes on elsewhere. */
export interface PresenceOf {
  readonly presenceOf: string
}

function topicOf(items: AsyncIterable<unknown> | PresenceOf): string {
  if ('presenceOf' in items) return items.presenceOf
  throw new TypeError('Nothing goes on here beside a channel: it follows `hub.presence(topic, channel)` alone.')
}

/** Writes an event, once its place in the order has come. */
type Write = (send: (frame: string) => void) => void

/** What is known of a channel that is to be opened. */
export interface OpenChannelInit {
  readonly host: ChannelHost
  /** The id that the client came back with. */
  readonly after: string | undefined
  /** How many messages may wait. */
  readonly waiting: number
  /** Whether its client has it open already. */
  readonly resumes: boolean
  /** What it is made of without `connect`. */
  readonly held?: HeldChannel
}

/** What `connect` has made of a channel. */
export interface HeldChannel {
  readonly params: unknown
  readonly topics: readonly string[]
  /** The session that opened it. */
  readonly session: unknown
}
