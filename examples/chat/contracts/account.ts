// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

export interface Account {
  /**
   * What others see.
   * @minLength 1
   * @maxLength 40
   * @pattern ^\S(.*\S)?$
   */
  name: string
}
export const Account = z.object({
  name: z
    .string()
    .min(1)
    .max(40)
    .regex(/^\S(.*\S)?$/u),
})

/** What `account.signIn` takes. */
export type SignInInput = Account
export const SignInInput = Account

/** What `account.signIn` gives. */
export type SignInOutput = Account
export const SignInOutput = Account

/** What `account.me` gives. */
export type MeOutput = Account | null
export const MeOutput = Account.nullable()
