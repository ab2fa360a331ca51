// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

/** A list of todos. */
export interface List {
  /** @format uuid */
  id: string
  /**
   * @minLength 1
   * @maxLength 60
   * @pattern \S
   */
  name: string
  /** How many todos of it are open. */
  open: number
  /** How many are done. */
  done: number
}
export const List = z.object({
  id: z.guid(),
  name: z.string().min(1).max(60).regex(/\S/u),
  open: z.number(),
  done: z.number(),
})

/** What `lists.list` gives. */
export type ListOutput = List[]
export const ListOutput = z.array(List)

/** What `lists.create` takes. */
export interface CreateInput {
  /**
   * @minLength 1
   * @maxLength 60
   * @pattern \S
   */
  name: string
}
export const CreateInput = z.object({ name: z.string().min(1).max(60).regex(/\S/u) })

/** What `lists.create` gives. */
export type CreateOutput = List
export const CreateOutput = List

/** What comes with `NOT_FOUND`. */
export interface NotFoundData {
  id: string
}
export const NotFoundData = z.object({ id: z.string() })

/** What comes with `TOO_MANY_LISTS`. */
export interface TooManyListsData {
  limit: number
}
export const TooManyListsData = z.object({ limit: z.number() })

/** What `lists.rename` takes. */
export interface RenameInput {
  /** @format uuid */
  id: string
  /**
   * @minLength 1
   * @maxLength 60
   * @pattern \S
   */
  name: string
}
export const RenameInput = z.object({
  id: z.guid(),
  name: z.string().min(1).max(60).regex(/\S/u),
})

/** What `lists.rename` gives. */
export type RenameOutput = List
export const RenameOutput = List

/** What `lists.remove` takes. */
export interface RemoveInput {
  /** @format uuid */
  id: string
}
export const RemoveInput = z.object({ id: z.guid() })
