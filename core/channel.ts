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

/** What a handler of a channel gets as its third parameter, and so does what stands around a message. */
export interface ChannelCall<Session, Params, Events = {}> extends Call<Session> {
  readonly channel: ChannelPeer<Params, Events>
}

type ChannelHandler<Services, Input, Session, Params, Events> = (
  services: Services,
  input: Input,
  call: ChannelCall<Session, Params, Events>,
) => unknown

/** No function made by `func`, whose options would be passed over here. */
interface WithoutOptions {
  readonly options?: never
}

/** How a message may be sent, and what stands around its handler: of the options of `func`, those that fit a message. */
export interface MessageOptions<Services = never, Input = never, Session = never, CallType = Call<Session>>
  extends Pick<
    FuncOptions<Services, Input, Session, CallType>,
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
    | (MessageOptions<Services, never, Session, ChannelCall<Session, Params>> & {
        readonly handler: ChannelHandler<Services, never, Session, Params, Events> & WithoutOptions
      })
}

/** Options that fit the input of their handler, and nothing beside them. */
type CheckedMessages<Messages, Services, Session, CallType> = {
  readonly [Name in keyof Messages]: Messages[Name] extends {
    readonly handler: (services: never, input: infer Input, ...rest: never[]) => unknown
  }
    ? MessageOptions<Services, Given<Input>, Session, CallType> & {
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
  readonly connect?: ChannelHandler<Services, Params, Session, Params, Events> & WithoutOptions
  /** Runs when the channel has ended, whoever ended it, with the session that opened it. A server that stops waits 2 s for it. */
  readonly disconnect?: ChannelHandler<Services, Params, Session, Params, Events> & WithoutOptions
  /** What clients send, by name; what a handler returns is the acknowledgement. */
  readonly messages?: Messages
}

/** A channel made by `channel`. What runs behind it are functions that a test can call. */
export interface Channel<Services, Session, Params, Events, Messages, Auth extends boolean = true>
  extends AnyChannel<Services, Session> {
  readonly '~channel': ChannelDefinition<Services, SessionOf<Auth, Session>, Params, Events, Messages> & {
    readonly auth?: Auth
  }
  /** What runs when a client opens it, without what stands around that. */
  readonly connect: EndFunction<Services, Params, ChannelCall<SessionOf<Auth, Session>, Params, Events>>
  /** What runs when it has ended. */
  readonly disconnect: EndFunction<Services, Params, ChannelCall<SessionOf<Auth, Session>, Params, Events>>
  /** The handlers of its messages by name, without what stands around them. */
  readonly messages: {
    readonly [Name in keyof Messages]: MessageFunction<
      Messages[Name] extends { readonly handler: infer Handler } ? Handler : Messages[Name],
      Services,
      ChannelCall<SessionOf<Auth, Session>, Params, Events>
    >
  }
}

type EndFunction<Services, Params, Call> = (services: Services, params: Params, call: Call) => Promise<void>

type MessageFunction<Handler, Services, Call> = Handler extends (
  services: never,
  input: infer Input,
  ...rest: never[]
) => infer Output
  ? (services: Services, input: Given<Input>, call: Call) => Output
  : never

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
      MessageHandlers<Services, SessionOf<Auth, Session>, Params, NoInfer<Events>> &
      CheckedMessages<
        NoInfer<Messages>,
        Services,
        SessionOf<Auth, Session>,
        ChannelCall<SessionOf<Auth, Session>, NoInfer<Params>>
      >
  >,
) => Channel<Services, Session, Params, Events, Messages, Auth>

type AnyFunction = (...parameters: never[]) => unknown

/** Makes a channel; bound to your types as `pikku().channel`. */
export function defineChannel(definition: {
  readonly connect?: AnyFunction
  readonly disconnect?: AnyFunction
  readonly messages?: object
}): never {
  const { connect, disconnect, messages = {} } = definition
  const handlers = Object.entries(messages).map(([name, message]) => [name, message.handler ?? message])
  return {
    '~channel': definition,
    connect: toEnd(connect),
    disconnect: toEnd(disconnect),
    messages: Object.fromEntries(handlers),
  } as never
}

const toEnd =
  (handler?: AnyFunction) =>
  async (...parameters: never[]) => {
    await handler?.(...parameters)
  }
