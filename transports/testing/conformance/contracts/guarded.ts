// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** What `guarded.open` takes. */
export interface OpenInput {
  owner: string
}
export const OpenInput = z.object({ owner: z.string() })

/** What `guarded.open` gives. */
export type OpenOutput = string
export const OpenOutput = z.string()
