import type { Position } from './position.ts'

/** An entry as it arrives from an engine. */
export interface Arrival {
  /** Absent for what is not kept. */
  readonly position?: Position
  /** The number of the entry before it in its topic; absent where the engine knows of none. */
  readonly previous?: number
  /** Absent where it is to be read from the history. */
  readonly text?: string
}

/** What followed a position. */
export interface Past {
  /** Whether that is everything. When it is `false` there are no entries. */
  readonly whole: boolean
  /** Where the topic is now. */
  readonly at: Position
  readonly entries: readonly { readonly position: Position; readonly text: string }[]
}

/** What an engine calls. */
export interface Sink {
  /** Something was published to a topic that is attached. */
  receive(topic: string, arrival: Arrival): void
  /** The connection was lost and is back: whatever was published meanwhile did not arrive. */
  resume(): void
}

/** Who is at work, by the leases that have not run out. */
export interface Nodes {
  readonly alive: readonly string[]
  /** Whether what this node had put down was still there. */
  readonly kept: boolean
}

/**
 * What carries a hub: texts that are published, the last ones of each topic, and lists of who is present.
 * Each function may reject; the hub tries again where that matters.
 */
export interface HubEngine extends AsyncDisposable {
  /** Whether it is of one process that lives no longer than it is needed: then nobody has to say that he is alive. */
  readonly alone?: boolean
  /** Resolves when the text is with the engine. Texts of one topic keep the order of the calls. */
  publish(topic: string, text: string, kept: boolean): Promise<void>
  /** Resolves when all that is published from now on arrives. */
  attach(topic: string): Promise<void>
  detach(topic: string): void
  /**
   * What followed a position; without one only where the topic is.
   * @param live whether the reader has heard everything until the connection was lost.
   */
  read(topic: string, after?: Position, live?: boolean): Promise<Past>
  /** Keeps the histories of attached topics from being forgotten. */
  touch(topics: Iterable<string>): Promise<void>
  /** Puts down the list of a node for a topic, in place of the one before; `undefined` takes it away. */
  put(node: string, topic: string, list: string | undefined): Promise<void>
  /** The lists for a topic of the nodes that are alive. */
  lists(topic: string): Promise<readonly string[]>
  /** Says that a node is alive for some seconds more: one command, however many are present. */
  renew(node: string, seconds: number): Promise<Nodes>
}
