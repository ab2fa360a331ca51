// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject } from 'pikku/parse'

/** What `streams.ticks` takes. */
export function decodeTicksInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { upTo } = value
  if (typeof upTo !== 'number' || !Number.isFinite(upTo)) return invalid
  return { upTo }
}

/** Each item of `streams.ticks`. */
export function encodeTicksOutput(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid
  return value
}

/** What `streams.counting` takes. */
export function decodeCountingInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** Each item of `streams.counting`. */
export function encodeCountingOutput(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid
  return value
}

/** What `streams.counted` takes. */
export function decodeCountedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { upTo } = value
  if (typeof upTo !== 'number' || !Number.isFinite(upTo)) return invalid
  return { upTo }
}

/** Each item of `streams.counted`. */
export function encodeCountedOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { count } = value
  if (typeof count !== 'number' || !Number.isFinite(count)) return invalid
  return { count }
}

/** What `streams.flood` takes. */
export function decodeFloodInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** Each item of `streams.flood`. */
export function encodeFloodOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}
