import type { Wirable } from './app.ts'
import type { Call } from './call.ts'
import type { Func, FuncOptions } from './func.ts'

/**
 * Whether this caller may make this call with this input. A throw refuses too, with that error. One that looks at a
 * `ChannelCall` fits the messages of such channels alone.
 */
export type Check<Services, Input, Session, CallType = Call<Session>> = (
  services: Services,
  input: Input,
  call: CallType,
) => boolean | Promise<boolean>

/** A named check, or several joined by {@link all} and {@link any}. */
export interface PermissionCheck<Services, Input, Session, CallType = Call<Session>> {
  /** What the check is called in logs and documents: `isOwner`, `any(isOwner, isAdmin)`. */
  readonly name: string
  readonly check: Check<Services, Input, Session, CallType>
}

/** Passes when every one of the checks passes. They run in order, and stop at the first that fails. */
export function all<Services, Input, Session, CallType = Call<Session>>(
  ...checks: readonly PermissionCheck<Services, Input, Session, CallType>[]
): PermissionCheck<Services, Input, Session, CallType> {
  return {
    name: `all(${checks.map((check) => check.name).join(', ')})`,
    check: async (services, input, call) => {
      for (const { check } of checks) if (!(await check(services, input, call))) return false
      return true
    },
  }
}

/** Passes when at least one of the checks passes. They run in order, and stop at the first that passes. */
export function any<Services, Input, Session, CallType = Call<Session>>(
  ...checks: readonly PermissionCheck<Services, Input, Session, CallType>[]
): PermissionCheck<Services, Input, Session, CallType> {
  return {
    name: `any(${checks.map((check) => check.name).join(', ')})`,
    check: async (services, input, call) => {
      for (const { check } of checks) if (await check(services, input, call)) return true
      return false
    },
  }
}

/** What a route asks for beyond its function. */
export interface RouteAdditions<Services, Input, Session> {
  /** Checks that must pass before those of the function: one, a list (all of them), or `any(…)`/`all(…)`. */
  readonly permissions: PermissionCheck<Services, Input, Session> | readonly PermissionCheck<Services, Input, Session>[]
}

/** The function of a route with additions: it needs a session, whatever the function itself says. */
export type Routed<Function, Session> = Function extends (
  services: infer Services,
  input: infer Input,
  ...rest: never[]
) => infer Output
  ? Func<Services, Input, Output, Session, Omit<OptionsOf<Function>, 'auth'> & { readonly auth: true }>
  : never

type OptionsOf<Function> = Function extends { readonly options: infer Options } ? Options : {}
type InputOf<Function> = Function extends (services: never, input: infer Input, ...rest: never[]) => unknown
  ? Input
  : never

/** Makes the function of a route that asks for more than the function it leads to. The generator knows it by this name. */
export interface DefineRoute<Services, Session> {
  <Function extends Wirable<Services, Session>>(
    func: Function,
    additions: RouteAdditions<Services, NoInfer<InputOf<Function>>, Session>,
  ): Routed<Function, Session>
  /** Type only. */
  readonly '~types'?: { readonly services: Services; readonly session: Session }
}

type AnyFunction = ((...parameters: never[]) => unknown) & {
  readonly options?: FuncOptions
  readonly '~guards'?: object
}

/** Adds permissions to a function without changing it; bound to your types as `pikku().route`. */
export function defineRoute(func: AnyFunction, { permissions }: RouteAdditions<never, never, never>): never {
  const { options = {} } = func
  return Object.assign((...parameters: never[]) => func(...parameters), {
    options: { ...options, auth: true, permissions: [permissions, options.permissions ?? []].flat() },
    '~guards': func['~guards'] ?? func,
  }) as never
}
