import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { toResponse } from './fetch-listener.ts'

/** The answer to what a server hands over as a request and is none. */
export function unreadable({ operations: { endpoint } }: PikkuHono): Response {
  const refused = new PikkuError('BAD_REQUEST', { detail: 'This is not a request that can be read.' })
  return toResponse(endpoint.problem(refused, crypto.randomUUID()))
}
