// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export type Level = 'low' | 'high'
export const Level = z.enum(['low', 'high'])

/** What `unions.all` gives. */
export interface AllOutput {
  optional?: string | null | undefined
  literals: 'a' | 'b' | 1 | null
  told: { kind: 'a'; at: Date } | { kind: 'b' | 'c'; at: string }
  wider: { a: string } | { a: string; b: number } | { a: string; b: number; c: number }
  crossed: { a: string; b?: number | undefined } | { a: string; c?: number | undefined }
  mixed: string[] | number | Level | null
  when: number | Date | 'never'
  rich: { constructor: Date[] } | URL | bigint[]
  pairs: string | Map<number, Date>
}
export const AllOutput = z.object({
  optional: z.string().nullable().optional(),
  literals: z.literal(['a', 'b', 1]).nullable(),
  told: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('a'),
      at: wire.date(),
    }),
    z.object({
      kind: z.enum(['b', 'c']),
      at: z.string(),
    }),
  ]),
  wider: z.union([
    z.object({
      a: z.string(),
      b: z.number(),
      c: z.number(),
    }),
    z.object({
      a: z.string(),
      b: z.number(),
    }),
    z.object({ a: z.string() }),
  ]),
  crossed: wire.anyOf([
    z.object({
      a: z.string(),
      b: z.number().optional(),
    }),
    z.object({
      a: z.string(),
      c: z.number().optional(),
    }),
  ]),
  mixed: z.union([z.array(z.string()), z.number(), Level]).nullable(),
  when: z.union([z.literal('never'), z.number(), wire.date()]),
  rich: z.union([wire.url(), z.object({ constructor: z.array(wire.date()) }), z.array(wire.bigint())]),
  pairs: z.union([z.string(), wire.pairs(z.number(), wire.date())]),
})
