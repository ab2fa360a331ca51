import type { Call } from './call.ts'

/** A type that stands where a value is asked for; made by {@link type}. */
export interface Type<Of> {
  readonly '~type'?: Of
}

/** Names a type where there is no value to take it from: `events: type<{ posted: Message }>()`. */
export function type<Of>(): Type<Of> {
  return {}
}

/** The open channel that a call came through. */
export interface ChannelPeer<Params, Events> {
  /** Unique among the connections of the app. */
  readonly id: string
  /** The parameters of its path. */
  readonly params: Params
  /** Sends an event to this client alone; resolves when it was handed to the socket. */
  send<Name extends keyof Events & string>(event: Name, data: Events[Name]): Promise<void>
  /** Ends the channel. `reason` is sent to the client. */
  close(reason?: string): void
}

/** What a handler of a channel gets as its third parameter. */
export interface ChannelCall<Session, Params, Events> extends Call<Session> {
  readonly channel: ChannelPeer<Params, Events>
}

type ChannelHandler<Services, Input, Session, Params, Events> = (
  services: Services,
  input: Input,
  call: ChannelCall<Session, Params, Events>,
) => unknown

/** The handlers of the messages that clients may send, by name. */
export interface MessageHandlers<Services, Session, Params, Events> {
  readonly [message: string]: ChannelHandler<Services, never, Session, Params, Events>
}

/** A two-way conversation at a path. */
export interface ChannelDefinition<Services, Session, Params, Events, Messages> {
  /** What the server sends, by name: `type<{ posted: Message }>()`. */
  readonly events?: Type<Events>
  /** Runs when a client opens the channel, with the parameters of the path; a throw refuses it. */
  readonly connect?: ChannelHandler<Services, Params, Session, Params, Events>
  /** Runs when the channel has ended, whoever ended it. */
  readonly disconnect?: ChannelHandler<Services, Params, Session, Params, Events>
  /** What clients send, by name; what a handler returns is the acknowledgement. */
  readonly messages?: Messages
}

/** A channel made by `channel`. */
export interface Channel<Services, Session, Params, Events, Messages> {
  readonly channel: ChannelDefinition<Services, Session, Params, Events, Messages>
}

/** Any channel of these services and this session. */
export interface AnyChannel<Services, Session> {
  readonly channel: {
    readonly connect?: ChannelHandler<Services, never, Session, never, never>
    readonly messages?: object
  }
}

/** Makes channels whose services and session types are bound. */
export type DefineChannel<Services, Session> = <Params = {}, Events = {}, Messages = {}>(
  definition: ChannelDefinition<
    Services,
    Session,
    Params,
    Events,
    Messages & MessageHandlers<Services, Session, NoInfer<Params>, NoInfer<Events>>
  >,
) => Channel<Services, Session, Params, Events, Messages>
