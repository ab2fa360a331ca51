import { createClient, isError } from '../contracts/client.ts'

export { isError }

/** The server's functions, typed by their contracts. */
export const api = createClient(location.origin)

/** What to tell somebody about an error. */
export function messageOf(error: unknown): string {
  if (isError(error, 'LIST_FULL')) return `This list is full: it holds ${error.data.limit} todos.`
  if (isError(error, 'TOO_MANY_LISTS')) return `You cannot have more than ${error.data.limit} lists.`
  if (isError(error, 'TOO_MANY_ATTACHMENTS')) return `A todo cannot have more than ${error.data.limit} files.`
  if (isError(error, 'PAYLOAD_TOO_LARGE')) return 'This file is too large: a todo takes files of up to 5 MB.'
  if (isError(error, 'UNREACHABLE')) return 'The server cannot be reached. Try again in a moment.'
  if (isError(error)) return error.message
  return 'Something went wrong on this page. Reload it and try again.'
}

/** Whether the session has ended. */
export function isSignedOut(error: unknown): boolean {
  return isError(error, 'UNAUTHENTICATED')
}
