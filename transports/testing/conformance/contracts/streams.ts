// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `streams.ticks` takes. */
export interface TicksInput {
  upTo: number
}
export const TicksInput = z.object({ upTo: z.number() })

/** Each item of `streams.ticks`. */
export type TicksOutput = number
export const TicksOutput = z.number()

/** What `streams.counting` takes. */
export type CountingInput = Record<string, never>
export const CountingInput = z.object({})

/** Each item of `streams.counting`. */
export type CountingOutput = number
export const CountingOutput = z.number()

/** What `streams.counted` takes. */
export interface CountedInput {
  upTo: number
}
export const CountedInput = z.object({ upTo: z.number() })

/** Each item of `streams.counted`. */
export interface CountedOutput {
  count: number
}
export const CountedOutput = z.object({ count: z.number() })

/** What `streams.flood` takes. */
export type FloodInput = Record<string, never>
export const FloodInput = z.object({})

/** Each item of `streams.flood`. */
export type FloodOutput = string
export const FloodOutput = z.string()
