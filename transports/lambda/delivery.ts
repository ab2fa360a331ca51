import type { BoundChannel, Hub, HubEntry, HubStart, Runtime } from '../../core/index.ts'
import { isRefusal } from '../realtime/connection.ts'
import { Cursor, hashOf } from '../realtime/cursor.ts'
import type { EventTexts } from '../realtime/event-text.ts'
import { frames } from '../realtime/frames.ts'
import { Pass, type Trusts } from '../realtime/pass.ts'
import type { Gateway } from './gateway.ts'
import type { KeptChannel, KeptConnection, KeptConnections } from './kept-connections.ts'

/** How many connections are sent something at once. */
const width = 64

/** What delivery needs of the sockets of its app. */
export interface DeliverySetup {
  readonly runtime: Runtime
  readonly trusts: Trusts
  /** Milliseconds after which a session is looked up again. */
  readonly recheck: number
  /** What has what was published. */
  readonly hub: Hub
  readonly gateway: Gateway
  readonly connections: KeptConnections
  texts(channel: BoundChannel): Promise<EventTexts>
  /** Closes a connection whose client is to come back. */
  drop(id: string, code?: number): Promise<void>
}

/**
 * Sends connections what is published to the topics that their channels have joined. One process at a time does so for a
 * connection, from the history of the hub, so that everything comes once and in order. Where one fails in the middle
 * nobody knows what has arrived, but for the client: it comes back with its last id.
 */
export class Delivery {
  readonly #setup: DeliverySetup

  constructor(setup: DeliverySetup) {
    this.#setup = setup
  }

  /** Sends what is in the history of a topic by now. */
  async published(topic: string): Promise<void> {
    const past = new Past(this.#setup.hub)
    await this.#each(topic, (id) => this.deliver(id, past))
  }

  /** Sends a value that is in no history. */
  async passing(topic: string, value: unknown): Promise<void> {
    const entry: HubEntry = { value }
    await this.#each(topic, async (id, numbers) => {
      const kept = await this.#setup.connections.read(id)
      if (!kept || (await this.#isOver(id, kept))) return kept !== undefined
      for (const channel of kept.channels) {
        const texts = numbers.includes(channel.id) && (await this.#textsOf(channel))
        if (texts) await this.#post(id, [frames.event(channel.id, await texts.ofEntry(entry))])
      }
      return true
    })
  }

  /**
   * Sends a connection what it has not been sent, unless another process does.
   *
   * @returns `false` where there is no such connection.
   */
  async deliver(id: string, past?: Past): Promise<boolean> {
    const until = await this.#setup.connections.take(id)
    if (until === 'over') await this.#setup.drop(id)
    else if (typeof until === 'number') await this.goOn(id, until, new Map(), past)
    return until !== undefined
  }

  /**
   * Sends what there is until there is nothing more, and gives the turn back.
   *
   * @param sent the ids that its channels are at by now, by their numbers.
   */
  async goOn(id: string, until: number, sent: Map<number, string>, past?: Past): Promise<void> {
    const { connections } = this.#setup
    let known = past
    try {
      do {
        const kept = await connections.read(id)
        if (!kept || (await this.#isOver(id, kept))) return
        const missed: Missed[] = []
        for (const channel of kept.channels) missed.push(await this.#missed(channel, sent.get(channel.id), known))
        const texts = missed.flatMap(({ texts }) => texts)
        await this.#post(id, texts, until)
        for (const { number, at } of missed) sent.set(number, at)
        known = undefined
      } while (await connections.give(id, sent))
    } catch (error) {
      this.#complain(id, error)
      // Otherwise nobody would send it anything until the turn is over.
      await connections.give(id, sent)
    }
  }

  /** @param send gives `false` where there is no such connection any more. */
  async #each(topic: string, send: (id: string, numbers: readonly number[]) => Promise<boolean>): Promise<void> {
    const { connections } = this.#setup
    const joined = (await connections.joined(topic)).entries()
    const work = async () => {
      for (const [id, numbers] of joined) {
        try {
          if (!(await send(id, numbers))) await connections.forget(topic, id, numbers)
        } catch (error) {
          this.#complain(id, error)
        }
      }
    }
    await Promise.all(Array.from({ length: width }, work))
  }

  #complain(connection: string, error: unknown): void {
    this.#setup.runtime.log.error({ error, connection }, 'what was published could not be sent')
  }

  /** @param at where it is, where that is not put down yet. */
  async #missed(channel: KeptChannel, at = channel.at, past = new Past(this.#setup.hub)): Promise<Missed> {
    const { id: number, topics } = channel
    const cursor = new Cursor(at)
    const missed: string[] = []
    const texts = await this.#textsOf(channel)
    for (const topic of texts ? topics : []) {
      const hash = hashOf(topic)
      const { start, entries } = await past.read(topic, cursor.of(hash))
      if (!start.whole) {
        cursor.move(hash, start.at)
        missed.push(frames.moved(number, `${cursor}`, false))
      }
      for (const entry of entries) {
        cursor.move(hash, entry.id)
        const rest = texts && (await this.#written(texts, entry, channel))
        if (rest !== undefined) missed.push(frames.event(number, rest, `${cursor}`))
      }
    }
    return { number, texts: missed, at: `${cursor}` }
  }

  async #written(texts: EventTexts, entry: HubEntry, { path }: KeptChannel): Promise<string | undefined> {
    try {
      return await texts.ofEntry(entry)
    } catch (error) {
      // What was published wrongly is the fault of who published it.
      this.#setup.runtime.log.error({ error, channel: path }, 'an event was not sent')
      return undefined
    }
  }

  async #textsOf({ path }: KeptChannel): Promise<EventTexts | undefined> {
    const bound = this.#setup.runtime.channels.get(path)
    return bound && this.#setup.texts(bound)
  }

  async #post(id: string, texts: readonly string[], until = Number.POSITIVE_INFINITY): Promise<void> {
    try {
      for (const text of texts) {
        if (Date.now() > until) throw new Error('It took too long.')
        await this.#setup.gateway.post(id, text)
      }
    } catch {
      await this.#setup.drop(id)
    }
  }

