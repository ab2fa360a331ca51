// Who compiles without this part of the library has `Disposable` from here.
/// <reference lib="esnext.disposable" preserve="true" />
import type { PikkuError } from '../core/index.ts'
import type { invoke } from './invocation.ts'
import type { Operation } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import type { Plan, Plans } from './plan.ts'
import type { Connection } from './socket.ts'

/** What a channel is called with and tells; the keys are short, as those of an {@link Operation}. */
export interface ChannelEntry {
  /** Plan of the parameters of its path. */
  readonly i?: Plan
  /** Plans of the data of the errors that it is refused or ended with, by code. */
  readonly c?: Plans
  /** Plans of the data of its events, by name. */
  readonly e?: Plans
  /** Its messages that something is to be said of. */
  readonly m?: { readonly [name: string]: MessageEntry }
}

/** One message. */
export interface MessageEntry extends Pick<Operation, 'i' | 'o' | 'k' | 'e'> {
  /** Calls it when it takes or gives files. */
  readonly f?: (
    ...args: [
      ...Parameters<typeof invoke>,
      request: (more: (id: number) => object) => NonNullable<ClientOptions['fetch']>,
      line: Connection['line'],
    ]
  ) => ReturnType<typeof invoke>
}

/** The table of a generated client: channels by path, such as `/rooms/:room`. */
export interface ChannelEntries {
  readonly [path: string]: ChannelEntry
}

/** `connecting` for the first time and after the socket was lost; `closed` for good. */
export type ChannelState = 'connecting' | 'open' | 'closed'

/** What is to be known of a channel. */
export interface ChannelStatus {
  readonly state: ChannelState
  /** `false` when it is open, and events were lost: what you have is to be read again. */
  readonly whole?: boolean | undefined
  /** Why it is closed, when that was an error. */
  readonly error?: PikkuError | undefined
  /** What the server gave as the reason for closing it. */
  readonly reason?: string | undefined
}

/**
 * An open channel. It stays open, over as many sockets as it takes, until it is closed or the server ends it.
 *
 * `Events` are the types of their data by name; `Messages` have an `input`, an `output`, both or none: `{ say: { input: Say; output: Said } }`.
 */
export interface ChannelClient<Events, Messages> extends AsyncIterable<ChannelEventOf<Events>, void, void>, Disposable {
  readonly state: ChannelState
  /** Resolves when it is open: at once, or when the server has opened it, be it again. Rejects when it is closed. Ask for it anew each time. */
  readonly opened: Promise<void>
  /** Calls the listener with the data of each event of this name that comes from now on, until what it returns is called. */
  on<Name extends keyof Events & string>(event: Name, listener: (data: Events[Name]) => void): () => void
  /** Calls the listener whenever the state changes. */
  onState(listener: (status: ChannelStatus) => void): () => void
  /**
   * Sends a message, at once or when the channel is open, and resolves with its answer; messages are run in their order.
   * Rejects with `UNAVAILABLE` when too many wait, when the channel is closed, and when the socket is lost before the
   * answer; in the last case it may have run. A message with an idempotency key is sent again instead.
   */
  send<Name extends keyof Messages & string>(
    message: Name,
    ...input: Messages[Name] extends { readonly input: infer Input }
      ? [input: Input, options?: SendOptions]
      : [input?: undefined, options?: SendOptions]
  ): Promise<Messages[Name] extends { readonly output: infer Output } ? Output : void>
  /**
   * The events that come from now on, though they may be read later. Leaving the loop does not close the channel; the loop ends when the channel is
   * closed, and throws when that was by an error.
   */
  [Symbol.asyncIterator](): AsyncGenerator<ChannelEventOf<Events>, void, void>
  /** Closes it; messages without an answer reject. `using` does so too. */
  close(): void
  [Symbol.dispose](): void
}

/** An event by its name. */
export type ChannelEventOf<Events> = {
  [Name in keyof Events & string]: { readonly event: Name; readonly data: Events[Name] }
}[keyof Events & string]

/** What is different for one message. */
export type SendOptions = Pick<CallOptions, 'signal' | 'timeout'>
