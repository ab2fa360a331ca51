import type { Hub } from '../../core/index.ts'
import { Batches } from './batches.ts'
import { createHub, type HubOptions, type HubSettings, toSettings } from './create-hub.ts'
import type { HubEngine, Nodes, Past, Sink } from './engine.ts'
import { fromId, type Position } from './position.ts'
import { listenTo, type PostgresClient } from './postgres-client.ts'
import { toStatements } from './postgres-sql.ts'
import { fromToken, toToken } from './token.ts'

/** How values travel through PostgreSQL. */
export interface PostgresHubOptions extends HubOptions {
  /** What the tables and the channel begin with: small letters, digits and `_`. Default `pikku_hub`. */
  readonly prefix?: string
}

/** A notification takes 8,000 bytes, with the topic, the id and what stands between them. */
const [partBytes, partUnits] = [7000, 2300]

interface ReadRow {
  readonly epoch: string
  readonly last: string
  readonly first: string | null
  readonly number: string | null
  readonly body: string
}

/**
 * Carries values between all processes that use the same database, by LISTEN and NOTIFY, with a history in tables that
 * it makes itself.
 *
 * @param client a `Pool` of `pg`, of which it keeps one connection, or PGlite.
 */
export function postgresHub(client: PostgresClient, options: PostgresHubOptions = {}): Hub {
  const { prefix = 'pikku_hub' } = options
  if (!/^[a-z_][a-z0-9_]{0,49}$/.test(prefix)) {
    throw new TypeError(`The prefix ${JSON.stringify(prefix)} is not made of 1 to 50 small letters, digits and "_".`)
  }
  const settings = toSettings(options)
  return createHub((sink) => new PostgresEngine(client, sink, settings, prefix), settings)
}

class PostgresEngine implements HubEngine {
  readonly #client: PostgresClient
  readonly #settings: HubSettings
  readonly #sink: Sink
  readonly #channel: string
  readonly #sql: ReturnType<typeof toStatements>
  readonly #batches: Batches
  readonly #closed = new AbortController()
  readonly #listening: () => Promise<void>
  #migrated: Promise<unknown> | undefined
  /** The parts that have come of a text of several. */
  #parts = ''

  constructor(client: PostgresClient, sink: Sink, settings: HubSettings, prefix: string) {
    this.#client = client
    this.#settings = settings
    this.#sink = sink
    this.#channel = prefix
    this.#sql = toStatements(prefix)
    this.#batches = new Batches((...batch) => this.#send(...batch), settings.timeout * 1000)
    const ear = {
      begin: () => {
        this.#parts = ''
      },
      notification: (payload: string) => this.#hear(payload),
      resume: () => sink.resume(),
      error: (error: unknown) => settings.log.warn({ error }, 'The hub cannot listen to PostgreSQL; it tries again.'),
    }
    this.#listening = listenTo(client, this.#channel, ear, this.#closed.signal)
  }

  publish(topic: string, text: string, kept: boolean): Promise<void> {
    return this.#batches.add(topic, text, kept)
  }

  attach(): Promise<void> {
    // Every topic comes by the one channel.
    return this.#listening()
  }

  detach(): void {}

  async read(topic: string, after?: Position): Promise<Past> {
    const token = toToken(topic)
    const read = () => this.#query(this.#sql.read, token, after?.epoch ?? '', after?.number ?? 0) as Promise<ReadRow[]>
    let rows = await read()
    if (rows.length === 0) {
      await this.#query(this.#sql.begin, token, toEpoch())
      rows = await read()
    }
    return toPast(rows, after)
  }

  async touch(topics: Iterable<string>): Promise<void> {
    await this.#query(this.#sql.touch, Array.from(topics, toToken))
    await this.#query(this.#sql.forget, this.#settings.seconds)
  }

  async put(node: string, topic: string, list: string | undefined): Promise<void> {
    if (list === undefined) await this.#query(this.#sql.take, node, toToken(topic))
    else await this.#query(this.#sql.put, node, toToken(topic), list)
  }

  async lists(topic: string): Promise<readonly string[]> {
    const rows = (await this.#query(this.#sql.lists, toToken(topic))) as { members: string }[]
    return rows.map(({ members }) => members)
  }

  async renew(node: string, seconds: number): Promise<Nodes> {
    const rows = (await this.#query(this.#sql.renew, node, seconds)) as { node: string }[]
    const before = rows.map((row) => row.node)
    // The statement sees the table as it was before it.
    return { kept: before.includes(node), alive: [...new Set([...before, node])] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort()
  }

  async #query(sql: string, ...values: unknown[]): Promise<unknown[]> {
    this.#migrated ??= this.#client.query(this.#sql.migrate).catch((error: unknown) => {
      this.#migrated = undefined
      throw error
    })
    await this.#migrated
    const { rows } = await this.#client.query(sql, values)
    return rows
  }

  async #send(topic: string, texts: readonly string[], kept: boolean): Promise<void> {
    const token = toToken(topic)
    const parts = texts.flatMap((text, at) => toParts(text).map((part) => ({ place: at + 1, part })))
    if (!kept) {
      const payloads = parts.map(({ place, part }) => `${token} ${place} ${part}`)
      await this.#query(this.#sql.notify, this.#channel, payloads)
      return
    }
    const places = parts.map(({ place }) => place)
    const bodies = parts.map(({ part }) => part)
    const { entries } = this.#settings
    await this.#query(this.#sql.publish, token, toEpoch(), texts, entries, this.#channel, places, bodies)
  }

  /** `topic id . text`, or several with `topic id number text` before it; the id is a bare number for what is not kept. */
  #hear(payload: string): void {
    const [, topic = '', id = '', part, text = ''] = /^(\S+) (\S+) (\S+) (.*)$/s.exec(payload) ?? []
    this.#parts += text
    if (part !== '.') return
    const whole = this.#parts
    this.#parts = ''
    const position = fromId(id)
    const arrival = position ? { position, previous: position.number - 1, text: whole } : { text: whole }
    this.#sink.receive(fromToken(topic), arrival)
  }
}

function toPast(rows: readonly ReadRow[], after: Position | undefined): Past {
  const [row] = rows
  if (!row) throw new Error('The topic was forgotten while it was read.')
  const last = Number(row.last)
  const at = { epoch: row.epoch, number: last }
  if (!after) return { whole: true, at, entries: [] }
  const first = row.first === null ? last + 1 : Number(row.first)
  const whole = after.epoch === row.epoch && after.number <= last && after.number + 1 >= first
  const entries = rows.flatMap(({ epoch, number, body }) =>
    number === null ? [] : [{ position: { epoch, number: Number(number) }, text: body }],
  )
  return { whole, at, entries: whole ? entries : [] }
}

/** A name for the life of a topic that nothing else has. */
function toEpoch(): string {
  return crypto.randomUUID().replaceAll('-', '')
}

/** A text in parts that fit into notifications. They are numbered: of two that are the same only one would come. */
function toParts(text: string): string[] {
  if (Buffer.byteLength(text) <= partBytes) return [`. ${text}`]
  const parts: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = from + partUnits
    const splitsPair = /[\ud800-\udbff]/.test(text[end - 1] ?? '')
    const to = splitsPair ? end - 1 : end
    parts.push(`${to < text.length ? parts.length : '.'} ${text.slice(from, to)}`)
    from = to
  }
  return parts
}
