import { defineError } from 'pikku'

export class InvalidCursor extends defineError('INVALID_CURSOR', {
  status: 400,
  detail: 'This cursor belongs to another order, or is none. Start again from the first page.',
}) {}

/** Where a page ended: what the list was sorted by, and the last item's place in that order. */
export interface Cursor {
  sort: string
  at: string
  id: string
}

/** A text that callers hand back to get the next page; what is in it is our own business. */
export function toCursor({ sort, at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([sort, at, id])).toString('base64url')
}

/** Reads a cursor of this order, or throws {@link InvalidCursor}. */
export function fromCursor(text: string, expected: string): Cursor {
  const [sort, at, id] = parse(text)
  if (sort !== expected || !isTime(at) || typeof id !== 'string' || !uuid.test(id)) throw new InvalidCursor()
  return { sort, at, id }
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function parse(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function isTime(value: unknown): value is string {
  if (value === 'infinity') return true
  return typeof value === 'string' && time.test(value) && !value.startsWith('0000') && !Number.isNaN(Date.parse(value))
}
