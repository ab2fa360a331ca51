import type { PikkuError } from '../../core/index.ts'

/** The media type of {@link problemOf}. */
export const problemType = 'application/problem+json'

/** An error as RFC 9457 problem details, ready for JSON. */
export function problemOf(error: PikkuError, requestId: string): object {
  const { code, status, message, data, issues } = error
  return {
    type: 'about:blank',
    title: titleOf(code),
    status,
    ...(message === code ? {} : { detail: message }),
    code,
    ...(data === undefined ? {} : { data }),
    ...(issues === undefined ? {} : { issues }),
    requestId,
  }
}

/** `NOT_FOUND` is titled "Not found". */
function titleOf(code: string): string {
  const words = code.replaceAll('_', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
