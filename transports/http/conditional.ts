import type { HttpRequest } from './endpoint.ts'

/** What tells one state of an answer from another. */
export interface Validators {
  readonly etag?: string | undefined
  /** As `last-modified` has it. */
  readonly modified?: string | undefined
}

/** An entity tag made from the bytes themselves. */
export async function tagOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return `"${btoa(String.fromCharCode(...digest.subarray(0, 18)))}"`
}

/** Whether a request only reads. */
export function isRead({ method }: Pick<HttpRequest, 'method'>): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Whether the caller has this state already (RFC 9110, section 13.2.2). */
export function isNotModified(request: Pick<HttpRequest, 'header'>, { etag, modified }: Validators): boolean {
  const known = request.header('if-none-match')
  if (known !== undefined) {
    return etag !== undefined && known.split(',').some((tag) => tag.trim() === '*' || weak(tag) === weak(etag))
  }
  const since = Date.parse(request.header('if-modified-since') ?? '')
  return modified !== undefined && Date.parse(modified) <= since
}

function weak(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}

/** A part of an answer: `end` is the first byte that is no part of it. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * The part that is asked for (RFC 9110, section 14): `undefined` for the whole, which is also the answer to several
 * parts, to what is no range and to a range of another state; `none` where nothing of it is there.
 */
export function rangeOf(
  request: Pick<HttpRequest, 'method' | 'header'>,
  size: number,
  { etag, modified }: Validators,
): ByteRange | 'none' | undefined {
  const [, first = '', last = ''] =
    /^bytes=(?=\d*-\d*\d|\d)(\d{0,15})-(\d{0,15})$/.exec(request.header('range') ?? '') ?? []
  if (request.method !== 'GET' || first + last === '') return undefined
  const state = request.header('if-range')
  // A weak tag says that two states are as good as each other, not that their bytes are the same.
  if (state !== undefined && state !== modified && (state !== etag || state.startsWith('W/'))) return undefined
  if (first === '')
    return Number(last) === 0 || size === 0 ? 'none' : { start: Math.max(size - Number(last), 0), end: size }
  if (last !== '' && Number(last) < Number(first)) return undefined
  const start = Number(first)
  return start >= size ? 'none' : { start, end: last === '' ? size : Math.min(Number(last) + 1, size) }
}
