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

/** How the session cookie is set, beside `__Host-`, HttpOnly and SameSite=Lax, which it always is. */
export interface CookieSessionOptions<Services, Session, Name extends string = string> {
  /** The cookie's name. Over https it is sent as `__Host-<name>`. Default `session`. */
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
    set: (call, credential) => addCookie(call, { name, value: credential, ...(maxAge === undefined ? {} : { maxAge }) }),
    clear: (call) => addCookie(call, { name, value: '', maxAge: 0 }),
  }
}

function addCookie(call: Call<unknown>, cookie: Cookie): void {
  if (!call.reply) throw new TypeError(`${call.operation} sets a cookie, and was not called by HTTP: cookies need an HTTP answer.`)
  const secure = call.request !== undefined && new URL(call.request.url).protocol === 'https:'
  call.reply.cookies.push({
    ...cookie,
    name: secure ? `__Host-${cookie.name}` : cookie.name,
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure,
  })
}
