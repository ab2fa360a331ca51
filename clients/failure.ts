import { type ErrorInit, PikkuError, statusOf } from '../core/index.ts'
import { convert, own, type Plans } from './plan.ts'

/** An error as the client throws it, with the id of the request it belongs to. Status 0: there was no answer. */
export function failure(code: string, init: ErrorInit & { requestId?: string }, response?: Response): PikkuError {
  const error = new PikkuError(code, { status: response?.status ?? 0, ...init })
  error.requestId = response?.headers.get('x-request-id') ?? init.requestId
  // A date, which clocks that differ would miss, is NaN.
  error.retryAfter = +(response?.headers.get('retry-after') ?? 0)
  return error
}

/** The connection failed before there was an answer, or before all of it was there. */
export function unreachable(name: string, response?: Response, cause?: unknown): PikkuError {
  return failure('UNREACHABLE', { status: 0, detail: `${name}: the connection failed.`, cause }, response)
}

/** What was answered is not what the contract says: another version of the app, or another server. */
export function badAnswer(name: string, response: Response, cause?: unknown): PikkuError {
  return failure('BAD_ANSWER', { detail: `${name}: the answer breaks the contract.`, cause }, response)
}

/**
 * The error behind an answer that is no success, or behind the event that ends a stream. What somebody else than
 * Pikku wrote stays out of it.
 */
export function toFailure(
  name: string,
  response: Response,
  text: string,
  plansByCode: Plans | undefined,
  plans: Plans,
): PikkuError {
  const { ok, status } = response
  if (ok || isOf(response, 'application/problem+json')) {
    try {
      // Problem details (RFC 9457) are written from a PikkuError and have its members. Those of others have no code.
      const problem = JSON.parse(text) as PikkuError
      const data = convert(own(plansByCode, problem.code), problem.data, plans, true)
      if (problem.code) return failure(problem.code, { ...problem, data } as ErrorInit, response)
    } catch (cause) {
      return badAnswer(name, response, cause)
    }
  }
  const known = Object.entries(statusOf).find(([, standard]) => standard === status)?.[0]
  const code = known ?? (status < 400 ? 'BAD_ANSWER' : status < 500 ? 'BAD_REQUEST' : 'UNAVAILABLE')
  return failure(code, { detail: `${name}: answered with status ${status}.` }, response)
}

/** Whether an answer is of this media type. */
export function isOf({ headers }: Response, type: string): boolean {
  return `${headers.get('content-type')}`.startsWith(type)
}
