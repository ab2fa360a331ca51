import type { Hub } from '../../core/index.ts'
import { Batches } from './batches.ts'
import { createHub, type HubOptions, type HubSettings, toSettings } from './create-hub.ts'
import type { HubEngine, Nodes, Past, Sink } from './engine.ts'
import { JetStream, type NatsClient, type NatsMessage, type StreamConfig, type StreamInfo } from './nats-client.ts'
import type { Position } from './position.ts'
import { toToken } from './token.ts'

/** How values travel through NATS. */
export interface NatsHubOptions extends HubOptions {
  /** What the names of streams and subjects begin with: letters, digits, `-` and `_`. Default `pikku_hub`. */
  readonly prefix?: string
  /** On how many servers of a cluster the history is. Default 1. */
  readonly replicas?: number
}

/** Lists of nodes are put down again long before they are forgotten, in seconds. */
const [listsAgain, listsForgotten] = [1200, 3600]

/**
 * Carries values between all processes that use the same NATS (2.9 or later, with JetStream).
 *
 * @param client a connection that is made with `maxReconnectAttempts: -1`; otherwise it ends after 20 s without a server.
 */
export function natsHub(client: NatsClient, options: NatsHubOptions = {}): Hub {
  const { prefix = 'pikku_hub', replicas = 1 } = options
  if (!/^[\w-]{1,64}$/.test(prefix)) {
    throw new TypeError(`The prefix ${JSON.stringify(prefix)} is not made of 1 to 64 letters, digits, "-" and "_".`)
  }
  const settings = toSettings(options)
  return createHub((sink) => new NatsEngine(client, sink, settings, prefix, replicas), settings)
}

class NatsEngine implements HubEngine {
  readonly #client: NatsClient
  readonly #settings: HubSettings
  readonly #sink: Sink
  readonly #prefix: string
  readonly #entries: JetStream
  /** A message for each node that is alive. */
  readonly #nodes: JetStream
  /** A message for each topic and node: who is present. */
  readonly #lists: JetStream
  readonly #batches: Batches
  readonly #heard = new Map<string, { unsubscribe(): void }[]>()
  readonly #closed = new AbortController()
  /** When the lists were last put down. */
  #listsAt = Date.now()
  /** When all that had been published is known to have come. */
  #aliveAt = Date.now()
  /** The same, at the time the connection was last lost. */
  #lostAt = Date.now()
  #epoch = ''

