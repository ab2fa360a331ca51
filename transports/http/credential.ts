import { parse } from 'hono/utils/cookie'
import { cookieNameOn, PikkuError, type SessionSource } from '../../core/index.ts'

/** The headers of a request, and what else decides whether its cookies are to be trusted. */
export interface CredentialRequest {
  readonly method: string
  readonly url: string
  header(name: string): string | undefined
}

/**
 * The credential a session source looks for. Browsers send cookies along with requests that other sites
 * make, so a request that changes something counts only when it comes from this origin or an allowed one.
 */
export function credentialOf(
  source: SessionSource<never, unknown>,
  request: CredentialRequest,
  allowedOrigins: ReadonlySet<string>,
): string | undefined {
  if (source.from === 'bearer') return /^Bearer +([\w.~+/=-]+)$/i.exec(request.header('authorization') ?? '')?.[1]
  const header = request.header('cookie')
  if (!header) return undefined
  const name = cookieNameOn(request.url, source.name)
  const cookies = parse(header, name)
  const value = Object.hasOwn(cookies, name) ? cookies[name] : undefined
  if (value && isForeign(request, allowedOrigins)) {
    const detail =
      'A request with a session cookie must come from a page of this origin, or of one listed in `origins`.'
    throw new PikkuError('FORBIDDEN', { detail })
  }
  return value
}

function isForeign(request: CredentialRequest, allowedOrigins: ReadonlySet<string>): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const origin = request.header('origin')
  // By host: behind a proxy that ends TLS, the page is https and the request http.
  if (origin !== undefined) return hostOf(origin) !== new URL(request.url).host && !allowedOrigins.has(origin)
  const site = request.header('sec-fetch-site')
  return site === 'cross-site' || site === 'same-site'
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined
}
