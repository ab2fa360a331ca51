import { cookieNameOn, type PikkuError, type SessionSource } from '../../core/index.ts'
import { type CredentialRequest, credentialOf } from './credential.ts'

/**
 * What `WWW-Authenticate` says with a 401 (RFC 9110, section 11.6.1): every way in which this app takes a credential,
 * and of a bearer token that was sent that it is not valid (RFC 6750, section 3.1). Cookies and keys have no registered
 * scheme; theirs tell a person where the credential goes, and no browser asks for a password because of them.
 */
export function challengeOf(
  sources: readonly SessionSource<never, unknown>[],
  request: CredentialRequest,
  { code }: PikkuError,
): string {
  const challenges = sources.map((source) => {
    if (source.from === 'header') return `ApiKey header="${source.name}"`
    if (source.from === 'cookie') return `Cookie cookie-name="${cookieNameOn(request.url, source.name)}"`
    const wasSent = code === 'UNAUTHENTICATED' && credentialOf(source, request, () => false) !== undefined
    return wasSent ? 'Bearer error="invalid_token"' : 'Bearer'
  })
  return [...new Set(challenges)].join(', ')
}
