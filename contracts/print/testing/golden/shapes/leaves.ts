// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** What `leaves.all` takes. */
export interface AllInput {
  string: string
  /**
   * @minLength 1
   * @maxLength 80
   * @pattern ^[^/]+/\S*$
   */
  limited: string
  /** @format uuid */
  uuid: string
  /**
   * @format email
   * @maxLength 254
   */
  email: string
  /** @format uri */
  uri: string
  /** @format date-time */
  moment: string
  /** @format date */
  day: string
  /** @format time */
  time: string
  /** @format ipv4 */
  ipv4: string
  /** @format ipv6 */
  ipv6: string
  template: `user_${number}\`\${x}\`${'a' | 'b.'}`
  /** @pattern ^\P{Changes_When_Uppercased}*$ */
  shout: Uppercase<string>
  shouted: `${Uppercase<string>}!`
  /**
   * @maxLength 2
   * @pattern ^\P{Changes_When_Uppercased}*$
   */
  code: Uppercase<string>
  number: number
  /**
   * @integer
   * @minimum -1
   * @exclusiveMaximum 10
   */
  integer: number
  /**
   * @maximum 1
   * @exclusiveMinimum 0
   * @multipleOf 0.25
   */
  stepped: number
  /**
   * @minimum -10
   * @maximum 10
   */
  bigint: bigint
  boolean: boolean
  none: null
  unknown?: unknown
  date: Date
  url: URL
  bytes: Uint8Array
  buffer: ArrayBuffer
  five: 5
  large: 5n
  yes: true
  text: "it's */ `${1}` \\ \n"
}
export const AllInput = z.object({
  string: z.string(),
  limited: z
    .string()
    .min(1)
    .max(80)
    .regex(/^[^/]+\/\S*$/u),
  uuid: z.guid(),
  email: z.email().max(254),
  uri: z.url(),
  moment: z.iso.datetime({ offset: true }),
  day: z.iso.date(),
  time: wire.time(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  template: wire.text<`user_${number}\`\${x}\`${'a' | 'b.'}`>(
    /^user_(?:\s*(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)\s*|\s+)`\$\{x\}`(?:a|b\.)$/u,
  ),
  shout: wire.text<Uppercase<string>>(/^\P{Changes_When_Uppercased}*$/u),
  shouted: wire.text<`${Uppercase<string>}!`>(/^(?:\P{Changes_When_Uppercased}*)!$/u),
  code: z
    .string()
    .max(2)
    .regex(/^\P{Changes_When_Uppercased}*$/u),
  number: z.number(),
  integer: z.int().min(-1).lt(10),
  stepped: z.number().gt(0).max(1).multipleOf(0.25),
  bigint: wire.bigint({ minimum: -10n, maximum: 10n }),
  boolean: z.boolean(),
  none: z.null(),
  unknown: z.unknown().optional(),
  date: wire.date(),
  url: wire.url(),
  bytes: wire.bytes(),
  buffer: wire.arrayBuffer(),
  five: z.literal(5),
  large: wire.exactly(5n),
  yes: z.literal(true),
  text: z.literal("it's */ `${1}` \\ \n"),
})

/** What `leaves.all` gives. */
export type AllOutput = number
export const AllOutput = z.number()
