import type { Operation } from './operation.ts'
import type { RuntimeOptions } from './runtime.ts'
import type { ServiceContainer } from './services.ts'

/** What an app and its server are made of. */
export interface Parts {
  /** Those of channels too. */
  readonly operations: readonly Operation[]
  readonly sources: readonly unknown[]
  readonly sessionServices: readonly string[]
  readonly container: ServiceContainer
  readonly options: Pick<RuntimeOptions<never>, 'rateLimiter' | 'idempotency'>
}

/** What operations need and the app, or its server, does not have: a sentence each, with what to do. */
export function* lacking(parts: Parts): Generator<string> {
  const { operations, sources, sessionServices, container, options } = parts
  for (const { name, auth, limits, idempotency } of operations) {
    if (auth && sources.length === 0) {
      yield `${name} needs a session, and the app has no way to make one. ` +
        'Give app() a `session`, or say `func({ auth: false }, …)` if everybody may call it.'
    }
    if (limits.length > 0 && !options.rateLimiter) {
      yield `${name} has a rate limit, and nothing counts its calls. ` +
        'Give `rateLimiter: memoryRateLimiter()`, or `redisRateLimiter(…)`, of pikku/rate-limit.'
    }
    if (idempotency && !options.idempotency) {
      yield `${name} has idempotency keys, and nothing keeps its answers. ` +
        'Give `idempotency: memoryIdempotency()`, or `redisIdempotency(…)`, of pikku/idempotency.'
    }
  }
  for (const name of sessionServices) {
    if (!container.has(name)) yield `The session is made with ${name}, which \`services\` has no factory for.`
  }
}
