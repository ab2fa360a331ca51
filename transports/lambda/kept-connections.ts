import { PikkuError } from '../../core/index.ts'
import type { ExchangeSnapshot } from '../realtime/exchange.ts'
import type { OpenChannel, Shown } from '../realtime/open-channel.ts'
import type { PassSnapshot } from '../realtime/pass.ts'
import type { ConnectionStore } from './connection-store.ts'

/** How long the events of a connection may take to be sent by one process, in milliseconds. */
const patience = 15_000
/** How long the text of a connection may be: it is read and written with each message. */
const largest = 65_536
/** How many ids of what was ended before it was known are remembered. */
const mostEnded = 32

/** What is kept of a connection. */
export interface KeptConnection {
  readonly pass: PassSnapshot
  /** When its session was last looked up, in milliseconds since 1970. */
  readonly checked: number
  /** Whether it was told that it is ready. */
  readonly isGreeted: boolean
  readonly channels: readonly KeptChannel[]
  /** What its client has ended that is not open. */
  readonly ended: readonly number[]
  /** There while a process sends it events. */
  readonly turn?: Turn
}

/** A channel that is open. */
export interface KeptChannel extends Pick<ExchangeSnapshot['channels'][number], 'id' | 'path' | 'input' | 'at'> {
  readonly topics: readonly string[]
  /** Who is present by it: topics and names. */
  readonly members: OpenChannel['members']
  readonly shown: readonly KeptShown[]
  /** Its parameters and the session that opened it, as a text of the hub. */
  readonly held: string
}

/** What a channel shows of who is present at a topic. */
export interface KeptShown extends Shown {
  /** A hash of what it was last sent. */
  readonly list?: string
}

/** How far a channel has been sent what there is. */
export type Sent = Partial<Pick<KeptChannel, 'at' | 'shown'>>

/** The time in which one process, and no other, sends events, so that they stay in order. */
export interface Turn {
  /** In milliseconds since 1970. */
  readonly until: number
  /** Whether something was published meanwhile. */
  readonly again: boolean
}

/** The connections of a store, as what they are. */
export class KeptConnections {
  readonly store: ConnectionStore

  constructor(store: ConnectionStore) {
    this.store = store
  }

  async add(id: string, pass: PassSnapshot): Promise<void> {
    const kept: KeptConnection = { pass, checked: Date.now(), isGreeted: false, channels: [], ended: [] }
    if (!(await this.store.swap(id, undefined, JSON.stringify(kept)))) throw new Error(`There is a connection ${id}.`)
  }

  async read(id: string): Promise<KeptConnection | undefined> {
    const text = await this.store.get(id)
    return text === undefined ? undefined : (JSON.parse(text) as KeptConnection)
  }

  /**
   * Changes a connection in one step.
   *
   * @param change is called again where somebody else was faster. What it is given means that there is nothing to change.
   * @returns what there was before; `undefined` where there is no such connection.
   */
  async change(id: string, change: (kept: KeptConnection) => KeptConnection): Promise<KeptConnection | undefined> {
    for (;;) {
      const text = await this.store.get(id)
      if (text === undefined) return undefined
      const before = JSON.parse(text) as KeptConnection
      const after = change(before)
      if (after === before) return before
      if (await this.store.swap(id, text, JSON.stringify(after))) return before
    }
  }

  /**
   * Opens a channel, unless its client has ended it already; `false` where that is so, or the connection is gone.
   *
   * @throws PikkuError `TOO_MANY_REQUESTS` where it would be too much to keep.
   */
  async open(id: string, channel: KeptChannel): Promise<boolean> {
    // Whoever removes the connection takes these away, and whoever does so before is seen by the change.
    await this.#list('join', id, channel)
    let isOpen = false
    try {
      const before = await this.change(id, (kept) => {
        if (kept.ended.includes(channel.id)) return kept
        const after = { ...kept, channels: [...kept.channels, channel] }
        if (JSON.stringify(after).length > largest) throw tooMuch()
        return after
      })
      isOpen = before?.ended.includes(channel.id) === false
    } finally {
      if (!isOpen) await this.#list('leave', id, channel)
    }
    return isOpen
  }

  /** Ends a channel; `undefined` where somebody else has done so. */
  async end(id: string, number: number): Promise<KeptChannel | undefined> {
    const isIt = (channel: KeptChannel) => channel.id === number
    const channel = (await this.read(id))?.channels.find(isIt)
    if (!channel) return undefined
    // Before it is forgotten, so that it is not present for ever by a process that dies in between.
    await this.#list('leave', id, channel)
    const before = await this.change(id, (kept) =>
      kept.channels.some(isIt) ? { ...kept, channels: kept.channels.filter((channel) => !isIt(channel)) } : kept,
    )
    return before?.channels.find(isIt)
  }

