// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

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
   */
  password: string
}
export const SignUp = z.object({
  name: z.string().min(1).max(80).regex(/\S/u),
  email: z.email().max(254),
  password: z.string().min(8).max(200),
})

export interface Account {
  /** @format uuid */
  id: string
  name: string
  /** @format email */
  email: string
}
export const Account = z.object({
  id: z.guid(),
  name: z.string(),
  email: z.email(),
})

/** What `account.signUp` takes. */
export type SignUpInput = SignUp
export const SignUpInput = SignUp

/** What `account.signUp` gives. */
export type SignUpOutput = Account
export const SignUpOutput = Account

/** What `account.signIn` takes. */
export interface SignInInput {
  /**
   * @format email
   * @maxLength 254
   */
  email: string
  /**
   * @minLength 8
   * @maxLength 200
   */
  password: string
}
export const SignInInput = z.object({
  email: z.email().max(254),
  password: z.string().min(8).max(200),
})

/** What `account.signIn` gives. */
export type SignInOutput = Account
export const SignInOutput = Account

/** What `account.me` gives. */
export type MeOutput = Account | null
export const MeOutput = Account.nullable()
