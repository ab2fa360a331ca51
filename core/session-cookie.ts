import type { Call } from './call.ts'

/** The bytes that browsers keep of a cookie, its name and its value together (RFC 6265bis, section 5.6). */
const maxSize = 4096

/**
 * The name a session cookie travels by. With the prefix `__Host-` browsers take it only from this very host and
 * over https (RFC 6265bis, section 4.1.3); on this machine, where there is no https, it goes without.
 */
export function cookieNameOn(url: string, name: string): string {
  return isLocal(url) ? name : `__Host-${name}`
}

/**
 * Sends a session cookie with the answer of a call, in place of the one that the call has set before: HttpOnly,
 * SameSite=Lax, and `__Host-` and Secure except on localhost.
 *
 * @throws TypeError when the call has no HTTP answer, or the cookie is larger than browsers keep.
 */
export function setSessionCookie(
  call: Call<unknown>,
  cookie: { readonly name: string; readonly value: string; readonly maxAge?: number },
): void {
  if (!call.reply || !call.request) {
    throw new TypeError(
      `${call.operation} sets a cookie and was not called by HTTP: only an HTTP answer can carry one.`,
    )
  }
  const { url } = call.request
  const name = cookieNameOn(url, cookie.name)
  const size = name.length + new TextEncoder().encode(encodeURIComponent(cookie.value)).byteLength
  if (size > maxSize) {
    throw new TypeError(
      `${call.operation} sets the cookie ${name} with ${size} bytes, and browsers keep ${maxSize}. ` +
        'Put less into the session, or an id of it.',
    )
  }
  const { cookies } = call.reply
  const before = cookies.findIndex((other) => other.name === name)
  if (before !== -1) cookies.splice(before, 1)
  cookies.push({ ...cookie, name, path: '/', httpOnly: true, sameSite: 'Lax', secure: !isLocal(url) })
}

function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname))
  )
}
