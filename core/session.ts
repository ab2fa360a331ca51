import type { Call, Cookie } from './call.ts'

/** Finds the session that a credential stands for; `undefined` when it stands for none. */
export type ResolveSession<Services, Session> = (
  services: Services,
  credential: string,
) => Session | undefined | Promise<Session | undefined>

/** `authorization: Bearer <token>` makes the session. */
export interface BearerSession<Services, Session> {
  readonly from: 'bearer'
  readonly resolve: ResolveSession<Services, Session>
}

/** How the session cookie is set. It is always HttpOnly and SameSite=Lax, and `__Host-` and Secure except on localhost. */
export interface CookieSessionOptions<Services, Session, Name extends string = string> {
  /** The cookie's name, sent as `__Host-<name>` except on localhost. Default `session`. */
  readonly name?: Name
  /** Seconds until the browser forgets it. Default: when the browser closes. */
  readonly maxAge?: number
  readonly resolve: ResolveSession<Services, Session>
}

/** A cookie makes the session. */
export interface CookieSession<Services, Session, Name extends string = string> {
  readonly from: 'cookie'
  readonly name: Name
  readonly resolve: ResolveSession<Services, Session>
  /** Sends the cookie with this call's answer: to be called when somebody signs in. */
  set(call: Call<unknown>, credential: string): void
  /** Removes the cookie with this call's answer: to be called when somebody signs out. */
  clear(call: Call<unknown>): void
}

/** A way to make sessions. */
export type SessionSource<Services, Session> = BearerSession<Services, Session> | CookieSession<Services, Session>

/** Makes a cookie session; bound to your types as `pikku().session.cookie`. */
export function cookieSession<Services, Session, const Name extends string = 'session'>(
  options: CookieSessionOptions<Services, Session, Name>,
): CookieSession<Services, Session, Name> {
  const { name = 'session' as Name, maxAge, resolve } = options
  return {
    from: 'cookie',
    name,
    resolve,
    set: (call, credential) =>
      addCookie(call, { name, value: credential, ...(maxAge === undefined ? {} : { maxAge }) }),
    clear: (call) => addCookie(call, { name, value: '', maxAge: 0 }),
  }
}

/**
 * The name a session cookie travels by. With the prefix `__Host-` browsers take it only from this very host and
 * over https (RFC 6265bis, section 4.1.3); on this machine, where there is no https, it goes without.
 */
export function cookieNameOn(url: string, name: string): string {
  return isLocal(url) ? name : `__Host-${name}`
}

function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url)
  return (
    protocol === 'http:' && (hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname))
  )
}

function addCookie(call: Call<unknown>, cookie: Cookie): void {
  if (!call.reply || !call.request) {
    throw new TypeError(
      `${call.operation} sets a cookie and was not called by HTTP: only an HTTP answer can carry one.`,
    )
  }
  const { url } = call.request
  call.reply.cookies.push({
    ...cookie,
    name: cookieNameOn(url, cookie.name),
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: !isLocal(url),
  })
}
