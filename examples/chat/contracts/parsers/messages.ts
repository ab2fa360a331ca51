// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeBigInt, type Fields, invalid, isObject } from 'pikku/parse'
import { encodeMessage } from './shared.ts'

/** A `History` from the wire. */
export function decodeHistory(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room, before, limit } = value
  if (typeof room !== 'string') return invalid
  const before2 = before === undefined ? before : decodeBigInt(before)
  if (before2 === invalid) return invalid
  if (
    limit !== undefined && (typeof limit !== 'number' || !Number.isFinite(limit) || limit < 1 || limit > 200)
  ) {
    return invalid
  }
  const limit2 = limit === undefined ? 50 : limit
  const value2: Fields = { room }
  if (before2 !== undefined) value2['before'] = before2
  value2['limit'] = limit2
  return value2
}

/** What `messages.list` takes. */
export const decodeListInput = decodeHistory

/** A `Page` onto the wire. */
export function encodePage(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { items, more } = value
  if (!Array.isArray(items)) return invalid
  const items2: unknown[] = []
  for (let at = 0; at < items.length; at++) {
    const item: unknown = items[at]
    const item2 = encodeMessage(item)
    if (item2 === invalid) return invalid
    items2.push(item2)
  }
  if (typeof more !== 'boolean') return invalid
  return { items: items2, more }
}

/** What `messages.list` gives. */
export const encodeListOutput = encodePage
