import { encodeBuffer, encodeBytes } from './bytes.ts'
import { invalid } from './invalid.ts'

/** An array of pairs, as a `Map` whose keys and values are still as they came. */
export function toPairs(wire: unknown): Map<unknown, unknown> | typeof invalid {
  if (!Array.isArray(wire)) return invalid
  const pairs = new Map<unknown, unknown>()
  for (let at = 0; at < wire.length; at++) {
    const pair: unknown = wire[at]
    if (!Array.isArray(pair) || pair.length !== 2) return invalid
    pairs.set(pair[0], pair[1])
  }
  return pairs
}

/** Whether no two items of a list are the same on the wire. */
export function areUnique(items: readonly unknown[]): boolean {
  try {
    return new Set(items.map(wireText)).size === items.length
  } catch {
    // Only what has no end can be no text, and that is no JSON either.
    return false
  }
}

/** Text that is the same for two values when JSON cannot tell them apart. */
function wireText(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (value instanceof Map || value instanceof Set || Array.isArray(value))
    return `[${[...value].map(wireText).join()}]`
  if (value instanceof Date || value instanceof URL) return JSON.stringify(value)
  if (value instanceof Uint8Array) return String(encodeBytes(value))
  if (value instanceof ArrayBuffer) return String(encodeBuffer(value))
  const fields = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${fields
    .map(([key, item]) => `${JSON.stringify(key)}:${wireText(item)}`)
    .sort()
    .join()}}`
}
