import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'

/** The answer to what a server hands over as a request and is none. */
export function unreadable(hono: PikkuHono): Response {
  return refusal(hono, new PikkuError('BAD_REQUEST', { detail: 'This is not a request that can be read.' }))
}

/** The answer to what is refused before any operation is called. */
export function refusal({ operations: { endpoint } }: PikkuHono, error: unknown): Response {
  const { status, headers, body } = endpoint.problem(error, crypto.randomUUID())
  return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) })
}
