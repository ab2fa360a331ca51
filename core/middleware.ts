import type { Call } from './call.ts'
import type { Operation } from './operation.ts'

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

/** Runs the handler of an operation with what stands around it. */
export function throughMiddleware(
  operation: Operation,
  services: unknown,
  input: unknown,
  call: Call<unknown>,
): unknown {
  const { middleware: around } = operation
  if (around.length === 0) return operation.handler(services, input, call)
  const run = (position: number): unknown => {
    const middleware = around[position]
    if (!middleware) return operation.handler(services, input, call)
    return middleware(services, input, call, async () => run(position + 1))
  }
  return run(0)
}
