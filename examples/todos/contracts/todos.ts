// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** Something to do. */
export interface Todo {
  /** @format uuid */
  id: string
  /**
   * The list it is in.
   * @format uuid
   */
  list: string
  /**
   * @minLength 1
   * @maxLength 200
   * @pattern \S
   */
  title: string
  /** @maxLength 2000 */
  notes: string
  due?: Date | undefined
  done: boolean
  doneAt?: Date | undefined
  /** How many files it has. */
  attachments: number
  createdAt: Date
}
export const Todo = z.object({
  id: z.guid(),
  list: z.guid(),
  title: z.string().min(1).max(200).regex(/\S/u),
  notes: z.string().max(2000),
  due: wire.date().optional(),
  done: z.boolean(),
  doneAt: wire.date().optional(),
  attachments: z.number(),
  createdAt: wire.date(),
})

export interface TodoQuery {
  /**
   * Those of one list.
   * @format uuid
   */
  list?: string | undefined
  done?: boolean | undefined
  /**
   * What the title or the notes contain, in capitals or not.
   * @minLength 1
   * @maxLength 100
   */
  search?: string | undefined
  /** Due at this moment or later. */
  dueFrom?: Date | undefined
  /** Due before this moment. */
  dueBefore?: Date | undefined
  /**
   * `added`: the newest first. `due`: the next one due first.
   * @default "added"
   */
  sort?: 'added' | 'due' | undefined
  /**
   * How many at once.
   * @integer
   * @minimum 1
   * @maximum 100
   * @default 30
   */
  limit?: number | undefined
  /**
   * Where the page before this one ended.
   * @maxLength 200
   */
  cursor?: string | undefined
}
export const TodoQuery = z.object({
  list: z.guid().optional(),
  done: z.boolean().optional(),
  search: z.string().min(1).max(100).optional(),
  dueFrom: wire.date().optional(),
  dueBefore: wire.date().optional(),
  sort: z.enum(['added', 'due']).optional().default('added'),
  limit: z.int().min(1).max(100).optional().default(30),
  cursor: z.string().max(200).optional(),
})

/** A part of a longer list. */
export interface PageOfTodo {
  items: Todo[]
  /** How many there are on all pages. */
  total: number
  /** The cursor of the next page, when there is one. */
  next?: string | undefined
}
export const PageOfTodo = z.object({
  items: z.array(Todo),
  total: z.number(),
  next: z.string().optional(),
})

/** What to change: what is left out stays as it is, and `due: null` takes the date away. */
export interface TodoPatch {
  /** @format uuid */
  id: string
  due?: Date | null | undefined
  /**
   * The list it is in.
   * @format uuid
   */
  list?: string | undefined
  /**
   * @minLength 1
   * @maxLength 200
   * @pattern \S
   */
  title?: string | undefined
  /** @maxLength 2000 */
  notes?: string | undefined
}
export const TodoPatch = z.object({
  id: z.guid(),
  due: wire.date().nullable().optional(),
  list: z.guid().optional(),
  title: z.string().min(1).max(200).regex(/\S/u).optional(),
  notes: z.string().max(2000).optional(),
})

/** How things stand. */
export interface Stats {
  open: number
  /** Open, and their time has passed. */
  overdue: number
  /** How many were done on each of the last seven days: `2026-11-22` to number. Days without any are left out. */
  doneByDay: Map<string, number>
}
export const Stats = z.object({
  open: z.number(),
  overdue: z.number(),
  doneByDay: wire.map(z.string(), z.number()),
})

/**
 * Something that changed, here or in another window. `ready` comes first, and where changes were missed that nobody
 * knows any more: what is read from then on is as it is, and every change to it is told.
 */
export type Change =
  | { type: 'ready' }
  | { type: 'saved'; todo: Todo }
  | { type: 'removed'; id: string }
  | { type: 'lists' }
export const Change = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({
    type: z.literal('saved'),
    todo: Todo,
  }),
  z.object({
    type: z.literal('removed'),
    id: z.string(),
  }),
  z.object({ type: z.literal('lists') }),
])

/** What `todos.create` takes. */
export interface CreateInput {
  /**
   * The list it is in.
   * @format uuid
   */
  list: string
  /**
   * @minLength 1
   * @maxLength 200
   * @pattern \S
   */
  title: string
  due?: Date | undefined
  /** @maxLength 2000 */
  notes?: string | undefined
}
export const CreateInput = z.object({
  list: z.guid(),
  title: z.string().min(1).max(200).regex(/\S/u),
  due: wire.date().optional(),
  notes: z.string().max(2000).optional(),
})

/** What `todos.create` gives. */
export type CreateOutput = Todo
export const CreateOutput = Todo

/** What comes with `LIST_FULL`. */
export interface ListFullData {
  limit: number
}
export const ListFullData = z.object({ limit: z.number() })

/** What comes with `NOT_FOUND`. */
export interface NotFoundData {
  id: string
}
export const NotFoundData = z.object({ id: z.string() })

/** What `todos.get` takes. */
export interface GetInput {
  /** @format uuid */
  id: string
}
export const GetInput = z.object({ id: z.guid() })

/** What `todos.get` gives. */
export type GetOutput = Todo
export const GetOutput = Todo

/** What `todos.list` takes. */
export type ListInput = TodoQuery
export const ListInput = TodoQuery

/** What `todos.list` gives. */
export type ListOutput = PageOfTodo
export const ListOutput = PageOfTodo

/** What `todos.update` takes. */
export type UpdateInput = TodoPatch
export const UpdateInput = TodoPatch

/** What `todos.update` gives. */
export type UpdateOutput = Todo
export const UpdateOutput = Todo

/** What `todos.complete` takes. */
export interface CompleteInput {
  /** @format uuid */
  id: string
}
export const CompleteInput = z.object({ id: z.guid() })

/** What `todos.complete` gives. */
export type CompleteOutput = Todo
export const CompleteOutput = Todo

/** What `todos.reopen` takes. */
export interface ReopenInput {
  /** @format uuid */
  id: string
}
export const ReopenInput = z.object({ id: z.guid() })

/** What `todos.reopen` gives. */
export type ReopenOutput = Todo
export const ReopenOutput = Todo

/** What `todos.remove` takes. */
export interface RemoveInput {
  /** @format uuid */
  id: string
}
export const RemoveInput = z.object({ id: z.guid() })

/** What `todos.stats` takes. */
export interface StatsInput {
  timeZone?: string | undefined
}
export const StatsInput = z.object({ timeZone: z.string().optional() })

/** What `todos.stats` gives. */
export type StatsOutput = Stats
export const StatsOutput = Stats

/** What comes with `UNKNOWN_TIME_ZONE`. */
export interface UnknownTimeZoneData {
  timeZone: string
}
export const UnknownTimeZoneData = z.object({ timeZone: z.string() })

/** Each item of `todos.watch`. */
export type WatchOutput = Change
export const WatchOutput = Change
