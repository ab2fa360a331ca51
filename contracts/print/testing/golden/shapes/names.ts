// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

export interface Map_ {
  a: string
}
export const Map_ = z.object({ a: z.string() })

export interface CreateInput {
  b: string
}
export const CreateInput = z.object({ b: z.string() })

/** What `names.it's-*\/` takes. */
export interface DeleteInput {
  '0': CreateInput
  "it's": string
  '*/': string
  'a-b': number
  constructor: string
  class?: Map_ | undefined
}
export const DeleteInput = z.object({
  '0': CreateInput,
  "it's": z.string(),
  '*/': z.string(),
  'a-b': z.number(),
  constructor: z.string(),
  class: Map_.optional(),
})

/** What comes with `GONE`. */
export type GoneData = Map_
export const GoneData = Map_
