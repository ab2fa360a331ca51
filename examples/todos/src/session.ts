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

/** A random token in a cookie stands for a session. Only the token's hash is stored, so a leaked table opens no door. */
export const cookie = session.cookie({
  name: 'session',
  maxAge: days * 24 * 60 * 60,
  resolve: async ({ db }, token) => {
    const id = hash(token)
    const [found] = await db.query<{ userId: string }>(
      'select user_id as "userId" from sessions where id = $1 and expires_at > now()',
      [id],
    )
    return found && { userId: found.userId, id }
  },
})

/** Starts a session and gives back its token, for the cookie. */
export async function startSession(db: Queryable, userId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await db.query('delete from sessions where user_id = $1 and expires_at <= now()', [userId])
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
