/** The value in the middle, and the lowest and highest. */
export interface Spread {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** Sums up what was measured several times. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[0], sorted.at(-1)]
  const [left, right] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.ceil((sorted.length - 1) / 2)]]
  if (low === undefined || high === undefined || left === undefined || right === undefined) {
    throw new RangeError('Nothing was measured.')
  }
  return { median: (left + right) / 2, low, high }
}

/** `1.23 s` or `45 ms`. */
export function formatTime(milliseconds: number): string {
  if (milliseconds >= 9950) return `${(milliseconds / 1000).toFixed(1)} s`
  if (milliseconds >= 999.5) return `${(milliseconds / 1000).toFixed(2)} s`
  return milliseconds >= 9.95 ? `${milliseconds.toFixed(0)} ms` : `${milliseconds.toFixed(1)} ms`
}

/** `1.23 s (1.10 to 1.51)`: the median, and the lowest and highest. */
export function formatSpread(values: readonly number[]): string {
  const { median, low, high } = spreadOf(values)
  if (values.length === 1) return formatTime(median)
  const seconds = median >= 999.5
  const bound = (value: number) => (seconds ? (value / 1000).toFixed(2) : value.toFixed(median >= 9.95 ? 0 : 1))
  return `${formatTime(median)} (${bound(low)} to ${bound(high)})`
}

/** `123 MB`, a million bytes each. */
export function formatMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}

/** `123,456` */
export function formatCount(value: number): string {
  return value.toLocaleString('en')
}
