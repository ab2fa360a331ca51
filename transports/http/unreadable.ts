import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { toResponse } from './fetch-listener.ts'

/** The answer to what a server hands over as a request and is none. */
export function unreadable(hono: PikkuHono): Response {
  return refusal(hono, new PikkuError('BAD_REQUEST', { detail: 'This is not a request that can be read.' }))
}

/** The answer to what is refused before any operation is called. */
export function refusal({ operations: { endpoint } }: PikkuHono, error: unknown): Response {
  return toResponse(endpoint.problem(error, crypto.randomUUID()))
}
