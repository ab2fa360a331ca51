import type { ChildProcess } from 'node:child_process'
import type { Hub } from '../../../core/index.ts'
import type { HubOptions } from '../create-hub.ts'

/** A kind of hub, as the tests use it. */
export interface HubUnderTest {
  /** Why it cannot be tested here. */
  readonly skip: string | false
  /** Makes a hub; all of them are on the same engine. */
  create(options?: HubOptions): Node
  /** Whether an id is of one topic alone; otherwise it is a place among the entries of all topics. */
  readonly idsNameTopics: boolean
  /** Starts another process in which somebody enters a topic, whose lease is a second; absent where hubs are not joined. */
  readonly enterElsewhere?: (topic: string, member: string) => Promise<ChildProcess>
}

/** A hub, and what can happen to it. */
export interface Node {
  readonly hub: Hub
  /** Closes what the hub was given. */
  close?(): Promise<void>
  /** Breaks the connection by which it hears; resolves when that has been done, not when it is back. */
  cut(): Promise<void>
}

/** Hubs of one test, which end with it. */
export class Nodes implements AsyncDisposable {
  readonly #under: HubUnderTest
  readonly #made: Node[] = []

  constructor(under: HubUnderTest) {
    this.#under = under
  }

  node(options?: HubOptions): Node {
    const node = this.#under.create({ log: quiet, timeout: 30, ...options })
    this.#made.push(node)
    return node
  }

  hub(options?: HubOptions): Hub {
    return this.node(options).hub
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#made.map(({ hub }) => hub[Symbol.asyncDispose]()))
    await Promise.all(this.#made.map((node) => node.close?.()))
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
