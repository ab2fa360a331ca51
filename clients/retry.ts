import type { PikkuError } from '../core/index.ts'

/**
 * Milliseconds to wait before a try is repeated: the seconds that the server asks for by `retry-after` (RFC 9110,
 * 10.2.3), and up to 250 ms, doubled with each try and at most 5 s, at random, so that clients do not come back all at
 * once. `undefined` when the status (0: no answer) says that trying again makes no sense, when it would come too late,
 * or when the server names a date, which clocks that differ would miss.
 */
export function retryDelay(
  { status, retryAfter = 0 }: Pick<PikkuError, 'status' | 'retryAfter'>,
  tried: number,
  timeout: number,
): number | undefined {
  const delay = retryAfter * 1000 + Math.random() * Math.min(5000, 250 * 2 ** tried)
  return [0, 429, 502, 503, 504].includes(status) && delay < (timeout || 60_000) ? delay : undefined
}
