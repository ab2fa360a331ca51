// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'
import { Todo } from './shared.ts'

export interface PageOfTodo {
  items: Todo[]
  next: string | null
}
export const PageOfTodo = z.object({
  items: z.array(Todo),
  next: z.string().nullable(),
})

export type Change =
  | { type: 'created'; todo: Todo }
  | {
      type: 'removed'
      /** @format uuid */
      id: string
      at: Date
    }
export const Change = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('created'),
    todo: Todo,
  }),
  z.object({
    type: z.literal('removed'),
    id: z.guid(),
    at: wire.date(),
  }),
])

/** What `todos.create` takes. */
export interface CreateInput {
  /**
   * What is to be done.
   * @minLength 1
   * @maxLength 200
   */
  title: string
  due?: Date | undefined
}
export const CreateInput = z.object({
  title: z.string().min(1).max(200),
  due: wire.date().optional(),
})

/** What `todos.create` gives. */
export type CreateOutput = Todo
export const CreateOutput = Todo

/** What `todos.get` takes. */
export interface GetInput {
  /** @format uuid */
  id: string
}
export const GetInput = z.object({ id: z.guid() })

/** What `todos.get` gives. */
export type GetOutput = Todo
export const GetOutput = Todo

/** What comes with `NOT_FOUND`. */
export interface NotFoundData {
  id: string
}
export const NotFoundData = z.object({ id: z.string() })

/** What `todos.list` takes. */
export interface ListInput {
  done?: boolean | undefined
  tags?: string[] | undefined
  /**
   * @integer
   * @minimum 1
   * @maximum 100
   * @default 20
   */
  limit?: number | undefined
  sort?: 'due' | 'title' | undefined
}
export const ListInput = z.object({
  done: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  limit: z.int().min(1).max(100).default(20),
  sort: z.enum(['due', 'title']).optional(),
})

/** What `todos.list` gives. */
export type ListOutput = PageOfTodo
export const ListOutput = PageOfTodo

/** What `todos.watch` takes. */
export type WatchInput = Record<string, never>
export const WatchInput = z.object({})

/** Each item of `todos.watch`. */
export type WatchOutput = Change
export const WatchOutput = Change
