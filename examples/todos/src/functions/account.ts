import { defineError } from 'pikku'
import { hashPassword, isPassword } from '../passwords.ts'
import { func } from '../pikku.ts'
import { cookie, startSession } from '../session.ts'

export interface Account {
  /** @format uuid */
  id: string
  name: string
  /** @format email */
  email: string
}

export interface SignUp {
  /**
   * What to call you.
   * @minLength 1
   * @maxLength 80
   * @pattern \S
   */
  name: string
  /**
   * @format email
   * @maxLength 254
   */
  email: string
  /**
   * @minLength 8
   * @maxLength 200
   * @secret
   */
  password: string
}

export class EmailTaken extends defineError('EMAIL_TAKEN', {
  status: 409,
  detail: 'Somebody has signed up with this email already.',
}) {}

export class WrongCredentials extends defineError('WRONG_CREDENTIALS', {
  status: 401,
  detail: 'The email or the password is not right.',
}) {}

/** Opens an account, with a first list, and signs in. */
export const signUp = func(
  { auth: false },
  async ({ db }, { name, email, password }: SignUp, call): Promise<Account> => {
    const hash = await hashPassword(password)
    const { account, token } = await db.transaction(async (db) => {
      const [account] = await db.query<Account>(
        `insert into users (name, email, password) values ($1, $2, $3)
         on conflict (lower(email)) do nothing returning id, name, email`,
        [name.trim(), email, hash],
      )
      if (!account) throw new EmailTaken()
      await db.query('insert into lists (user_id, name) values ($1, $2)', [account.id, 'Personal'])
      return { account, token: await startSession(db, account.id, call.session) }
    })
    cookie.set(call, token)
    return account
  },
)

/** Starts a session, which a cookie carries. */
export const signIn = func(
  // Passwords are tried by the thousand, and checking each is dear.
  { auth: false, rateLimit: { limit: 30, window: 60 } },
  async ({ db }, { email, password }: Pick<SignUp, 'email' | 'password'>, call): Promise<Account> => {
    const [user] = await db.query<Account & { password: string }>(
      'select id, name, email, password from users where lower(email) = lower($1)',
      [email],
    )
    const right = await isPassword(password, user?.password)
    if (!user || !right) throw new WrongCredentials()
    cookie.set(call, await startSession(db, user.id, call.session))
    const { id, name } = user
    return { id, name, email: user.email }
  },
)

/** Ends this session. */
export const signOut = func(async ({ db }, _input, call): Promise<void> => {
  await db.query('delete from sessions where id = $1', [call.session.id])
  cookie.clear(call)
})

/** Who is signed in; `null` when nobody is. */
export const me = func({ auth: false }, async ({ db }, _input, { session }): Promise<Account | null> => {
  if (!session) return null
  const [account] = await db.query<Account>('select id, name, email from users where id = $1', [session.userId])
  return account ?? null
})
