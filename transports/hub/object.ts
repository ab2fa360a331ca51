import type { Hub } from '../../core/index.ts'
import { createHub, type HubOptions, type HubSettings, toSettings } from './create-hub.ts'
import type { HubEngine, Nodes, Past, Sink } from './engine.ts'
import type { Position } from './position.ts'

/** What of the storage of a Durable Object is needed, by its shape. */
export interface ObjectStorage {
  readonly sql: { exec(query: string, ...values: (string | number)[]): { toArray(): unknown[] } }
}

/**
 * Carries values within a Durable Object. What is kept stands in its storage: who comes back misses nothing, whether the
 * object has slept or begun anew meanwhile.
 */
export function objectHub(storage: ObjectStorage, options: HubOptions = {}): Hub {
  const settings = toSettings(options)
  return createHub((sink) => new ObjectEngine(storage, sink, settings), settings)
}

interface TopicRow {
  readonly epoch: string
  /** The number of the last entry. */
  readonly last: number
}

class ObjectEngine implements HubEngine {
  // Timers would keep it from sleeping.
  readonly alone = true
  readonly #sql: ObjectStorage['sql']
  readonly #sink: Sink
  readonly #settings: HubSettings
  readonly #attached = new Set<string>()
  /** Who is present begins anew with the object, for the channels do too. */
  readonly #lists = new Map<string, string>()
  #forgotAt = 0

  constructor({ sql }: ObjectStorage, sink: Sink, settings: HubSettings) {
    this.#sql = sql
    this.#sink = sink
    this.#settings = settings
    for (const table of tables) sql.exec(table)
  }

  async publish(topic: string, text: string, kept: boolean): Promise<void> {
    if (!kept) return this.#sink.receive(topic, { text })
    const { epoch, last } = this.#use(topic, 1)
    this.#sql.exec('insert into pikku_entries values (?, ?, ?)', topic, last, text)
    this.#sql.exec('delete from pikku_entries where topic = ? and number <= ?', topic, last - this.#settings.entries)
    this.#sink.receive(topic, { position: { epoch, number: last }, previous: last - 1, text })
  }

  async attach(topic: string): Promise<void> {
    this.#attached.add(topic)
  }

  detach(topic: string): void {
    this.#attached.delete(topic)
    this.#use(topic, 0)
  }

  async read(topic: string, after?: Position): Promise<Past> {
    const { epoch, last } = this.#use(topic, 0)
    const at = { epoch, number: last }
    if (!after) return { whole: true, at, entries: [] }
    const rows = this.#sql
      .exec(
        'select number, text from pikku_entries where topic = ? and number > ? order by number',
        topic,
        after.number,
      )
      .toArray() as { readonly number: number; readonly text: string }[]
    const whole = after.epoch === epoch && after.number <= last && rows.length === last - after.number
    const entries = whole ? rows.map(({ number, text }) => ({ position: { epoch, number }, text })) : []
    return { whole, at, entries }
  }

  async touch(): Promise<void> {}

  async put(_node: string, topic: string, list: string | undefined): Promise<void> {
    if (list === undefined) this.#lists.delete(topic)
    else this.#lists.set(topic, list)
  }

  async lists(topic: string): Promise<readonly string[]> {
    const list = this.#lists.get(topic)
    return list === undefined ? [] : [list]
  }

  async renew(node: string): Promise<Nodes> {
    return { alive: [node], kept: true }
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  /** The topic, after so many more entries. */
  #use(topic: string, more: 0 | 1): TopicRow {
    const now = Date.now()
    this.#forget(now)
    const epoch = crypto.randomUUID().replaceAll('-', '')
    return this.#sql.exec(use, topic, epoch, more, now).toArray()[0] as TopicRow
  }

  /** Forgets what nobody uses any more; looks for it from time to time. */
  #forget(now: number): void {
    const { seconds } = this.#settings
    if (now - this.#forgotAt < (seconds * 1000) / 3) return
    this.#forgotAt = now
    for (const topic of this.#attached) this.#sql.exec('update pikku_topics set used = ? where name = ?', now, topic)
    this.#sql.exec('delete from pikku_topics where used <= ?', now - seconds * 1000)
    this.#sql.exec('delete from pikku_entries where topic not in (select name from pikku_topics)')
  }
}

const tables = [
  `create table if not exists pikku_topics
    (name text primary key, epoch text not null, last integer not null, used integer not null) without rowid`,
  `create table if not exists pikku_entries
    (topic text not null, number integer not null, text text not null, primary key (topic, number)) without rowid`,
]

const use = `insert into pikku_topics values (?1, ?2, ?3, ?4)
  on conflict (name) do update set last = last + excluded.last, used = excluded.used
  returning epoch, last`
