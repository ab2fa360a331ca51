import { PikkuError } from '../../core/index.ts'
import type { ExchangeSnapshot } from '../realtime/exchange.ts'
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
  /** Its parameters and the session that opened it, as a text of the hub. */
  readonly held: string
}

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
  async change(
    id: string,
    change: (kept: KeptConnection) => KeptConnection | undefined,
  ): Promise<KeptConnection | undefined> {
    for (;;) {
      const text = await this.store.get(id)
      if (text === undefined) return undefined
      const before = JSON.parse(text) as KeptConnection
      const after = change(before)
      if (after === before) return before
      if (await this.store.swap(id, text, after && JSON.stringify(after))) return before
    }
  }

  /**
   * Opens a channel, unless its client has ended it already; `false` where that is so, or the connection is gone.
   *
   * @throws PikkuError `TOO_MANY_REQUESTS` where it would be too much to keep.
   */
  async open(id: string, channel: KeptChannel): Promise<boolean> {
    let isEnded = true
    await this.change(id, (kept) => {
      isEnded = kept.ended.includes(channel.id)
      const after = { ...kept, channels: [...kept.channels, channel] }
      if (!isEnded && JSON.stringify(after).length > largest) throw tooMuch()
      return isEnded ? kept : after
    })
    if (isEnded) return false
    await Promise.all(channel.topics.map((topic) => this.store.join(topic, memberOf(id, channel.id))))
    return true
  }

  /** Ends a channel; `false` where somebody else has done so. */
  async end(id: string, number: number): Promise<boolean> {
    const isIt = (channel: KeptChannel) => channel.id === number
    const before = await this.change(id, (kept) =>
      kept.channels.some(isIt) ? { ...kept, channels: kept.channels.filter((channel) => !isIt(channel)) } : kept,
    )
    const channel = before?.channels.find(isIt)
    if (channel) await this.#leave(id, channel)
    return channel !== undefined
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
    const before = await this.change(id, () => undefined)
    await Promise.all((before?.channels ?? []).map((channel) => this.#leave(id, channel)))
    return before
  }

  /** The connections that have joined a topic, each with the numbers of its channels. */
  async joined(topic: string): Promise<ReadonlyMap<string, readonly number[]>> {
    const ids = new Map<string, number[]>()
    for (const member of await this.store.joined(topic)) {
      const space = member.indexOf(' ')
      const id = member.slice(space + 1)
      ids.set(id, [...(ids.get(id) ?? []), Number(member.slice(0, space))])
    }
    return ids
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
   * @param sent the ids that the channels are at, by their numbers.
   * @returns whether something was published meanwhile: then the turn goes on.
   */
  async give(id: string, sent: ReadonlyMap<number, string>): Promise<boolean> {
    const before = await this.change(id, ({ turn, ...kept }) => ({
      ...kept,
      channels: kept.channels.map((channel) => ({ ...channel, at: sent.get(channel.id) ?? channel.at })),
      ...(turn?.again ? { turn: { ...turn, again: false } } : {}),
    }))
    return before?.turn?.again === true
  }

  /** Takes channels away from a topic whose connection is gone. */
  async forget(topic: string, id: string, numbers: readonly number[]): Promise<void> {
    await Promise.all(numbers.map((number) => this.store.leave(topic, memberOf(id, number))))
  }

  async #leave(id: string, channel: KeptChannel): Promise<void> {
    await Promise.all(channel.topics.map((topic) => this.store.leave(topic, memberOf(id, channel.id))))
  }
}

/** A channel has a name of its own in a topic, so that who leaves takes no other one along. */
function memberOf(id: string, number: number): string {
  return `${number} ${id}`
}

function tooMuch(): PikkuError {
  return new PikkuError('TOO_MANY_REQUESTS', { detail: 'The open channels of this connection are too much to keep.' })
}
