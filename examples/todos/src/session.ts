import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from './database/index.ts'
import { session } from './pikku.ts'

/** Who calls. */
export interface Session {
  userId: string
  /** The session's own id: the hash of its token. */
  id: string
}

const days = 30

/**
 * A random token in a cookie stands for a session. Only the token's hash is stored, so a leaked table opens no door.
 * A session that is used in its second half lasts as long again.
 */
export const cookie = session.cookie({
  name: 'session',
  maxAge: days * 24 * 60 * 60,
  resolve: async ({ db }, token, call): Promise<Session | undefined> => {
    const id = hash(token)
    const [found] = await db.query<{ userId: string; aging: boolean }>(
      `select user_id as "userId", expires_at < now() + make_interval(days => $2) as aging
       from sessions where id = $1 and expires_at > now()`,
      [id, days / 2],
    )
    if (!found) return undefined
    if (found.aging && call.reply) {
      await db.query('update sessions set expires_at = now() + make_interval(days => $2) where id = $1', [id, days])
      cookie.set(call, token)
    }
    return { userId: found.userId, id }
  },
})

/** Starts a session and gives back its token, for the cookie. The session that the caller had until now ends. */
export async function startSession(db: Queryable, userId: string, before: Session | undefined): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.query('delete from sessions where id = $1 or (user_id = $2 and expires_at <= now())', [
    before?.id ?? '',
    userId,
  ])
  await db.query('insert into sessions (id, user_id, expires_at) values ($1, $2, now() + make_interval(days => $3))', [
    hash(token),
    userId,
    days,
  ])
  return token
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}
