import { describe } from 'node:test'
import type { Hub } from '../../../core/index.ts'
import type { HubOptions } from '../create-hub.ts'
import { deliveryTests } from './delivery.ts'
import { historyTests } from './history.ts'
import { nodesTests } from './nodes.ts'
import { presenceTests } from './presence.ts'
import { subscribeTests } from './subscribe.ts'

/** A kind of hub, as the tests use it. */
export interface HubUnderTest {
  /** Why it cannot be tested here. */
  readonly skip: string | false
  /** Makes a hub; those that `joinsNodes` are on the same engine. */
  create(options?: HubOptions): Node
  /** Whether an id is of one topic alone; otherwise it is a place among the entries of all topics. */
  readonly idsNameTopics: boolean
  /** Whether values go from one hub to another. */
  readonly joinsNodes: boolean
}

/** A hub whose process can be made to die. */
export interface Node {
  readonly hub: Hub
  /** Cuts its connections without a farewell, as the end of a process does. */
  kill(): Promise<void>
}

/** What every hub does. */
export function testHub(name: string, under: HubUnderTest): void {
  describe(name, { skip: under.skip }, () => {
    deliveryTests(under)
    historyTests(under)
    subscribeTests(under)
    presenceTests(under)
    if (under.joinsNodes) nodesTests(under)
  })
}

/** Hubs of one test, which end with it. */
export class Nodes implements AsyncDisposable {
  readonly #under: HubUnderTest
  readonly #made: Node[] = []

  constructor(under: HubUnderTest) {
    this.#under = under
  }

  node(options?: HubOptions): Node {
    const node = this.#under.create({ log: quiet, ...options })
    this.#made.push(node)
    return node
  }

  hub(options?: HubOptions): Hub {
    return this.node(options).hub
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#made.map(({ hub }) => hub[Symbol.asyncDispose]()))
  }
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} }
