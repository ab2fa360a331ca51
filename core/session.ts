import { type ApiKey, toApiKey } from './api-key.ts'
import type { Call } from './call.ts'
import { setSessionCookie } from './session-cookie.ts'

/** Finds the session that a credential stands for; `undefined` when it stands for none. */
export type ResolveSession<Services, Session, Credential = string> = (
  services: Services,
  credential: Credential,
  /** The call that brought it. It has no session yet. */
  call: Call<unknown>,
) => Session | undefined | Promise<Session | undefined>

/** `authorization: Bearer <token>` makes the session. */
export interface BearerSession<Services, Session> {
  readonly from: 'bearer'
  /** What its tokens are, for the document: `JWT`. */
  readonly format?: string
  readonly resolve: ResolveSession<Services, Session>
}

/** A header of its own makes the session. */
export interface HeaderSession<Services, Session, Name extends string = string> {
  readonly from: 'header'
  /** In lower case. */
  readonly name: Name
  readonly resolve: ResolveSession<Services, Session>
}

/** A cookie makes the session. */
export interface CookieSource<Services, Session, Name extends string = string> {
  readonly from: 'cookie'
  readonly name: Name
  readonly resolve: ResolveSession<Services, Session>
}

/** A way to make sessions. */
export type SessionSource<Services, Session> =
  | BearerSession<Services, Session>
  | HeaderSession<Services, Session>
  | CookieSource<Services, Session>

/** How the session cookie is set. It is always HttpOnly and SameSite=Lax, and `__Host-` and Secure except on localhost. */
export interface CookieSessionOptions<Services, Session, Name extends string = string> {
  /** The cookie's name, sent as `__Host-<name>` except on localhost. Default `session`. */
  readonly name?: Name
  /** Seconds until the browser forgets it. Default: when the browser closes. */
  readonly maxAge?: number
  readonly resolve: ResolveSession<Services, Session>
}

/** A cookie with a credential that the app looks up. */
export interface CookieSession<Services, Session, Name extends string = string>
  extends CookieSource<Services, Session, Name> {
  /** Sends the cookie with this call's answer: to be called when somebody signs in. */
  set(call: Call<unknown>, credential: string): void
  /** Removes the cookie with this call's answer: to be called when somebody signs out. */
  clear(call: Call<unknown>): void
}

/** Makes a cookie session; bound to your types as `pikku().session.cookie`. */
export function cookieSession<Services, Session, const Name extends string = 'session'>(
  options: CookieSessionOptions<Services, Session, Name>,
): CookieSession<Services, Session, Name> {
  const { name = 'session' as Name, maxAge, resolve } = options
  return {
    from: 'cookie',
    name,
    resolve,
    set: (call, value) => setSessionCookie(call, { name, value, ...(maxAge === undefined ? {} : { maxAge }) }),
    clear: (call) => setSessionCookie(call, { name, value: '', maxAge: 0 }),
  }
}

/** Where API keys stand, and who has them. */
export interface ApiKeySessionOptions<Services, Session, Name extends string = string> {
  /** The header, in lower case. Default `x-api-key`. */
  readonly header?: Name
  /** Gets the hash of the key, never the key itself. */
  readonly resolve: ResolveSession<Services, Session, ApiKey>
}

/** Makes a session of API keys; bound to your types as `pikku().session.apiKey`. */
export function apiKeySession<Services, Session, const Name extends string = 'x-api-key'>(
  options: ApiKeySessionOptions<Services, Session, Name>,
): HeaderSession<Services, Session, Name> {
  const { header: name = 'x-api-key' as Name, resolve } = options
  if (!/^[a-z\d-]+$/.test(name)) {
    throw new TypeError(`API keys cannot be in the header ${JSON.stringify(name)}: write its name in lower case.`)
  }
  return {
    from: 'header',
    name,
    resolve: async (services, key, call) => resolve(services, await toApiKey(key), call),
  }
}
