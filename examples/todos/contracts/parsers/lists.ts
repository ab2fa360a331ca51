// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject, longer, uuid } from 'pikku/parse'

const pattern = /\S/u

/** What `lists.list` gives. */
export function encodeListOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeList(item)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}

/** A `List` onto the wire. */
export function encodeList(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, name, open, done } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof name !== 'string' || name === '' || longer(name, 60) || !pattern.test(name)) return invalid
  if (typeof open !== 'number' || !Number.isFinite(open)) return invalid
  if (typeof done !== 'number' || !Number.isFinite(done)) return invalid
  return { id, name, open, done }
}

/** What `lists.create` takes. */
export function decodeCreateInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string' || name === '' || longer(name, 60) || !pattern.test(name)) return invalid
  return { name }
}

/** What `lists.create` gives. */
export const encodeCreateOutput = encodeList

/** What comes with `NOT_FOUND`. */
export function encodeNotFoundData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What comes with `TOO_MANY_LISTS`. */
export function encodeTooManyListsData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { limit } = value
  if (typeof limit !== 'number' || !Number.isFinite(limit)) return invalid
  return { limit }
}

/** What `lists.rename` takes. */
export function decodeRenameInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, name } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof name !== 'string' || name === '' || longer(name, 60) || !pattern.test(name)) return invalid
  return { id, name }
}

/** What `lists.rename` gives. */
export const encodeRenameOutput = encodeList

/** What `lists.remove` takes. */
export function decodeRemoveInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}
