// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `access.who` takes. */
export type WhoInput = Record<string, never>
export const WhoInput = z.object({})

/** What `access.who` gives. */
export type WhoOutput = string | null
export const WhoOutput = z.string().nullable()

/** What `access.seal` takes. */
export interface SealInput {
  user: string
}
export const SealInput = z.object({ user: z.string() })

/** What `access.signOut` takes. */
export type SignOutInput = Record<string, never>
export const SignOutInput = z.object({})
