import type { Call } from './call.ts'
import type { AnyErrorClass } from './errors.ts'
import type { FuncOptions, Given } from './func.ts'
import type { EventOf, Hub, Topic } from './hub.ts'
import type { Middleware } from './middleware.ts'
import type { PermissionCheck } from './permissions.ts'

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
  /** Unique among the channels of the app. */
  readonly id: string
  /** The parameters of its path. */
  readonly params: Params
  /** Fires when the channel has ended, whoever ended it. */
  readonly signal: AbortSignal
  /**
   * Sends an event to this client alone; resolves when it was handed to the socket. Such an event has no id: a client
   * that lost its connection opens the channel anew, and `connect` sends it what it needs.
   */
  send<Name extends keyof Events & string>(event: Name, data: Events[Name]): Promise<void>
  /**
   * Sends this client every event that is published to a topic, as `{ event, data }`, until the channel ends. A client
   * that comes back is given what it has missed, or told that it cannot be.
   */
  join(hub: Hub, topic: Topic<EventOf<Events>>): Promise<void>
  /** Sends each item as an event, until the channel ends or there are no more: `channel.follow('present', hub.presence(topic, channel))`. */
  follow<Name extends keyof Events & string>(event: Name, items: AsyncIterable<Events[Name]>): void
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

/** How a message may be sent, and what stands around its handler: of the options of `func`, those that fit a message. */
export interface MessageOptions<Services = never, Input = never, Session = never>
  extends Pick<
    FuncOptions<Services, Input, Session>,
    'permissions' | 'middleware' | 'rateLimit' | 'idempotency' | 'timeout'
  > {
  /** The errors its handler throws, so that clients and documents know their data. */
  // The empty list has the classes inferred one by one.
  readonly errors?: readonly AnyErrorClass[] | readonly []
}

/**
 * The messages that clients may send, by name: each is a handler, or options with a `handler`. One that is made by
 * `func` is a function as any other, which knows nothing of the channel.
 */
export interface MessageHandlers<Services, Session, Params, Events> {
  readonly [message: string]:
    | ChannelHandler<Services, never, Session, Params, Events>
    | (MessageOptions<Services, never, Session> & {
        // The options of a function would be lost here.
        readonly handler: ChannelHandler<Services, never, Session, Params, Events> & { readonly options?: never }
      })
}

/** Options that fit the input of their handler, and nothing beside them. */
type CheckedMessages<Messages, Services, Session> = {
  readonly [Name in keyof Messages]: Messages[Name] extends {
    readonly handler: (services: never, input: infer Input, ...rest: never[]) => unknown
  }
    ? MessageOptions<Services, Given<Input>, Session> & {
        readonly [Option in Exclude<keyof Messages[Name], keyof MessageOptions | 'handler'>]: never
      }
    : unknown
}

/** A two-way conversation at a path. */
export interface ChannelDefinition<Services, Session, Params, Events, Messages> {
  /** What the server sends, by name: `type<{ posted: Message }>()`. */
  readonly events?: Type<Events>
  /** Checks that must pass before the channel opens. */
  readonly permissions?:
    | PermissionCheck<Services, Params, Session>
    | readonly PermissionCheck<Services, Params, Session>[]
  /** Runs around the opening of the channel, the first one outermost. */
  readonly middleware?: readonly Middleware<Services, Session>[]
  /** Runs when a client opens the channel, with the parameters of the path; a throw refuses it. */
  readonly connect?: ChannelHandler<Services, Params, Session, Params, Events>
  /** Runs when the channel has ended, whoever ended it, with the session that opened it. A server that stops waits 2 s for it. */
  readonly disconnect?: ChannelHandler<Services, Params, Session, Params, Events>
  /** What clients send, by name; what a handler returns is the acknowledgement. */
  readonly messages?: Messages
}

/** A channel made by `channel`. */
export interface Channel<Services, Session, Params, Events, Messages, Auth extends boolean = true>
  extends AnyChannel<Services, Session> {
  readonly '~channel': ChannelDefinition<Services, SessionOf<Auth, Session>, Params, Events, Messages> & {
    readonly auth?: Auth
  }
}

/** Any channel of these services and this session. */
export interface AnyChannel<Services, Session> {
  readonly '~channel': object
  /** Type only. */
  readonly '~takes'?: (services: Services, session: Session) => void
}

type SessionOf<Auth extends boolean, Session> = Auth extends false ? Session | undefined : Session

/** Makes channels whose services and session types are bound. */
export type DefineChannel<Services, Session> = <
  Params = {},
  Events = {},
  Messages = {},
  const Auth extends boolean = true,
>(
  definition: {
    /** `false` when it can be opened without a session. Default `true`. */
    readonly auth?: Auth
  } & ChannelDefinition<
    Services,
    SessionOf<Auth, Session>,
    Params,
    Events,
    Messages &
      MessageHandlers<Services, SessionOf<Auth, Session>, NoInfer<Params>, NoInfer<Events>> &
      CheckedMessages<NoInfer<Messages>, Services, SessionOf<Auth, Session>>
  >,
) => Channel<Services, Session, Params, Events, Messages, Auth>