  /** Whether its session is over; then its client is told. */
  async #isOver(id: string, { pass, checked }: KeptConnection): Promise<boolean> {
    const { runtime, trusts, recheck, connections, drop } = this.#setup
    if (!pass.hasSession || recheck === 0 || Date.now() - checked < recheck) return false
    const restored = Pass.restored(runtime, pass, trusts)
    try {
      await restored.check(id)
    } catch (error) {
      // While nobody can say, the session stands as it was.
      if (!isRefusal(error)) return false
    }
    const isOver = restored.session === undefined
    if (isOver) await drop(id, 4401)
    else await connections.change(id, (kept) => ({ ...kept, checked: Date.now() }))
    return isOver
  }
}

/** The frames of what a channel has not been sent, and the id that it is at with them. */
interface Missed {
  readonly number: number
  readonly texts: readonly string[]
  readonly at: string
}

/** What has an id. */
type KeptEntry = HubEntry & { readonly id: string }

/** What followed the ids of topics, each read once for all connections that are there. */
class Past {
  readonly #hub: Hub
  readonly #known = new Map<string, ReturnType<Past['read']>>()

  constructor(hub: Hub) {
    this.#hub = hub
  }

  read(topic: string, after = ''): Promise<{ readonly start: HubStart; readonly entries: readonly KeptEntry[] }> {
    const key = `${after} ${topic}`
    const reading = this.#known.get(key) ?? this.#read(topic, after)
    this.#known.set(key, reading)
    return reading
  }

  async #read(topic: string, after: string) {
    const entries: KeptEntry[] = []
    const enough = new AbortController()
    // What comes without an id is sent by who publishes it.
    const hear = (entry: HubEntry) => entry.id !== undefined && entries.push(entry as KeptEntry)
    const start = await this.#hub.listen(topic, hear, { signal: enough.signal, after })
    enough.abort()
    return { start, entries }
  }
}
