import { invalid } from './invalid.ts'

/** An absolute URL, as a `URL`. */
export function decodeUrl(wire: unknown): URL | typeof invalid {
  return typeof wire === 'string' ? (URL.parse(wire) ?? invalid) : invalid
}

/** A `URL` as its text. */
export function encodeUrl(value: unknown): string | typeof invalid {
  return value instanceof URL ? value.href : invalid
}
