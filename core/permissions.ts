import type { Call } from './call.ts'

/** Whether this caller may make this call with this input. A throw refuses too, with that error. */
export type Check<Services, Input, Session> = (
  services: Services,
  input: Input,
  call: Call<Session>,
) => boolean | Promise<boolean>

/** A named check, or several joined by {@link all} and {@link any}. */
export interface PermissionCheck<Services, Input, Session> {
  /** What the check is called in logs and documents: `isOwner`, `any(isOwner, isAdmin)`. */
  readonly name: string
  readonly check: Check<Services, Input, Session>
}

/** Passes when every one of the checks passes. They run in order, and stop at the first that fails. */
export function all<Services, Input, Session>(
  ...checks: readonly PermissionCheck<Services, Input, Session>[]
): PermissionCheck<Services, Input, Session> {
  return {
    name: `all(${checks.map((check) => check.name).join(', ')})`,
    check: async (services, input, call) => {
      for (const { check } of checks) if (!(await check(services, input, call))) return false
      return true
    },
  }
}

/** Passes when at least one of the checks passes. They run in order, and stop at the first that passes. */
export function any<Services, Input, Session>(
  ...checks: readonly PermissionCheck<Services, Input, Session>[]
): PermissionCheck<Services, Input, Session> {
  return {
    name: `any(${checks.map((check) => check.name).join(', ')})`,
    check: async (services, input, call) => {
      for (const { check } of checks) if (await check(services, input, call)) return true
      return false
    },
  }
}