  /** Takes other headers in place of those before, whose session has just been found. */
  async renew(id: string, pass: PassSnapshot): Promise<void> {
    await this.change(id, (kept) => ({ ...kept, pass, checked: Date.now() }))
  }

  /** The client has ended what is not open: it may be about to be. */
  async pass(id: string, number: number): Promise<void> {
    await this.change(id, (kept) => ({ ...kept, ended: [...kept.ended, number].slice(-mostEnded) }))
  }

  /** Forgets a connection; gives what there was, to one who asks. */
  async remove(id: string): Promise<KeptConnection | undefined> {
    for (;;) {
      const text = await this.store.get(id)
      if (text === undefined) return undefined
      const kept = JSON.parse(text) as KeptConnection
      await Promise.all(kept.channels.map((channel) => this.#list('leave', id, channel)))
      if (await this.store.swap(id, text, undefined)) return kept
    }
  }

  /** The connections that hear of a topic, or of who is present there, each with the numbers of its channels. */
  async those(what: 'joined' | 'showing', topic: string): Promise<ReadonlyMap<string, readonly number[]>> {
    const ids = new Map<string, number[]>()
    for (const name of await this.store.joined(`${what} ${topic}`)) {
      const [number, id] = JSON.parse(name) as Name
      ids.set(id, [...(ids.get(id) ?? []), number])
    }
    return ids
  }

  /** Takes channels away from a topic whose connection is gone. */
  async forget(what: 'joined' | 'showing', topic: string, id: string, numbers: readonly number[]): Promise<void> {
    const leave = (number: number) => this.store.leave(`${what} ${topic}`, JSON.stringify([number, id] satisfies Name))
    await Promise.all(numbers.map(leave))
  }

  /** Who is present at a topic by a channel. */
  async present(topic: string): Promise<string[]> {
    const names = await this.store.joined(`present ${topic}`)
    return names.map((name) => (JSON.parse(name) as Name)[2] ?? '')
  }

  /**
   * Asks for the turn to send events. Where another process has it, that one is told to look again.
   *
   * @returns until when it is had, in milliseconds since 1970; `over` where the one who had it has not come back.
   */
  async take(id: string): Promise<number | 'taken' | 'over' | undefined> {
    const until = Date.now() + patience
    const before = await this.change(id, (kept) => {
      const { turn } = kept
      if (!turn) return { ...kept, turn: { until, again: false } }
      return turn.again || turn.until < Date.now() ? kept : { ...kept, turn: { ...turn, again: true } }
    })
    if (!before) return undefined
    if (!before.turn) return until
    return before.turn.until < Date.now() ? 'over' : 'taken'
  }

  /**
   * Puts down what was sent, and gives the turn back.
   *
   * @param sent how far the channels are, by their numbers.
   * @returns whether something was published meanwhile: then the turn goes on.
   */
  async give(id: string, sent: ReadonlyMap<number, Sent>): Promise<boolean> {
    const before = await this.change(id, ({ turn, ...kept }) => ({
      ...kept,
      channels: kept.channels.map((channel) => ({ ...channel, ...sent.get(channel.id) })),
      ...(turn?.again ? { turn: { ...turn, again: false } } : {}),
    }))
    return before?.turn?.again === true
  }

  /** Adds a channel to all that speaks of it, or takes it away. */
  async #list(how: 'join' | 'leave', id: string, { id: number, topics, shown, members }: KeptChannel): Promise<void> {
    const own = JSON.stringify([number, id] satisfies Name)
    const lists: (readonly [topic: string, name: string])[] = [
      ...topics.map((topic) => [`joined ${topic}`, own] as const),
      ...shown.map(({ topic }) => [`showing ${topic}`, own] as const),
      ...members.map(
        ([topic, member]) => [`present ${topic}`, JSON.stringify([number, id, member] satisfies Name)] as const,
      ),
    ]
    await Promise.all(lists.map(([topic, name]) => this.store[how](topic, name)))
  }
}

/** A channel, and who is present by it: ids are used once, so who leaves takes no other one along. */
type Name = [number: number, id: string, member?: string]

function tooMuch(): PikkuError {
  return new PikkuError('TOO_MANY_REQUESTS', { detail: 'The open channels of this connection are too much to keep.' })
}
