import { func } from '../pikku.ts'
import { cookie } from '../session.ts'

export interface Account {
  /**
   * What others see.
   * @minLength 1
   * @maxLength 40
   * @pattern ^\S(.*\S)?$
   */
  name: string
}

/** Goes by a name from now on. */
export const signIn = func({ auth: false }, async (_services, { name }: Account, call): Promise<Account> => {
  await cookie.set(call, { name })
  return { name }
})

/** Forgets the name. */
export const signOut = func(async (_services, _input, call): Promise<void> => cookie.clear(call))

/** Who is signed in; `null` when nobody is. */
export const me = func({ auth: false }, async (_services, _input, { session }): Promise<Account | null> => {
  return session ?? null
})
