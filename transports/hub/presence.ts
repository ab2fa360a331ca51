import type { Log } from '../../core/index.ts'
import type { HubEngine } from './engine.ts'
import { every } from './every.ts'
import { Latest } from './latest.ts'

/** What presence needs of its hub. */
export interface PresenceOptions {
  readonly engine: HubEngine
  /** How long a node counts as alive after its last sign of life. */
  readonly seconds: number
  readonly log: Log
  /** Calls back when the list of a topic may have changed, until the signal fires. */
  readonly listen: (topic: string, changed: () => void, signal: AbortSignal) => Promise<unknown>
  /** Tells all nodes that the list of a topic has changed. */
  readonly tell: (topic: string) => Promise<void>
}

/** Who is in a topic through this process, and through how many doors each. */
interface Room {
  readonly members: Map<string, number>
  readonly write: Latest
}

/** A topic whose list is watched, read once for all who watch it. */
interface Watch {
  list: readonly string[] | undefined
  /** Whether the list could not be read when it may have changed. */
  isStale: boolean
  readonly wakes: Set<() => void>
  readonly read: Latest
  readonly opened: Promise<unknown>
  readonly closed: AbortController
}

/**
 * Who is present. Each node puts down its own list for a topic, which counts while the node gives signs of life: one
 * command for all of its lists. When a node is missed, those who watch look again.
 */
export class Presence {
  readonly #options: PresenceOptions
  readonly #node = crypto.randomUUID()
  readonly #rooms = new Map<string, Room>()
  readonly #watches = new Map<string, Watch>()
  /** Topics whose list may not be with the engine as it is here. */
  readonly #unsure = new Set<string>()
  #alive: ReadonlySet<string> = new Set()
  #timer: ReturnType<typeof setInterval> | undefined
  #started: Promise<void> | undefined

  constructor(options: PresenceOptions) {
    this.#options = options
  }

  async enter(topic: string, member: string, signal: AbortSignal): Promise<void> {
    await this.#start()
    signal.throwIfAborted()
    const leave = () => void this.#count(topic, member, -1).catch(() => {})
    signal.addEventListener('abort', leave, { once: true })
    try {
      await this.#count(topic, member, 1)
    } catch (error) {
      signal.removeEventListener('abort', leave)
      if (!signal.aborted) leave()
      throw error
    }
  }

  async present(topic: string): Promise<string[]> {
    const lists = await this.#options.engine.lists(topic)
    return [...new Set(lists.flatMap((list): string[] => JSON.parse(list)))].sort()
  }

  async *watch(topic: string, signal: AbortSignal): AsyncGenerator<string[], void> {
    let told: readonly string[] | undefined
    let wake = () => {}
    const hear = () => wake()
    const watch = this.#watch(topic)
    watch.wakes.add(hear)
    signal.addEventListener('abort', hear)
    try {
      await watch.opened
      while (!signal.aborted) {
        if (watch.list !== told && watch.list) {
          told = watch.list
          yield [...told]
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', hear)
      watch.wakes.delete(hear)
      if (watch.wakes.size === 0) this.#close(topic, watch)
    }
  }

  /** Looks again at all that is watched, such as when the connection is back. */
  resume(): void {
    for (const { read } of this.#watches.values()) void read.run().catch(() => {})
  }

  /** Takes what this node has put down away. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    for (const [topic, watch] of this.#watches) this.#close(topic, watch)
    const topics = [...this.#rooms.keys()]
    for (const { members } of this.#rooms.values()) members.clear()
    await Promise.allSettled(topics.map((topic) => this.#rooms.get(topic)?.write.run()))
  }

  async #count(topic: string, member: string, more: 1 | -1): Promise<void> {
    const room = this.#room(topic)
    const before = room.members.get(member) ?? 0
    if (before + more > 0) room.members.set(member, before + more)
    else room.members.delete(member)
    // Whoever comes in while the first one is still being written waits for that too.
    if (before === 0 || before + more === 0 || this.#unsure.has(topic)) await room.write.run()
  }

  #room(topic: string): Room {
    const found = this.#rooms.get(topic)
    if (found) return found
    const room: Room = { members: new Map(), write: new Latest(() => this.#write(topic, room)) }
    this.#rooms.set(topic, room)
    return room
  }

  async #write(topic: string, { members }: Room): Promise<void> {
    const { engine, tell } = this.#options
    const isEmpty = members.size === 0
    this.#unsure.add(topic)
    await engine.put(this.#node, topic, isEmpty ? undefined : JSON.stringify([...members.keys()]))
    await tell(topic)
    this.#unsure.delete(topic)
    if (isEmpty && members.size === 0) this.#rooms.delete(topic)
  }

  #watch(topic: string): Watch {
    const found = this.#watches.get(topic)
    if (found) return found
    const closed = new AbortController()
    const read = new Latest(() => this.#read(topic, watch))
    const look = () => void read.run().catch(() => {})
    const open = async () => {
      await this.#start()
      await this.#options.listen(topic, look, closed.signal)
      await read.run()
    }
    const watch: Watch = { list: undefined, isStale: false, wakes: new Set(), read, opened: open(), closed }
    this.#watches.set(topic, watch)
    return watch
  }

  async #read(topic: string, watch: Watch): Promise<void> {
    watch.isStale = true
    const list = await this.present(topic)
    watch.isStale = false
    if (watch.list?.length === list.length && list.every((member, at) => member === watch.list?.[at])) return
    watch.list = list
    for (const wake of watch.wakes) wake()
  }

  #close(topic: string, watch: Watch): void {
    watch.closed.abort()
    if (this.#watches.get(topic) === watch) this.#watches.delete(topic)
  }

  /** Gives the first sign of life, and others from then on. */
  #start(): Promise<void> {
    this.#started ??= this.#beat().then(
      () => {
        const { engine, seconds } = this.#options
        if (engine.alone) return
        this.#timer = every((seconds * 1000) / 3, () => void this.#beat().catch((error) => this.#complain(error)))
      },
      (error: unknown) => {
        this.#started = undefined
        throw error
      },
    )
    return this.#started
  }

  async #beat(): Promise<void> {
    const { alive, kept } = await this.#options.engine.renew(this.#node, this.#options.seconds)
    const isMissed = [...this.#alive].some((node) => !alive.includes(node))
    this.#alive = new Set(alive)
    if (!kept) for (const topic of this.#rooms.keys()) this.#unsure.add(topic)
    for (const { isStale, read } of this.#watches.values()) if (isMissed || isStale) void read.run().catch(() => {})
    for (const topic of this.#unsure)
      void this.#room(topic)
        .write.run()
        .catch(() => {})
  }

  #complain(error: unknown): void {
    this.#options.log.warn({ error }, 'The hub could not say that this process is alive; it tries again.')
  }
}
