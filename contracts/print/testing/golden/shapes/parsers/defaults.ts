// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeDate, type Fields, invalid, isObject } from 'pikku/parse'

/** What `defaults.set` takes. */
export function decodeSetInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { mode, since, tags, settings } = value
  if (mode !== undefined && mode !== 'on' && mode !== 'off') return invalid
  const mode2 = mode === undefined ? 'on' : mode
  const since2: unknown = since === undefined ? '2026-01-01T00:00:00Z' : since
  const since3 = since2 === undefined ? since2 : decodeDate(since2)
  if (since3 === invalid) return invalid
  const tags2: unknown = tags === undefined ? [] : tags
  if (!Array.isArray(tags2)) return invalid
  const tags3: unknown[] = []
  for (let at = 0; at < tags2.length; at++) {
    const item: unknown = tags2[at]
    if (typeof item !== 'string') return invalid
    tags3.push(item)
  }
  const settings2 = decodeSettings(settings)
  if (settings2 === invalid) return invalid
  return { mode: mode2, since: since3, tags: tags3, settings: settings2 }
}

/** A `Settings` from the wire. */
export function decodeSettings(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { size, theme } = value
  if (size !== undefined && (typeof size !== 'number' || !Number.isSafeInteger(size))) return invalid
  const size2 = size === undefined ? 10 : size
  if (theme !== undefined && typeof theme !== 'string') return invalid
  const theme2 = theme === undefined ? "'dark'" : theme
  return { size: size2, theme: theme2 }
}

/** A `Settings` onto the wire. */
export function encodeSettings(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { size, theme } = value
  if (typeof size !== 'number' || !Number.isSafeInteger(size)) return invalid
  if (theme !== undefined && typeof theme !== 'string') return invalid
  const value2: Fields = { size }
  if (theme !== undefined) value2['theme'] = theme
  return value2
}

/** What `defaults.set` gives. */
export const encodeSetOutput = encodeSettings
