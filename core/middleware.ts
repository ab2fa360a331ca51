import type { Call } from './call.ts'

/** Runs the rest of the call and gives back its output. Call it once, or not at all to answer instead. */
export type Next = () => Promise<unknown>

/**
 * Stands around a handler. What it returns is the output of the call, so it is checked and stripped
 * by the contract like the handler's own.
 */
export type Middleware<Services, Session, CallType = Call<Session>> = (
  services: Services,
  input: unknown,
  call: CallType,
  next: Next,
) => unknown
