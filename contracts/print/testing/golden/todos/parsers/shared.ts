// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeDate, type Fields, invalid, isObject, longer, uuid } from 'pikku/parse'

/** A `Todo` onto the wire. */
export function encodeTodo(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, title, due, done } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof title !== 'string' || title === '' || longer(title, 200)) return invalid
  const due2 = due === undefined ? due : encodeDate(due)
  if (due2 === invalid) return invalid
  if (typeof done !== 'boolean') return invalid
  const value2: Fields = { id, title }
  if (due2 !== undefined) value2['due'] = due2
  value2['done'] = done
  return value2
}
