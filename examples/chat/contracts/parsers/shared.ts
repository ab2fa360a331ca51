// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeBigInt, encodeDate, type Fields, invalid, isObject, uuid } from 'pikku/parse'

/** A `Message` onto the wire. */
export function encodeMessage(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, number, room, author, text, postedAt, file } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  const number2 = encodeBigInt(number)
  if (number2 === invalid) return invalid
  if (typeof room !== 'string') return invalid
  if (typeof author !== 'string') return invalid
  if (typeof text !== 'string') return invalid
  const postedAt2 = encodeDate(postedAt)
  if (postedAt2 === invalid) return invalid
  const file2 = file === undefined ? file : encodeSharedFile(file)
  if (file2 === invalid) return invalid
  const value2: Fields = { id, number: number2, room, author, text, postedAt: postedAt2 }
  if (file2 !== undefined) value2['file'] = file2
  return value2
}

/** A `SharedFile` onto the wire. */
export function encodeSharedFile(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, type, size } = value
  if (typeof name !== 'string') return invalid
  if (typeof type !== 'string') return invalid
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  return { name, type, size }
}
