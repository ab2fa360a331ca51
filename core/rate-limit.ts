import type { Call, OfCall } from './call.ts'
import { PikkuError } from './errors.ts'

/** How often a function may be called. */
export interface RateLimit<Session = never, CallType = Call<Session>> {
  /** Calls in each window. */
  readonly limit: number
  /** Seconds. */
  readonly window: number
  /**
   * Whose calls are counted together, such as `({ session }) => session.userId`. Default: those of one network address,
   * of IPv6 those of one network (/64). What has no name or no address is counted together too.
   */
  readonly by?: OfCall<Session, string | undefined, CallType>
}

/** What a {@link RateLimiter} answers. */
export interface Taken {
  /** Whether the call may go on. */
  readonly allowed: boolean
  /** Calls that are left in this window. */
  readonly remaining: number
  /** Seconds until the window ends. */
  readonly resets: number
}

/** Counts calls. `memoryRateLimiter` and `redisRateLimiter` of `pikku/rate-limit` are some. */
export interface RateLimiter {
  /** Counts one call under a key, of which `limit` are allowed in `window` seconds. */
  take(key: string, limit: number, window: number): Taken | Promise<Taken>
}

/** Why a limit cannot be held, if it cannot. */
export function problemOfLimit({ limit, window }: RateLimit): string | undefined {
  const isWhole = (value: number) => Number.isSafeInteger(value) && value > 0
  return isWhole(limit) && isWhole(window)
    ? undefined
    : `rateLimit has the limit ${limit} and the window ${window}: both are whole numbers above 0.`
}

/**
 * Counts a call against the limits of its function: those by address before anything else is done, the others once it is
 * known who calls.
 *
 * @throws PikkuError `TOO_MANY_REQUESTS` beyond a limit, `UNAVAILABLE` when nothing can count: a limit that is not held
 *   is none.
 */
export async function countCall(
  limiter: RateLimiter,
  operation: { readonly name: string; readonly limits: readonly RateLimit[] },
  call: Call<unknown>,
  known: 'address' | 'session',
): Promise<void> {
  for (const [position, { limit, window, by }] of operation.limits.entries()) {
    if ((known === 'session') !== (by !== undefined)) continue
    const key = by ? (by as OfCall<unknown, string | undefined>)(call) : networkOf(call.address)
    const { allowed, remaining, resets } = await take(
      limiter,
      `${operation.name}:${position}:${key ?? ''}`,
      limit,
      window,
    )
    // https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers (10)
    call.reply?.headers.append('ratelimit-policy', `"${position}";q=${limit};w=${window}`)
    call.reply?.headers.append('ratelimit', `"${position}";r=${remaining};t=${resets}`)
    if (!allowed) {
      const detail = `This may be called ${limit} times in ${window} s. Try again in ${resets} s.`
      throw new PikkuError('TOO_MANY_REQUESTS', { detail, retryAfter: resets })
    }
  }
}

async function take(limiter: RateLimiter, key: string, limit: number, window: number): Promise<Taken> {
  try {
    return await limiter.take(key, limit, window)
  } catch (cause) {
    throw new PikkuError('UNAVAILABLE', { cause, detail: 'Calls cannot be counted just now.', retryAfter: 1 })
  }
}

/** The address, or of IPv6 the network: who has one address of those has them all. */
function networkOf(address: string | undefined): string | undefined {
  if (!address?.includes(':')) return address
  const [head = '', tail] = address.split('::')
  const left = head.split(':')
  const right = tail?.split(':') ?? []
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((part) => part || '0')
    .join(':')
}
