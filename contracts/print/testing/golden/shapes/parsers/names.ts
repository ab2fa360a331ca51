// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { type Fields, invalid, isObject, own } from 'pikku/parse'

/** What `names.it's-*\/` takes. */
export function decodeDeleteInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { '0': item, "it's": item2, '*/': item3, 'a-b': item4, class: class2 } = value
  const constructor = own(value, 'constructor')
  const item5 = decodeCreateInput(item)
  if (item5 === invalid) return invalid
  if (typeof item2 !== 'string') return invalid
  if (typeof item3 !== 'string') return invalid
  if (typeof item4 !== 'number' || !Number.isFinite(item4)) return invalid
  if (typeof constructor !== 'string') return invalid
  const class3 = class2 === undefined ? class2 : decodeMap_(class2)
  if (class3 === invalid) return invalid
  const value2: Fields = { '0': item5, "it's": item2, '*/': item3, 'a-b': item4, constructor }
  if (class3 !== undefined) value2['class'] = class3
  return value2
}

/** A `CreateInput` from the wire. */
export function decodeCreateInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { b } = value
  if (typeof b !== 'string') return invalid
  return { b }
}

/** A `Map_` from the wire. */
export function decodeMap_(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a } = value
  if (typeof a !== 'string') return invalid
  return { a }
}

/** A `Map_` onto the wire. */
export function encodeMap_(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { a } = value
  if (typeof a !== 'string') return invalid
  return { a }
}

/** What comes with `GONE`. */
export const encodeGoneData = encodeMap_
