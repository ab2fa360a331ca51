import type { BoundChannel, Hub, HubEntry, HubStart } from '../../core/index.ts'
import { isRefusal } from '../realtime/connection.ts'
import { Cursor, hashOf } from '../realtime/cursor.ts'
import type { EventTexts } from '../realtime/event-text.ts'
import { frames } from '../realtime/frames.ts'
import type { SocketLimits } from '../realtime/limits.ts'
import type { OpenChannel } from '../realtime/open-channel.ts'
import { Pass, type PassHost } from '../realtime/pass.ts'
import type { Gateway } from './gateway.ts'
import type { KeptChannel, KeptConnection, KeptConnections, KeptShown, Sent } from './kept-connections.ts'

/** How many connections are sent something at once. */
const width = 64

/** What delivery needs of the sockets of its app. */
export interface DeliverySetup extends PassHost {
  readonly limits: SocketLimits
  /** What has what was published. */
  readonly hub: Hub
  readonly gateway: Gateway
  readonly connections: KeptConnections
  texts(channel: BoundChannel): Promise<EventTexts>
  /** Closes a connection whose client is to come back. */
  drop(id: string): Promise<void>
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
    const past = new Past(this.#setup)
    await this.#each('joined', topic, (id) => this.deliver(id, past))
  }

  /** Sends who is present by now, to those who are shown that. */
  async changed(members: OpenChannel['members']): Promise<void> {
    for (const topic of new Set(members.map(([topic]) => topic))) {
      const past = new Past(this.#setup)
      await this.#each('showing', topic, (id) => this.deliver(id, past))
    }
  }

  /** Sends a value that is in no history. */
  async passing(topic: string, value: unknown): Promise<void> {
    const entry: HubEntry = { value }
    await this.#each('joined', topic, async (id, numbers) => {
      const kept = await this.#setup.connections.read(id)
      if (!kept || (await this.#isOver(id, kept))) return kept !== undefined
      for (const channel of kept.channels) {
        const texts = numbers.includes(channel.id) && (await this.#textsOf(channel))
        const rest = texts ? await texts.ofEntry(entry) : ''
        if (rest !== '') await this.#post(id, [frames.event(channel.id, rest)])
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
   * @param sent how far its channels are by now, by their numbers.
   */
  async goOn(id: string, until: number, sent: Map<number, Sent>, past?: Past): Promise<void> {
    const { connections } = this.#setup
    let known = past
    try {
      do {
        const kept = await connections.read(id)
        if (!kept || (await this.#isOver(id, kept))) return
        const missed: Missed[] = []
        for (const channel of kept.channels)
          missed.push(await this.#missed({ ...channel, ...sent.get(channel.id) }, known ?? new Past(this.#setup)))
        const texts = missed.flatMap(({ texts }) => texts)
        await this.#post(id, texts, until)
        for (const { number, now } of missed) sent.set(number, now)
        known = undefined
      } while (await connections.give(id, sent))
    } catch (error) {
      this.#complain(id, error)
      // Otherwise nobody would send it anything until the turn is over.
      await connections.give(id, sent)
    }
  }

  /** @param send gives `false` where there is no such connection any more. */
  async #each(
    what: 'joined' | 'showing',
    topic: string,
    send: (id: string, numbers: readonly number[]) => Promise<boolean>,
  ): Promise<void> {
    const { connections } = this.#setup
    const those = (await connections.those(what, topic)).entries()
    const work = async () => {
      for (const [id, numbers] of those) {
        try {
          if (!(await send(id, numbers))) await connections.forget(what, topic, id, numbers)
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

  async #missed(channel: KeptChannel, past: Past): Promise<Missed> {
    const { id: number, at, topics } = channel
    const texts = await this.#textsOf(channel)
    if (!texts) return { number, texts: [], now: {} }
    const cursor = new Cursor(at)
    const missed: string[] = []
    for (const topic of topics) {
      const hash = hashOf(topic)
      const { start, entries } = await past.read(topic, cursor.of(hash))
      if (!start.whole) {
        cursor.move(hash, start.at)
        missed.push(frames.moved(number, `${cursor}`, false))
      }
      for (const entry of entries) {
        cursor.move(hash, entry.id)
        const rest = await texts.ofEntry(entry)
        if (rest !== '') missed.push(frames.event(number, rest, `${cursor}`))
      }
    }
    const shown: KeptShown[] = []
    for (const { event, topic, list } of channel.shown) {
      const present = await past.present(event, topic)
      const rest = present.list === list ? '' : await texts.ofEntry(present.entry)
      if (rest !== '') missed.push(frames.event(number, rest))
      shown.push({ event, topic, list: present.list })
    }
    return { number, texts: missed, now: { at: `${cursor}`, shown } }
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
    const { limits, connections, drop } = this.#setup
    const { recheck } = limits
    if (!pass.hasSession || recheck === 0 || Date.now() - checked < recheck) return false
    const restored = Pass.restored(this.#setup, pass)
    try {
      await restored.check(id)
    } catch (error) {
      // While nobody can say, the session stands as it was.
      if (!isRefusal(error)) return false
    }
    const isOver = restored.session === undefined
    if (isOver) await drop(id)
    else await connections.change(id, (kept) => ({ ...kept, checked: Date.now() }))
    return isOver
  }
}

/** The frames of what a channel has not been sent, and how far it is with them. */
interface Missed {
  readonly number: number
  readonly texts: readonly string[]
  readonly now: Sent
}

/** What has an id. */
type KeptEntry = HubEntry & { readonly id: string }

/** What there is to send, each read once for all connections that it is for. */
class Past {
  readonly #setup: Pick<DeliverySetup, 'hub' | 'connections'>
  readonly #entries = new Map<string, ReturnType<Past['read']>>()
  readonly #lists = new Map<string, ReturnType<Past['present']>>()

  constructor(setup: Pick<DeliverySetup, 'hub' | 'connections'>) {
    this.#setup = setup
  }

  /** What followed an id. */
  read(topic: string, after = ''): Promise<{ readonly start: HubStart; readonly entries: readonly KeptEntry[] }> {
    return getOr(this.#entries, `${after} ${topic}`, () => this.#read(topic, after))
  }

  /** Who is present, as an event, and a hash of that. */
  present(event: string, topic: string): Promise<{ readonly entry: HubEntry; readonly list: string }> {
    return getOr(this.#lists, `${event} ${topic}`, () => this.#present(event, topic))
  }

  async #read(topic: string, after: string) {
    const entries: KeptEntry[] = []
    const enough = new AbortController()
    // What comes without an id is sent by who publishes it.
    const hear = (entry: HubEntry) => entry.id !== undefined && entries.push(entry as KeptEntry)
    const start = await this.#setup.hub.listen(topic, hear, { signal: enough.signal, after })
    enough.abort()
    return { start, entries }
  }

  async #present(event: string, topic: string) {
    const data = await allPresent(this.#setup, topic)
    return { entry: { value: { event, data } }, list: hashOf(JSON.stringify(data)) }
  }
}

/** Who is present at a topic, by a channel of the gateway or by something else. */
export async function allPresent({ hub, connections }: Pick<DeliverySetup, 'hub' | 'connections'>, topic: string) {
  const lists = await Promise.all([hub.present(topic), connections.present(topic)])
  return [...new Set(lists.flat())].sort()
}

function getOr<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}
