// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject } from 'pikku/parse'

/** What `app.postAdminOwnersOwner` takes. */
export function decodePostAdminOwnersOwnerInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { owner } = value
  if (typeof owner !== 'string') return invalid
  return { owner }
}

/** What `app.postAdminOwnersOwner` gives. */
export function encodePostAdminOwnersOwnerOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}
