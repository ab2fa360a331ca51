// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** What `lists.all` gives. */
export interface AllOutput {
  /**
   * @minItems 1
   * @maxItems 3
   * @uniqueItems
   */
  array: Date[]
  tuple: [string, (Date | undefined)?]
  rest: [string, ...Date[]]
  middle: [string, ...Date[], bigint, string]
  record: Record<string, Date>
  keyed: Record<'a' | 'b', number>
  formed: Record<`x-${string}`, number>
  several: { id: string; [key: `x-${string}`]: number; [key: string]: unknown }
  forms: { id: bigint; [key: `d_${string}`]: Date; [key: number]: bigint }
  map: Map<string, bigint>
  pairs: Map<number, Date>
  set: Set<bigint>
  indexed?: { id: string; [key: string]: string } | undefined
}
export const AllOutput = z.object({
  array: z.array(wire.date()).min(1).max(3).refine(wire.unique, 'The items must differ from each other'),
  tuple: z.tuple([z.string(), wire.date().optional()]),
  rest: z.tuple([z.string()], wire.date()),
  middle: wire.tuple([z.string()], wire.date(), [wire.bigint(), z.string()]),
  record: z.record(z.string(), wire.date()),
  keyed: z.object({
    a: z.number(),
    b: z.number(),
  }),
  formed: wire.record(wire.text<`x-${string}`>(/^x-[\s\S]*$/u), z.number()),
  several: wire.keyed(z.object({ id: z.string() }), [
    [wire.text<`x-${string}`>(/^x-[\s\S]*$/u), z.number()],
    [z.string(), z.unknown()],
  ]),
  forms: wire.keyed(z.object({ id: wire.bigint() }), [
    [wire.text<`d_${string}`>(/^d_[\s\S]*$/u), wire.date()],
    [z.number(), wire.bigint()],
  ]),
  map: wire.map(z.string(), wire.bigint()),
  pairs: wire.pairs(z.number(), wire.date()),
  set: wire.set(wire.bigint()),
  indexed: z.object({ id: z.string() }).catchall(z.string()).optional(),
})
