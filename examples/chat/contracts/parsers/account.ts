// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject, longer } from 'pikku/parse'

const pattern = /^\S(.*\S)?$/u

/** A `Account` from the wire. */
export function decodeAccount(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string' || name === '' || longer(name, 40) || !pattern.test(name)) return invalid
  return { name }
}

/** What `account.signIn` takes. */
export const decodeSignInInput = decodeAccount

/** A `Account` onto the wire. */
export function encodeAccount(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string' || name === '' || longer(name, 40) || !pattern.test(name)) return invalid
  return { name }
}

/** What `account.signIn` gives. */
export const encodeSignInOutput = encodeAccount

/** What `account.me` gives. */
export function encodeMeOutput(value: unknown): unknown {
  const value2 = value === null ? value : encodeAccount(value)
  if (value2 === invalid) return invalid
  return value2
}
