import { defaults, seal, unseal } from 'iron-webcrypto'
import { type Call, type CookieSource, setSessionCookie } from '../../core/index.ts'

/** How sessions are sealed into a cookie. */
export interface SealedOptions<Session, Name extends string = string, Services = unknown> {
  /** The cookie's name, sent as `__Host-<name>` except on localhost. Default `session`. */
  readonly name?: Name
  /** 32 characters each at least. The first one seals, every one opens: put a new one in front, drop the old one later. */
  readonly secrets: readonly string[]
  /** Seconds that a session lasts without being used. Default: a week. */
  readonly maxAge?: number
  /** Seconds after which one has to sign in again, however much the session is used. Default: 30 days. */
  readonly lifetime?: number
  /** Whether the session still counts, asked at each call: where sessions are to be ended before their time. */
  readonly check?: (services: Services, session: Session, call: Call<unknown>) => boolean | Promise<boolean>
}

/** A cookie that holds the session itself, encrypted and authenticated. */
export interface SealedSession<Session, Name extends string = string, Services = unknown>
  extends CookieSource<Services, Session, Name> {
  /** Sends the cookie with this call's answer: to be called when somebody signs in, and when their session changes. */
  set(call: Call<unknown>, session: Session): Promise<void>
  /** Removes the cookie with this call's answer: to be called when somebody signs out. */
  clear(call: Call<unknown>): void
}

/** What is sealed: the cookie it is for, when its session began and when it was sealed (Unix seconds), the session. */
type Content<Session> = readonly [name: string, began: number, sealed: number, session: Session]

/**
 * Sessions that live in a cookie alone, for `app({ session })`. They are sealed by `iron-webcrypto`: AES-256-CBC, then
 * HMAC-SHA-256. A cookie that is older than half of `maxAge`, or was sealed with an older secret, is sent anew.
 *
 * ```ts
 * const cookie = sealed<Session>({ secrets: [process.env.COOKIE_SECRET ?? ''] })
 * await cookie.set(call, { userId })
 * ```
 *
 * @throws TypeError when a secret is too short.
 */
export function sealed<Session, const Name extends string = 'session', Services = unknown>(
  options: SealedOptions<Session, Name, Services>,
): SealedSession<Session, Name, Services> {
  const { name = 'session' as Name, maxAge = 7 * day, lifetime = 30 * day, check } = options
  const secrets = [...options.secrets]
  const [newest] = secrets
  if (newest === undefined) throw new TypeError('sealed() needs a secret.')
  if (secrets.some((secret) => typeof secret !== 'string' || secret.length < 32)) {
    throw new TypeError('sealed() needs secrets of 32 characters at least. `openssl rand -base64 32` makes one.')
  }

  const send = async (call: Call<unknown>, session: Session, began: number): Promise<void> => {
    const now = Date.now() / 1000
    const content: Content<Session> = [name, began, now, session]
    const value = await seal(content, newest, defaults).catch((cause: unknown) => {
      throw new TypeError(`${call.operation} seals a session that is not JSON.`, { cause })
    })
    setSessionCookie(call, { name, value, maxAge: Math.ceil(Math.min(maxAge, began + lifetime - now)) })
  }

  return {
    from: 'cookie',
    name,
    set: (call, session) => send(call, session, Date.now() / 1000),
    clear: (call) => setSessionCookie(call, { name, value: '', maxAge: 0 }),
    async resolve(services, cookie, call) {
      const opened = await open<Session>(cookie, secrets)
      if (!opened) return undefined
      const { position, content } = opened
      const [purpose, began, sealed, session] = content
      const now = Date.now() / 1000
      if (purpose !== name || now >= sealed + maxAge || now >= began + lifetime) return undefined
      if (check && !(await check(services, session, call))) return undefined
      if (call.reply && (position > 0 || now > sealed + maxAge / 2)) await send(call, session, began)
      return session
    },
  }
}

const day = 24 * 60 * 60

/** What is in a seal, and the position of the secret that opens it; nothing when none does. */
async function open<Session>(
  cookie: string,
  secrets: readonly string[],
): Promise<{ readonly position: number; readonly content: Content<Session> } | undefined> {
  for (const [position, secret] of secrets.entries()) {
    try {
      return { position, content: (await unseal(cookie, secret, defaults)) as Content<Session> }
    } catch {
      // Sealed with another secret, changed on the way, or no seal at all: for a caller all of them are no session.
    }
  }
  return undefined
}
