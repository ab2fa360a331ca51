import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'

/** The answer to what a server hands over as a request and is none. */
export function unreadable({ operations: { endpoint } }: PikkuHono): Response {
  const refused = new PikkuError('BAD_REQUEST', { detail: 'This is not a request that can be read.' })
  const { status, headers, body } = endpoint.problem(refused, crypto.randomUUID())
  return new Response(body, { status, headers: headers.map(([name, value]) => [name, value]) })
}