  constructor(client: NatsClient, sink: Sink, settings: HubSettings, prefix: string, replicas: number) {
    this.#client = client
    this.#settings = settings
    this.#sink = sink
    this.#prefix = prefix
    const stream = (config: Omit<StreamConfig, 'num_replicas'>) =>
      new JetStream(client, { ...config, num_replicas: replicas }, settings.timeout * 1000)
    this.#entries = stream({
      name: prefix,
      subjects: [`${prefix}.entry.*`],
      storage: 'file',
      max_msgs_per_subject: settings.entries,
      max_age: settings.seconds * 1e9,
      // What is stored comes to listeners with its number, and with the one before it.
      republish: { src: `${prefix}.entry.*`, dest: `${prefix}.stored.{{wildcard(1)}}` },
    })
    const last = { storage: 'memory', max_msgs_per_subject: 1 } as const
    const [nodes, lists] = [`${prefix}_nodes`, `${prefix}_lists`]
    this.#nodes = stream({ ...last, name: nodes, subjects: [`${prefix}.node.*`], max_age: settings.presence * 1e9 })
    this.#lists = stream({ ...last, name: lists, subjects: [`${prefix}.list.*.*`], max_age: listsForgotten * 1e9 })
    this.#batches = new Batches((...batch) => this.#send(...batch), settings.timeout * 1000)
    void this.#watch()
  }

  publish(topic: string, text: string, kept: boolean): Promise<void> {
    return this.#batches.add(topic, text, kept)
  }

  async attach(topic: string): Promise<void> {
    await this.#info(topic)
    const token = toToken(topic)
    const hear = (kind: string, take: (message: NatsMessage) => void) =>
      this.#client.subscribe(`${this.#prefix}.${kind}.${token}`, {
        callback: (error, message) => error ?? take(message),
      })
    this.#heard.set(topic, [
      hear('stored', (message) => this.#hear(topic, message)),
      hear('passing', (message) => this.#sink.receive(topic, { text: message.string() })),
    ])
    // Once the server has answered, it knows of the subscriptions.
    await this.#client.flush()
  }

  detach(topic: string): void {
    for (const subscription of this.#heard.get(topic) ?? []) subscription.unsubscribe()
    this.#heard.delete(topic)
  }

  async read(topic: string, after?: Position, live = false): Promise<Past> {
    const { epoch, state } = await this.#info(topic)
    const at = { epoch, number: state.last_seq }
    if (!after) return { whole: true, at, entries: [] }
    if (after.epoch !== epoch || after.number > at.number) return { whole: false, at, entries: [] }
    const entries = await this.#between(topic, after, at)
    const whole = await this.#isWhole(topic, after.number, live)
    return { whole, at, entries: whole ? entries : [] }
  }

  /** Entries are forgotten one by one as they get old. */
  async touch(): Promise<void> {
    await this.#client.flush()
    this.#aliveAt = Date.now()
  }

  async put(node: string, topic: string, list = ''): Promise<void> {
    await this.#lists.publish(`${this.#prefix}.list.${toToken(topic)}.${node}`, list)
  }

  async lists(topic: string): Promise<readonly string[]> {
    const subject = `${this.#prefix}.list.${toToken(topic)}.*`
    await this.#lists.make()
    const alive = await this.#alive()
    const lists: string[] = []
    for (let next = await this.#lists.next(subject, 1); next; next = await this.#lists.next(subject, next.seq + 1)) {
      if (next.text !== '' && alive.includes(lastToken(next.subject))) lists.push(next.text)
    }
    return lists
  }

  async renew(node: string): Promise<Nodes> {
    const before = await this.#alive()
    await this.#nodes.publish(`${this.#prefix}.node.${node}`, '')
    const areOld = Date.now() - this.#listsAt > listsAgain * 1000
    if (areOld) this.#listsAt = Date.now()
    return { kept: before.includes(node) && !areOld, alive: [...new Set([...before, node])] }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed.abort()
    for (const topic of [...this.#heard.keys()]) this.detach(topic)
  }

  async #send(topic: string, texts: readonly string[], kept: boolean): Promise<void> {
    if (kept) {
      await this.#entries.make()
      await Promise.all(texts.map((text) => this.#entries.publish(this.#subject(topic), text)))
      return
    }
    for (const text of texts) this.#client.publish(`${this.#prefix}.passing.${toToken(topic)}`, text)
    await this.#client.flush()
  }

  #hear(topic: string, message: NatsMessage): void {
    const number = Number(message.headers?.get('Nats-Sequence'))
    const last = Number(message.headers?.get('Nats-Last-Sequence'))
    const previous = last > 0 ? { previous: last } : {}
    this.#sink.receive(topic, { position: { epoch: this.#epoch, number }, ...previous, text: message.string() })
  }

  async #info(topic: string): Promise<StreamInfo & { readonly epoch: string }> {
    const info = await this.#entries.info(this.#subject(topic))
    // The time at which the stream was made names its life.
    this.#epoch = info.created.replaceAll(/\D/g, '')
    return { ...info, epoch: this.#epoch }
  }

  async #between(topic: string, after: Position, at: Position): Promise<Past['entries']> {
    const entries: { position: Position; text: string }[] = []
    for (let number = after.number; number < at.number; ) {
      const next = await this.#entries.next(this.#subject(topic), number + 1)
      if (!next || next.seq > at.number) break
      number = next.seq
      entries.push({ position: { epoch: at.epoch, number }, text: next.text })
    }
    return entries
  }

  /**
   * Whether no entry of a topic after this number has been forgotten. They are forgotten from the oldest on: when they
   * are old, whatever their topic, or when their topic has too many.
   */
  async #isWhole(topic: string, after: number, live: boolean): Promise<boolean> {
    const first = await this.#entries.next(this.#subject(topic), 1)
    if (first && first.seq <= after) return true
    const { state } = await this.#info(topic)
    const isRecent = live && Date.now() - this.#lostAt < this.#settings.seconds * 1000
    const hasAll = isRecent || state.first_seq <= after + 1
    return hasAll && (state.subjects?.[this.#subject(topic)] ?? 0) < this.#settings.entries
  }

  #subject(topic: string): string {
    return `${this.#prefix}.entry.${toToken(topic)}`
  }

  async #alive(): Promise<string[]> {
    const { state } = await this.#nodes.info(`${this.#prefix}.node.*`)
    return Object.keys(state.subjects ?? {}).map(lastToken)
  }

  /** Reads what was missed whenever the connection is back. */
  async #watch(): Promise<void> {
    for await (const { type } of this.#client.status()) {
      if (this.#closed.signal.aborted) return
      if (type === 'disconnect') this.#lostAt = this.#aliveAt
      if (type !== 'reconnect') continue
      for (const stream of [this.#entries, this.#nodes, this.#lists]) stream.forget()
      await this.#client.flush().catch(() => {})
      this.#sink.resume()
    }
  }
}

function lastToken(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1)
}
