import { parse } from 'hono/utils/cookie'
import { cookieNameOn, PikkuError, type SessionSource } from '../../core/index.ts'
import { isOwnPage } from './own-page.ts'

/** The headers of a request, and what else decides whether its cookies are to be trusted. */
export interface CredentialRequest {
  readonly method: string
  readonly url: string
  header(name: string): string | undefined
}

/**
 * The credential a session source looks for; an empty one is there and cannot be read. Browsers send cookies along
 * with requests that other sites make, so a request that changes something counts only when it comes from this origin
 * or a trusted one.
 */
export function credentialOf(
  source: SessionSource<never, unknown>,
  request: CredentialRequest,
  trusts: (origin: string) => boolean,
): string | undefined {
  if (source.from === 'bearer') return bearerOf(request.header('authorization'))
  if (source.from === 'header') return request.header(source.name)
  const header = request.header('cookie')
  if (!header) return undefined
  const name = cookieNameOn(request.url, source.name)
  const cookies = parse(header, name)
  const value = (Object.hasOwn(cookies, name) && cookies[name]) || undefined
  if (value && isForeign(request, trusts)) {
    const detail =
      'A request with a session cookie must come from a page of this origin, or of one listed in `origins`.'
    throw new PikkuError('FORBIDDEN', { detail })
  }
  return value
}

/** The token (RFC 6750, section 2.1). Another scheme is not ours. */
function bearerOf(authorization: string | undefined): string | undefined {
  const match = /^Bearer(?: +(.*))?$/i.exec(authorization ?? '')
  if (!match) return undefined
  const [, token = ''] = match
  return /^[\w.~+/-]+=*$/.test(token) ? token : ''
}

/**
 * Whether a page of another origin made the request. Browsers say so in `Sec-Fetch-Site`, which knows the scheme and
 * is right behind every proxy; older ones send `Origin` alone. What sends neither is no browser.
 */
function isForeign(request: CredentialRequest, trusts: (origin: string) => boolean): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const site = request.header('sec-fetch-site')
  if (site === 'same-origin' || site === 'none') return false
  const origin = request.header('origin')
  if (origin !== undefined && trusts(origin)) return false
  if (site !== undefined) return true
  return origin !== undefined && !isOwnPage(origin, request.url)
}
