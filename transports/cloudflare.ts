import type { Context, ExecutionContext } from 'hono'
import type { App } from '../core/index.ts'
import { createHono, type HonoOptions, type PikkuHono } from './hono.ts'

/** A module that Cloudflare Workers runs. */
export interface Worker<Env> {
  fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response>
}

/**
 * An app as a worker: the default export of its module.
 *
 * ```ts
 * export default createWorker(app, (env: Env) => ({ contracts, services: { todos: () => env.TODOS } }))
 * ```
 *
 * @param options is called with the bindings at the first request, since there are none before.
 */
export function createWorker<Services, Session, Env = unknown>(
  app: App<Services, Session>,
  options: (env: Env) => HonoOptions<Services>,
): Worker<Env> {
  let hono: PikkuHono | undefined
  return {
    async fetch(request, env, context) {
      // Cloudflare compresses what it sends, and would do so once more.
      hono ??= createHono(app, { address: addressOf, ...options(env), compress: false })
      return hono.fetch(request, env, context)
    },
  }
}

/** Cloudflare writes this header itself, whatever the caller sent (Cloudflare HTTP headers, CF-Connecting-IP). */
function addressOf({ req }: Context): string | undefined {
  return req.header('cf-connecting-ip')
}
