import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PikkuHono } from './hono.ts'
import { toNodeListener } from './http/node-app.ts'

/** A handler of Express 4 and 5, by its shape. */
export type ExpressHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void

/**
 * An app to mount in Express, in front of body parsers. It answers everything below the path where it is mounted.
 *
 * ```ts
 * express().use('/api', toExpressHandler(createHono(app, { contracts, services })))
 * ```
 *
 * Sockets are opened by `attachSockets` of `pikku/sockets`.
 */
export function toExpressHandler(hono: PikkuHono): ExpressHandler {
  const listener = toNodeListener(hono)
  return (request, response, next) => {
    if (request.readableDidRead) return next(new Error(parsed))
    listener(request, response)
  }
}

const parsed =
  'The body of this request was read before Pikku could. Mount Pikku before `express.json()` and other body parsers.'
