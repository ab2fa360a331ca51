// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `failures.unknown` takes. */
export type UnknownInput = Record<string, never>
export const UnknownInput = z.object({})

/** What `failures.unknown` gives. */
export type UnknownOutput = string
export const UnknownOutput = z.string()

/** What `failures.lie` takes. */
export type LieInput = Record<string, never>
export const LieInput = z.object({})

/** What `failures.lie` gives. */
export interface LieOutput {
  text: number
}
export const LieOutput = z.object({ text: z.number() })

/** What `failures.slow` takes. */
export type SlowInput = Record<string, never>
export const SlowInput = z.object({})

/** What `failures.stuck` takes. */
export type StuckInput = Record<string, never>
export const StuckInput = z.object({})

/** What `failures.seldom` takes. */
export type SeldomInput = Record<string, never>
export const SeldomInput = z.object({})

/** What `failures.seldomEach` takes. */
export interface SeldomEachInput {
  text: string
}
export const SeldomEachInput = z.object({ text: z.string() })

/** What `failures.seldomEach` gives. */
export type SeldomEachOutput = string
export const SeldomEachOutput = z.string()
