import { type ErrorInit, PikkuError, statusOf } from '../core/index.ts'
import type { Operation } from './operation.ts'
import { own, type Plans, revive } from './plan.ts'

/** The connection failed before there was an answer, or before all of it was there. */
export function unreachable(name: string, response?: Response, cause?: unknown): PikkuError {
  return failure('UNREACHABLE', response, { status: 0, detail: `The connection failed during ${name}.`, cause })
}

/** What was answered is not what the contract says: another version of the app, or another server. */
export function badAnswer(name: string, response: Response, cause?: unknown): PikkuError {
  const { status } = response
  return failure('BAD_ANSWER', response, { status, detail: `The answer to ${name} breaks its contract.`, cause })
}

/**
 * The error behind an answer that is no success, or behind the event that ends a stream. What somebody else than
 * Pikku wrote stays out of it.
 */
export function toFailure(name: string, { e: plansByCode = {} }: Operation, response: Response, text: string, plans: Plans): PikkuError {
  const { ok, status } = response
  if (ok || headerOf(response, 'content-type')?.startsWith('application/problem+json')) {
    try {
      // Problem details (RFC 9457) are written from a PikkuError and have its members. Those of others have no code.
      const problem = JSON.parse(text) as PikkuError
      if (problem.code) {
        const data = revive(own(plansByCode, problem.code), problem.data, plans)
        // A stream began with 200, and only its problem knows better.
        const init = { ...problem, data, status: ok ? problem.status : status, cause: undefined } as ErrorInit
        return failure(problem.code, response, init)
      }
    } catch (cause) {
      return badAnswer(name, response, cause)
    }
  }
  const known = Object.entries(statusOf).find(([, standard]) => standard === status)?.[0]
  const code = known ?? (status < 500 ? 'BAD_REQUEST' : 'UNAVAILABLE')
  return failure(code, response, { status, detail: `${name} was answered with status ${status}.` })
}

/** A header of an answer. */
export function headerOf(response: Response | undefined, name: string): string | undefined {
  return response?.headers.get(name) ?? undefined
}

function failure(code: string, response: Response | undefined, init: ErrorInit): PikkuError {
  const error = new PikkuError(code, init)
  error.requestId = headerOf(response, 'x-request-id')
  return error
}
