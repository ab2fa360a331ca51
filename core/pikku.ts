import type { App, AppDefinition, CheckedRoutes, CheckedRpc } from './app.ts'
import type { Call } from './call.ts'
import { type ChannelCall, type DefineChannel, defineChannel } from './channel.ts'
import type { DefineFunc } from './func.ts'
import type { Middleware } from './middleware.ts'
import { type Check, type DefineRoute, defineRoute, type PermissionCheck } from './permissions.ts'
import type { ServiceFactories } from './services.ts'
import {
  type ApiKeySessionOptions,
  apiKeySession,
  type BearerSession,
  type CookieSession,
  type CookieSessionOptions,
  cookieSession,
  type HeaderSession,
  type ResolveSession,
} from './session.ts'

/** The makers that {@link pikku} binds to your services and your session. */
export interface Pikku<Services, Session> {
  /** Makes a function. `func(handler)`, or `func({ auth: false, … }, handler)`. */
  readonly func: DefineFunc<Services, Session>
  /** Makes a channel: typed messages both ways at a path. */
  readonly channel: DefineChannel<Services, Session>
  /** Makes the app: what it exposes, in one place. */
  app<const Definition extends AppDefinition<Services, Session>>(
    definition: Definition & {
      readonly rpc?: CheckedRpc<Definition['rpc'], Services, Session>
      readonly http?: CheckedRoutes<Definition['http']>
    },
  ): App<Services, Session, Definition>
  /**
   * Makes a named check for `func({ permissions })`. One for the messages of a channel takes a {@link ChannelCall}:
   * `permission('isHost', (_services, _input, { channel }: ChannelCall<Session, { room: string }>) => …)`.
   */
  permission<Input = unknown, CallType = Call<Session>>(
    name: string,
    check: Check<Services, Input, Session, CallType>,
  ): PermissionCheck<Services, NoInfer<Input>, Session, NoInfer<CallType>>
  /**
   * A function with more permissions, for a route that asks for more: `'POST /admin/purge': route(todos.purge, { permissions: [isAdmin] })`.
   * It is an operation of its own, and only adds: it needs a session, and the function's own permissions hold too.
   */
  readonly route: DefineRoute<Services, Session>
  /** Types a middleware. */
  middleware(middleware: Middleware<Services, Session | undefined>): Middleware<Services, Session | undefined>
  /** Types the factories of the services. */
  services<Factories extends ServiceFactories<Services>>(factories: Factories & ServiceFactories<Services>): Factories
  /** Ways to make a session, for `app({ session })`. */
  readonly session: {
    /** From `authorization: Bearer <token>`. */
    bearer(resolve: ResolveSession<Services, Session>): BearerSession<Services, Session>
    /** From a cookie, which `set(call, credential)` sends and `clear(call)` removes. */
    cookie<const Name extends string = 'session'>(
      options: CookieSessionOptions<Services, Session, Name>,
    ): CookieSession<Services, Session, Name>
    /** From a key in a header, `x-api-key` unless you name another. */
    apiKey<const Name extends string = 'x-api-key'>(
      options: ApiKeySessionOptions<Services, Session, Name>,
    ): HeaderSession<Services, Session, Name>
  }
}

/**
 * Binds your services and session types, once.
 *
 * ```ts
 * export const { func, app } = pikku<Services, Session>()
 * ```
 */
export function pikku<Services, Session>(): Pikku<Services, Session> {
  return {
    func: defineFunc,
    channel: defineChannel,
    app: (definition) => ({ definition }),
    permission: (name, check) => ({ name, check }),
    route: defineRoute,
    middleware: (middleware) => middleware,
    services: (factories) => factories,
    session: { bearer: (resolve) => ({ from: 'bearer', resolve }), cookie: cookieSession, apiKey: apiKeySession },
  }
}

function defineFunc(optionsOrHandler: object, handler?: object): never {
  return Object.assign(handler ?? optionsOrHandler, { options: handler ? optionsOrHandler : {} }) as never
}
