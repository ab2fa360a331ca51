import { createClient, isError } from '../contracts/client.ts'

export { isError }

/** The server's functions and channels, typed by their contracts. */
export const api = createClient(location.origin)

/** What to tell somebody about an error. */
export function messageOf(error: unknown): string {
  if (isTooLarge(error)) return 'It is too large: files may have 5 MB.'
  if (isError(error, 'UNREACHABLE') || isError(error, 'UNAVAILABLE')) return 'The server cannot be reached just now.'
  if (isError(error, 'INVALID_INPUT')) return error.issues?.[0]?.message ?? error.message
  if (isError(error)) return error.message
  return 'Something went wrong on this page. Reload it and try again.'
}

/** Whether the contract, or the server before it, has refused a file for its size. */
function isTooLarge(error: unknown): boolean {
  if (isError(error, 'PAYLOAD_TOO_LARGE')) return true
  return isError(error, 'INVALID_INPUT') && error.issues?.[0]?.path[0] === 'file'
}

/** Whether it makes sense to send the same again a little later. Status 0: there was no answer. */
export function isPassing(error: unknown): boolean {
  return isError(error) && [0, 408, 429, 502, 503, 504].includes(error.status)
}

/** Whether one has to sign in. */
export function isSignedOut(error: unknown): boolean {
  return isError(error, 'UNAUTHENTICATED')
}
