// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject } from 'pikku/parse'

/** What `access.who` takes. */
export function decodeWhoInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `access.who` gives. */
export function encodeWhoOutput(value: unknown): unknown {
  if (value !== null && typeof value !== 'string') return invalid
  return value
}

/** What `access.seal` takes. */
export function decodeSealInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { user } = value
  if (typeof user !== 'string') return invalid
  return { user }
}

/** What `access.signOut` takes. */
export function decodeSignOutInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}
