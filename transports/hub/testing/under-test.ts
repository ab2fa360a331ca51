import type { ChildProcess } from 'node:child_process'
import type { Hub } from '../../../core/index.ts'
import type { HubOptions } from '../create-hub.ts'

/** A kind of hub, as the tests use it. */
export interface HubUnderTest {
  /** Why it cannot be tested here. */
  readonly skip: string | false
  /** Makes a hub; all of them are on the same engine. */
  create(options?: HubOptions): Node | Promise<Node>
  /** Whether an id is of one topic alone; otherwise it is a place among the entries of all topics. */
  readonly idsNameTopics: boolean
  /** How its engine can be away; absent where it has none. */
  readonly outage?: Outage
  /** Starts another process in which somebody enters a topic, whose lease is a second; absent where hubs are not joined. */
  readonly enterElsewhere?: (topic: string, member: string) => Promise<ChildProcess>
}

/** An engine that can be away. */
export interface Outage {
  /** Where it listens. */
  readonly url: string
  /** Makes a hub that finds the engine there, by way of a proxy. */
  connect(url: string, options: HubOptions): Node | Promise<Node>
  /** Takes all away that the hubs of these tests have put into the engine. */
  empty(): Promise<void>
}

/** A hub, and what can happen to it. */
export interface Node {
  readonly hub: Hub
  /** Closes what the hub was given. */
  close?(): Promise<void>
  /** Breaks the connection by which it hears; resolves when that has been done, not when it is back. */
  cut?(): Promise<void>
}

/** Hubs of one test, which end with it. */
export class Nodes implements AsyncDisposable {
  readonly #under: HubUnderTest
  readonly #made: Node[] = []

  constructor(under: HubUnderTest) {
    this.#under = under
  }

  async node(options?: HubOptions): Promise<Node> {
    const node = await this.#under.create({ ...patient, ...options })
    this.#made.push(node)
    return node
  }

  async hub(options?: HubOptions): Promise<Hub> {
    return (await this.node(options)).hub
  }

  /** Has a hub that was made elsewhere end with the test. */
  async add(node: Node | Promise<Node>): Promise<Hub> {
    this.#made.push(await node)
    return (await node).hub
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#made.map(({ hub }) => hub[Symbol.asyncDispose]()))
    await Promise.all(this.#made.map((node) => node.close?.()))
  }
}

/** Says nothing in the log, and waits for engines that share the machine with other tests. */
export const patient: HubOptions = { log: { debug() {}, info() {}, warn() {}, error() {} }, timeout: 30 }
