import type { Call } from './call.ts'
import type { AnyChannel } from './channel.ts'
import type { Middleware } from './middleware.ts'
import type { SessionSource } from './session.ts'

/** What can be wired: a function made by `func`, or a plain one of the same form. */
export type Wirable<Services, Session> = (services: Services, input: never, call: Call<Session>) => unknown

/** Functions by name, or modules of them (`import * as todos`). Exports that are no functions are passed over. */
export interface RpcTree {
  readonly [name: string]: unknown
}

/** `GET /todos/:id` */
export type RouteKey = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

/** Everything an app exposes. */
export interface AppDefinition<Services, Session> {
  /** `api.<module>.<name>(…)` in the client, and `POST /rpc/<module>.<name>`. */
  readonly rpc?: RpcTree
  /** HTTP routes: `'GET /todos/:id': todos.get`. */
  readonly http?: { readonly [Route in RouteKey]?: Wirable<Services, Session> }
  /** Channels by path: `'/rooms/:room': room`. */
  readonly channels?: { readonly [Path in `/${string}`]?: AnyChannel<Services, Session> }
  /** Where sessions come from, asked in order. */
  readonly session?: SessionSource<Services, Session> | readonly SessionSource<Services, Session>[]
  /** Stands around every call, outside of a function's own. */
  readonly middleware?: readonly Middleware<Services, Session | undefined>[]
}

/** An app: what it exposes, not yet how. Hand it to `createHono`, `serve` or any other way in. */
export interface App<Services, Session, Definition = unknown> {
  readonly definition: Definition
  /** Type only. */
  readonly '~types'?: { readonly services: Services; readonly session: Session }
}

/** The names of a path's parameters: `/lists/:list/todos/:id` has `list` and `id`. */
export type PathParameters<Path extends string> = Path extends `${string}:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | PathParameters<`/${More}`>
    : Rest
  : never

type InputOf<Value> = Value extends (services: never, input: infer Input, ...rest: never[]) => unknown ? Input : unknown

/** Each route as it is, or, where the path names what the input lacks, a sentence that says so. */
export type CheckedRoutes<Http> = {
  [Route in keyof Http]: Exclude<PathParameters<Route & string>, keyof InputOf<Http[Route]>> extends infer Missing
    ? [Missing] extends [never]
      ? Http[Route]
      : `The path names :${Missing & string}, which the input of this function lacks.`
    : never
}

/** Each export as it is, or, where a function cannot be called by Pikku, a sentence that says so. */
export type CheckedRpc<Tree, Services, Session> = {
  [Name in keyof Tree]: Tree[Name] extends
    | (abstract new (
        ...args: never
      ) => unknown)
    | { readonly '~standard': unknown }
    | { readonly '~channel': unknown }
    ? Tree[Name]
    : Tree[Name] extends (...args: infer Parameters) => unknown
      ? Tree[Name] extends { readonly options: unknown }
        ? Tree[Name] extends Wirable<Services, Session>
          ? Tree[Name]
          : 'This function was made for other services or another session.'
        : Parameters extends []
          ? 'A function without parameters is wired only when func() makes it, so that no helper is exposed by accident.'
          : Tree[Name] extends Wirable<Services, Session>
            ? Tree[Name]
            : 'This is no (services, input, call) function. Move helpers out of modules that are wired.'
      : Tree[Name] extends object
        ? CheckedRpc<Tree[Name], Services, Session>
        : Tree[Name]
}
