import type { Tracked } from './tracked.ts'

/**
 * The name of a topic, and the type of what is published there. Any text of 1 to 512 bytes is one: the type is for
 * who wants it checked.
 *
 * ```ts
 * const roomTopic = (room: string): Topic<EventOf<RoomEvents>> => `rooms:${room}`
 * ```
 */
export type Topic<Value = unknown> = string & { readonly '~value'?: Value }

/** One event by its name, as it is published for the channels that join a topic. */
export type EventOf<Events> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Events[Name] }
}[keyof Events & string]

/**
 * A value of a topic, as it reaches who listens: a copy of what was published. Every listener of a process is handed the
 * same object, so it is to be read, not changed.
 */
export interface HubEntry<Value = unknown> {
  /** Where it stands in the history of its topic, in printable ASCII without spaces; absent for what is not kept. */
  readonly id?: string
  readonly value: Value
}

/** How a value is published. */
export interface PublishOptions {
  /** `false` for what means nothing to who comes later, such as that somebody is typing. Default `true`. */
  readonly history?: boolean
}

/** How somebody listens. */
export interface ListenOptions {
  /** Ends the listening when it fires. */
  readonly signal: AbortSignal
  /** The id of the last entry that the listener has: it is given those that follow first. */
  readonly after?: string | undefined
  /** Called when entries are lost on the way, such as those of a long outage: what the listener has is to be read again. */
  readonly lost?: (at: string) => void
}

/** How somebody listens who is called with each entry. */
export interface EntryListenOptions extends ListenOptions {
  /**
   * Called where entries were lost on the way, such as in an outage that was longer than the history: what the listener
   * has is to be read again, and `at` is the id to come back with. What is published from then on is given as before.
   */
  readonly lost?: (at: string) => void
}

/** What a listener is told when it begins. */
export interface HubStart {
  /** The id to come back with while there has been no entry. */
  readonly at: string
  /** Whether all that was published after `after` is given. `false` when that is too long ago, and no history is given then. */
  readonly whole: boolean
}

/**
 * Carries values between all who run an app: from any function, job or node to everybody who listens to a topic.
 * Made by `memoryHub`, `redisHub`, `postgresHub` or `natsHub` of `pikku/hub`. Dates, bigints, maps and sets arrive as what they are.
 */
export interface Hub extends AsyncDisposable {
  /** Hands a value to everybody who listens to the topic. Resolves when the hub has it; the values of one publisher keep their order. */
  publish<Value>(topic: Topic<Value>, value: NoInfer<Value>, options?: PublishOptions): Promise<void>
  /**
   * Calls the listener with what is published, in order, each entry once: first what followed `after`, before this
   * resolves, then what is to come. Ends when the signal fires. Rejects when the engine does not answer.
   */
  listen<Value>(
    topic: Topic<Value>,
    listener: (entry: HubEntry<Value>) => void,
    options: EntryListenOptions,
  ): Promise<HubStart>
  /**
   * The values of a topic with their ids, for a function that is a stream. `anew` comes first where there is no `after`,
   * and in place of entries that are not known any more: what the reader has is to be read again. Without `anew` the
   * stream fails there. A reader who is slower than the topic gets what it has missed from the history.
   */
  subscribe<Value>(
    topic: Topic<Value>,
    options: ListenOptions & { readonly anew?: NoInfer<Value> },
  ): AsyncGenerator<Tracked<Value>, void>
  /** Lists somebody as being there until the signal fires, or this process is dead for some seconds. */
  enter(topic: Topic, member: string, options: { readonly signal: AbortSignal }): Promise<void>
  /** Who is there, each once however often they came in, sorted. */
  present(topic: Topic): Promise<string[]>
  /** Who is there, now and whenever that changes. */
  presence(topic: Topic, options: { readonly signal: AbortSignal }): AsyncGenerator<string[], void>
}
