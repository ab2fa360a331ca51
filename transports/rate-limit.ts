import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiter } from '../core/index.ts'

/** Counts calls in the memory of this process. Of several processes each counts for itself. */
export function memoryRateLimiter(): RateLimiter {
  return limiterOf((points, duration) => new RateLimiterMemory({ points, duration }))
}

/** How calls are counted in Redis. */
export interface RedisRateLimiterOptions {
  /** What the keys begin with. Default `pikku:rate`. */
  readonly prefix?: string
}

/**
 * Counts calls in Redis, for all processes of an app together.
 *
 * @param client of `ioredis`, or of `redis` 5 and later.
 */
export function redisRateLimiter(client: object, { prefix = 'pikku:rate' }: RedisRateLimiterOptions = {}): RateLimiter {
  const useRedisPackage = 'isOpen' in client
  return limiterOf(
    (points, duration) =>
      new RateLimiterRedis({
        storeClient: client,
        useRedisPackage,
        keyPrefix: `${prefix}:${points}/${duration}`,
        points,
        duration,
      }),
  )
}

function limiterOf(create: (points: number, duration: number) => RateLimiterAbstract): RateLimiter {
  const limiters = new Map<string, RateLimiterAbstract>()
  return {
    async take(key, limit, window) {
      const name = `${limit}/${window}`
      const limiter = limiters.get(name) ?? create(limit, window)
      limiters.set(name, limiter)
      return limiter.consume(key).then(
        (result) => toTaken(result, true),
        (error: unknown) => {
          if (error instanceof RateLimiterRes) return toTaken(error, false)
          throw error
        },
      )
    },
  }
}

function toTaken({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean) {
  return { allowed, remaining: remainingPoints, resets: Math.max(1, Math.ceil(msBeforeNext / 1000)) }
}
