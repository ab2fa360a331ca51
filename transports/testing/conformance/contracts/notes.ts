// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Note {
  id: string
  text: string
}
export const Note = z.object({
  id: z.string(),
  text: z.string(),
})

/** What `notes.echo` takes. */
export interface EchoInput {
  text: string
  count?: number | undefined
  at?: Date | undefined
}
export const EchoInput = z.object({
  text: z.string(),
  count: z.number().optional(),
  at: wire.date().optional(),
})

/** What `notes.echo` gives. */
export interface EchoOutput {
  text: string
  count?: number | undefined
  at?: Date | undefined
}
export const EchoOutput = z.object({
  text: z.string(),
  count: z.number().optional(),
  at: wire.date().optional(),
})

/** What `notes.get` takes. */
export interface GetInput {
  id: string
}
export const GetInput = z.object({ id: z.string() })

/** What `notes.get` gives. */
export type GetOutput = Note
export const GetOutput = Note

/** What comes with `NOTE_MISSING`. */
export interface NoteMissingData {
  id: string
}
export const NoteMissingData = z.object({ id: z.string() })

/** What `notes.find` takes. */
export interface FindInput {
  tags?: string[] | undefined
  page?: number | undefined
  open?: boolean | undefined
}
export const FindInput = z.object({
  tags: z.array(z.string()).optional(),
  page: z.number().optional(),
  open: z.boolean().optional(),
})

/** What `notes.find` gives. */
export interface FindOutput {
  tags?: string[] | undefined
  page?: number | undefined
  open?: boolean | undefined
}
export const FindOutput = z.object({
  tags: z.array(z.string()).optional(),
  page: z.number().optional(),
  open: z.boolean().optional(),
})

/** What `notes.put` takes. */
export type PutInput = Note
export const PutInput = Note

/** What `notes.tagged` takes. */
export interface TaggedInput {
  tags: string[]
}
export const TaggedInput = z.object({ tags: z.array(z.string()) })

/** What `notes.tagged` gives. */
export type TaggedOutput = string[]
export const TaggedOutput = z.array(z.string())

/** What `notes.mine` takes. */
export type MineInput = Record<string, never>
export const MineInput = z.object({})

/** What `notes.mine` gives. */
export type MineOutput = string
export const MineOutput = z.string()

/** What `notes.signIn` takes. */
export type SignInInput = Record<string, never>
export const SignInInput = z.object({})

/** What `notes.small` takes. */
export interface SmallInput {
  text: string
}
export const SmallInput = z.object({ text: z.string() })

/** What `notes.small` gives. */
export type SmallOutput = string
export const SmallOutput = z.string()

/** What `notes.addOnce` takes. */
export interface AddOnceInput {
  id: string
  fail?: boolean | undefined
}
export const AddOnceInput = z.object({
  id: z.string(),
  fail: z.boolean().optional(),
})

/** What `notes.addOnce` gives. */
export interface AddOnceOutput {
  times: number
  at: Date
}
export const AddOnceOutput = z.object({
  times: z.number(),
  at: wire.date(),
})
