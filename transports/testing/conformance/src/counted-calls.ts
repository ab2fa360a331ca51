import type { RateLimiter, Taken } from 'pikku'

/** Counts calls in windows that never end. */
export class CountedCalls implements RateLimiter {
  readonly #calls = new Map<string, number>()

  take(key: string, limit: number, window: number): Taken {
    const calls = (this.#calls.get(key) ?? 0) + 1
    this.#calls.set(key, calls)
    return { allowed: calls <= limit, remaining: Math.max(0, limit - calls), resets: window }
  }
}
