// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { email, invalid, isObject, longer, shorter, uuid } from 'pikku/parse'

const pattern = /\S/u

/** A `SignUp` from the wire. */
export function decodeSignUp(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, email: email2, password } = value
  if (typeof name !== 'string' || name === '' || longer(name, 80) || !pattern.test(name)) return invalid
  if (typeof email2 !== 'string' || longer(email2, 254) || !email.test(email2)) return invalid
  if (typeof password !== 'string' || shorter(password, 8) || longer(password, 200)) return invalid
  return { name, email: email2, password }
}

/** What `account.signUp` takes. */
export const decodeSignUpInput = decodeSignUp

/** A `Account` onto the wire. */
export function encodeAccount(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, name, email: email2 } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof name !== 'string') return invalid
  if (typeof email2 !== 'string' || !email.test(email2)) return invalid
  return { id, name, email: email2 }
}

/** What `account.signUp` gives. */
export const encodeSignUpOutput = encodeAccount

/** What `account.signIn` takes. */
export function decodeSignInInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { email: email2, password } = value
  if (typeof email2 !== 'string' || longer(email2, 254) || !email.test(email2)) return invalid
  if (typeof password !== 'string' || shorter(password, 8) || longer(password, 200)) return invalid
  return { email: email2, password }
}

/** What `account.signIn` gives. */
export const encodeSignInOutput = encodeAccount

/** What `account.me` gives. */
export function encodeMeOutput(value: unknown): unknown {
  const value2 = value === null ? value : encodeAccount(value)
  if (value2 === invalid) return invalid
  return value2
}
