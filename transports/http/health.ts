import { type LazyServices, PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { requestIdOf } from './endpoint.ts'
import { problemOf, problemType } from './problem.ts'

/** Where a server says how it is. */
export interface HealthOptions<Services> {
  /** Answers 200 as long as the process runs. Default `/health`. */
  readonly live?: string
  /** Answers 200 as long as the server takes calls: 503 while it stops, or when `check` fails. Default `/ready`. */
  readonly ready?: string
  /**
   * Asks what the app cannot do without: `async ({ db }) => (await db).query('select 1')`. A throw, `false`, or no answer
   * within 5 s means that the app is not ready.
   */
  readonly check?: (services: LazyServices<Services>, signal: AbortSignal) => unknown
}

/** How long a check may take, in milliseconds. */
const limit = 5_000

/**
 * Serves `/health` and `/ready` for load balancers and orchestrators. What failed is logged and not told: these
 * addresses are open to everybody.
 */
export function addHealth<Services>(hono: PikkuHono, options: HealthOptions<Services>, stopping: () => boolean): void {
  const { live = '/health', ready = '/ready', check } = options
  const { runtime } = hono.operations
  hono.get(live, (context) => context.json({ status: 'up' }, 200, noStore))
  hono.get(ready, async (context) => {
    if (!stopping() && (await passes())) return context.json({ status: 'ready' }, 200, noStore)
    const detail = stopping() ? 'The server is stopping.' : 'The server is not ready.'
    const problem = problemOf(new PikkuError('UNAVAILABLE', { detail }), requestIdOf(context.req))
    return context.body(JSON.stringify(problem), 503, { 'content-type': problemType, ...noStore })
  })

  /** One check serves everybody who asks while it runs, so that asking often costs nothing. */
  let running: Promise<boolean> | undefined
  const passes = () => {
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
  const run = async () => {
    const signal = AbortSignal.timeout(limit)
    try {
      const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      const answer = await Promise.race([check?.(runtime.services as LazyServices<Services>, signal), late])
      return answer !== false
    } catch (error) {
      runtime.log.warn({ error }, 'the readiness check failed')
      return false
    }
  }
}

const noStore = { 'cache-control': 'no-store' }
