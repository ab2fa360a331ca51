import type { Hub } from '../../core/index.ts'
import { createHub, type HubOptions, type HubSettings, toSettings } from './create-hub.ts'
import type { HubEngine, Nodes, Past, Sink } from './engine.ts'
import { fromId, type Position } from './position.ts'
import { openRedis, type RedisClient, type RedisConnection } from './redis-connection.ts'
import { listsScript, publishScript, putScript, readScript, renewScript } from './redis-scripts.ts'

/** How values travel through Redis. */
export interface RedisHubOptions extends HubOptions {
  /** What the keys and channels begin with. Default `pikku:hub`; of a cluster, `{pikku:hub}`. */
  readonly prefix?: string
}

/**
 * Carries values between all processes that use the same Redis (6 or later), by two connections of its own.
 *
 * @param client of `ioredis`, or of `redis` 5 and later: where to connect to, and how.
 */
export function redisHub(client: RedisClient, options: RedisHubOptions = {}): Hub {
  const settings = toSettings(options)
  return createHub((sink) => new RedisEngine(client, sink, settings, options.prefix ?? 'pikku:hub'), settings)
}

class RedisEngine implements HubEngine {
  readonly #settings: HubSettings
  readonly #sink: Sink
  readonly #prefix: string
  readonly #commands: RedisConnection
  /** Hears all topics. */
  readonly #ear: RedisConnection
  readonly #attached = new Set<string>()
  #isConnected = false

  constructor(client: RedisClient, sink: Sink, settings: HubSettings, prefix: string) {
    this.#sink = sink
    this.#settings = settings
    this.#prefix = `${prefix}:`
    const error = (error: unknown) => settings.log.warn({ error }, 'The hub has trouble with Redis.')
    this.#commands = openRedis(client, { message() {}, ready() {}, error })
    this.#ear = openRedis(client, {
      message: (channel, message) => this.#hear(channel.slice(this.#prefix.length), message),
      ready: () => this.#ready(),
      error,
    })
  }

  async publish(topic: string, text: string, kept: boolean): Promise<void> {
    const key = this.#key(topic)
    if (!kept) await this.#commands.send('PUBLISH', key, ` ${text}`)
    else await this.#run(publishScript, [key], text, this.#settings.entries, this.#milliseconds, key)
  }

  async attach(topic: string): Promise<void> {
    this.#attached.add(topic)
    await this.#ear.subscribe([this.#key(topic)])
  }

  detach(topic: string): void {
    this.#attached.delete(topic)
    this.#ear.unsubscribe(this.#key(topic)).catch(() => {})
  }

  async read(topic: string, after: Position = { epoch: '', number: 0 }): Promise<Past> {
    const answer = await this.#run(readScript, [this.#key(topic)], after.epoch, after.number, this.#milliseconds)
    const [at, whole, entries] = answer as [string, number, [string, [string, string]][]]
    return {
      at: toPosition(at),
      whole: whole === 1 || after.epoch === '',
      entries: entries.map(([id, [, text]]) => ({ position: toPosition(id), text })),
    }
  }

  async touch(topics: Iterable<string>): Promise<void> {
    const send = (topic: string) => this.#commands.send('PEXPIRE', this.#key(topic), `${this.#milliseconds}`)
    await Promise.all(Array.from(topics, send))
  }

  async put(node: string, topic: string, list = ''): Promise<void> {
    await this.#run(putScript, [this.#key(`node:${node}`)], topic, list, this.#settings.presence * 1000)
  }

  async lists(topic: string): Promise<readonly string[]> {
    return (await this.#run(listsScript, [this.#key('nodes')], this.#key('node:'), topic)) as string[]
  }

  async renew(node: string, seconds: number): Promise<Nodes> {
    const answer = await this.#run(renewScript, [this.#key('nodes'), this.#key(`node:${node}`)], node, seconds * 1000)
    const [kept, alive] = answer as [number, string[]]
    return { kept: kept === 1, alive }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#commands.close()
    this.#ear.close()
  }

  get #milliseconds(): number {
    return this.#settings.seconds * 1000
  }

  #key(name: string): string {
    return this.#prefix + name
  }

  #run(script: string, keys: string[], ...args: (string | number)[]): Promise<unknown> {
    return this.#commands.send('EVAL', script, `${keys.length}`, ...keys, ...args.map(String))
  }

  #hear(topic: string, message: string): void {
    const space = message.indexOf(' ')
    const text = message.slice(space + 1)
    const position = fromId(message.slice(0, space))
    this.#sink.receive(topic, position ? { position, previous: position.number - 1, text } : { text })
  }

  #ready(): void {
    if (!this.#isConnected) {
      this.#isConnected = true
      return
    }
    // What was published between here and the end of the last connection is read once this one hears all topics.
    const keys = [...this.#attached].map((topic) => this.#key(topic))
    const heard = keys.length > 0 ? this.#ear.subscribe(keys) : Promise.resolve()
    // Where that fails, the connection has broken again, and the next one does it.
    heard.then(
      () => this.#sink.resume(),
      () => {},
    )
  }
}

function toPosition(id: string): Position {
  const position = fromId(id)
  if (!position) throw new Error(`${id} is no id of a hub.`)
  return position
}
