// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject } from 'pikku/parse'

/** What `failures.unknown` takes. */
export function decodeUnknownInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `failures.unknown` gives. */
export function encodeUnknownOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `failures.lie` takes. */
export function decodeLieInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `failures.lie` gives. */
export function encodeLieOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'number' || !Number.isFinite(text)) return invalid
  return { text }
}

/** What `failures.slow` takes. */
export function decodeSlowInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `failures.stuck` takes. */
export function decodeStuckInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `failures.seldom` takes. */
export function decodeSeldomInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `failures.seldomEach` takes. */
export function decodeSeldomEachInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `failures.seldomEach` gives. */
export function encodeSeldomEachOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}
