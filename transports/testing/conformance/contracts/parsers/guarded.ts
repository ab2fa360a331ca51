// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject } from 'pikku/parse'

/** What `guarded.open` takes. */
export function decodeOpenInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { owner } = value
  if (typeof owner !== 'string') return invalid
  return { owner }
}

/** What `guarded.open` gives. */
export function encodeOpenOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}
