// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** Something to do. */
export interface Todo {
  /** @format uuid */
  id: string
  /**
   * What is to be done.
   * @minLength 1
   * @maxLength 200
   */
  title: string
  due?: Date | undefined
  done: boolean
}
export const Todo = z.object({
  id: z.guid(),
  title: z.string().min(1).max(200),
  due: wire.date().optional(),
  done: z.boolean(),
})
