import type { IncomingMessage, RequestListener } from 'node:http'
import { getRequestListener, type Http2Bindings, type HttpBindings } from '@hono/node-server'
import type { PikkuHono } from '../hono.ts'
import { dropRest, hasArrived } from './linger.ts'
import { createNodeListener } from './node-listener.ts'

/** An app as a listener of `node:http`: plain calls are answered straight, everything else goes through Hono. */
export function toNodeListener(hono: PikkuHono): RequestListener {
  return createNodeListener(hono.operations, toHonoListener(hono))
}

/** An app as a listener of `node:http` that goes through Hono with everything. */
export function toHonoListener(hono: PikkuHono): RequestListener {
  const answer = async (request: Request, env: HttpBindings | Http2Bindings) => {
    const response = await hono.fetch(request, env)
    const isEmpty = response.status === 204 || response.status === 304
    return 'stream' in env.incoming || isEmpty || hasArrived(env.incoming)
      ? response
      : whenHeard(response, env.incoming)
  }
  return getRequestListener(answer, { overrideGlobalObjects: false })
}

/** An answer that ends when its sender has heard it, as `endWhenHeard` does it. */
async function whenHeard(response: Response, message: IncomingMessage): Promise<Response> {
  const { status } = response
  const headers = new Headers(response.headers)
  headers.set('connection', 'close')
  let { body } = response
  if (/^(?:application\/(?:problem\+)?json|text\/plain)\b/.test(headers.get('content-type') ?? '')) {
    // With its length it is whole before it ends.
    const whole = await response.blob()
    headers.set('content-length', String(whole.size))
    body = whole.stream()
  }
  const rest = new TransformStream({ flush: () => new Promise<void>((done) => dropRest(message, done)) })
  return new Response((body ?? new Blob().stream()).pipeThrough(rest), { status, headers })
}
