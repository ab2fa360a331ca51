// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { type Fields, invalid, isObject } from 'pikku/parse'

/** What `downloads.report` takes. */
export function decodeReportInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string') return invalid
  return { name }
}

/** What `downloads.film` takes. */
export function decodeFilmInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.shown` takes. */
export function decodeShownInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.blob` takes. */
export function decodeBlobInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { size } = value
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  return { size }
}

/** What `downloads.bytes` takes. */
export function decodeBytesInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.csv` takes. */
export function decodeCsvInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { rows } = value
  if (typeof rows !== 'number' || !Number.isFinite(rows)) return invalid
  return { rows }
}

/** What `downloads.stream` takes. */
export function decodeStreamInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { chunks } = value
  if (typeof chunks !== 'number' || !Number.isFinite(chunks)) return invalid
  return { chunks }
}

/** What `downloads.broken` takes. */
export function decodeBrokenInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.echo` takes. */
export function decodeEchoInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof ReadableStream)) return invalid
  return { body }
}

/** What `downloads.page` takes. */
export function decodePageInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.away` takes. */
export function decodeAwayInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `downloads.cached` takes. */
export function decodeCachedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { size } = value
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  return { size }
}

/** What `downloads.cached` gives. */
export function encodeCachedOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `downloads.long` takes. */
export function decodeLongInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { size } = value
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  return { size }
}

/** What `downloads.long` gives. */
export function encodeLongOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text, user } = value
  if (typeof text !== 'string') return invalid
  if (user !== undefined && typeof user !== 'string') return invalid
  const value2: Fields = { text }
  if (user !== undefined) value2['user'] = user
  return value2
}
