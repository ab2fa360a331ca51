import type { PikkuError } from '../../core/index.ts'
import { accepts } from './accept.ts'

/** The media type of {@link problemOf}. */
export const problemType = 'application/problem+json'

/** An error as the caller takes it: as problem details if they may be, otherwise as other JSON or as a text. */
export function writeProblem(error: PikkuError, requestId: string, accept = '*/*'): { type: string; body: string } {
  const type = accept === '*/*' ? problemType : (types.find((type) => accepts(accept, type)) ?? problemType)
  const { code, message } = error
  if (type === 'text/plain') return { type: `${type}; charset=utf-8`, body: `${code}: ${message}\n${requestId}\n` }
  return { type, body: JSON.stringify(problemOf(error, requestId)) }
}

const types = [problemType, 'application/json', 'text/plain']

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
