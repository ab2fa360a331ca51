import { defineError } from 'pikku'
import { fromCursor, toCursor } from '../cursor.ts'
import type { Queryable } from '../database/index.ts'
import { NotFound } from '../errors.ts'
import { func } from '../pikku.ts'
import { columns, oneTodo, type TodoRow, toTodo } from '../todo-row.ts'

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
  due?: Date
  done: boolean
  doneAt?: Date
  /** How many files it has. */
  attachments: number
  createdAt: Date
}

/** What to change: what is left out stays as it is, and `due: null` takes the date away. */
export interface TodoPatch extends Partial<Pick<Todo, 'list' | 'title' | 'notes'>> {
  /** @format uuid */
  id: string
  due?: Date | null
}

export interface TodoQuery {
  /**
   * Those of one list.
   * @format uuid
   */
  list?: string
  done?: boolean
  /**
   * What the title or the notes contain, in capitals or not.
   * @minLength 1
   * @maxLength 100
   */
  search?: string
  /** Due at this moment or later. */
  dueFrom?: Date
  /** Due before this moment. */
  dueBefore?: Date
  /**
   * `added`: the newest first. `due`: the next one due first.
   * @default "added"
   */
  sort?: 'added' | 'due'
  /**
   * How many at once.
   * @minimum 1
   * @maximum 100
   * @integer
   * @default 30
   */
  limit?: number
  /**
   * Where the page before this one ended.
   * @maxLength 200
   */
  cursor?: string
}

/** A part of a longer list. */
export interface Page<Item> {
  items: Item[]
  /** How many there are on all pages. */
  total: number
  /** The cursor of the next page, when there is one. */
  next?: string
}

/** How things stand. */
export interface Stats {
  open: number
  /** Open, and their time has passed. */
  overdue: number
  /** How many were done on each of the last seven days: `2026-11-22` to number. Days without any are left out. */
  doneByDay: Map<string, number>
}

/**
 * Something that changed, here or in another window. `ready` comes first, and where changes were missed that nobody
 * knows any more: what is read from then on is as it is, and every change to it is told.
 */
export type Change =
  | { type: 'ready' }
  | { type: 'saved'; todo: Todo }
  | { type: 'removed'; id: string }
  | { type: 'lists' }

export class ListFull extends defineError('LIST_FULL', { status: 409, detail: 'This list is full.' })<{
  limit: number
}> {}

export class UnknownTimeZone extends defineError('UNKNOWN_TIME_ZONE', { detail: 'There is no such time zone.' })<{
  timeZone: string
}> {}

/** How many todos a list can hold. */
export const listLimit = 500

/** Adds a todo to a list. */
export const create = func(
  async (
    { db, hub },
    { list, title, notes = '', due }: Pick<Todo, 'list' | 'title' | 'due'> & Partial<Pick<Todo, 'notes'>>,
    { session: { userId } },
  ): Promise<Todo> => {
    const todo = await db.transaction(async (db) => {
      await reserve(db, list, userId)
      const rows = await db.query<TodoRow>(
        `insert into todos (user_id, list_id, title, notes, due) values ($1, $2, $3, $4, $5) returning ${columns}`,
        [userId, list, title.trim(), notes, due],
      )
      return oneTodo(rows, '')
    })
    hub.publish(userId, { type: 'saved', todo })
    return todo
  },
)

/** One todo. */
export const get = func(
  async ({ db }, { id }: Pick<Todo, 'id'>, { session: { userId } }): Promise<Todo> =>
    oneTodo(await db.query<TodoRow>(`select ${columns} from todos where id = $1 and user_id = $2`, [id, userId]), id),
)

/** Your todos, page by page. */
export const list = func(
  async (
    { db },
    { list, done, search, dueFrom, dueBefore, sort = 'added', limit = 30, cursor }: TodoQuery,
    { session: { userId } },
  ): Promise<Page<Todo>> => {
    const after = cursor === undefined ? undefined : fromCursor(cursor, sort)
    const matching = `user_id = $1
      and ($2::uuid is null or list_id = $2)
      and ($3::boolean is null or (done_at is not null) = $3)
      and ($4::text is null or strpos(lower(title || e'\\n' || notes), lower($4)) > 0)
      and ($5::timestamptz is null or due >= $5)
      and ($6::timestamptz is null or due < $6)`
    const filter = [userId, list, done, search?.trim(), dueFrom, dueBefore]
    const [count] = await db.query<{ total: number }>(
      `select count(*)::int as total from todos where ${matching}`,
      filter,
    )
    // One more than asked for tells whether there is another page.
    const rows = await db.query<TodoRow>(
      `select ${columns} from todos where ${matching}
         and ($7::timestamptz is null or ${orders[sort].after}) order by ${orders[sort].by} limit $9`,
      [...filter, after?.at, after?.id, limit + 1],
    )
    const items = rows.slice(0, limit).map(toTodo)
    const last = items.at(-1)
    const page = { items, total: count?.total ?? 0 }
    if (!last || rows.length <= limit) return page
    const at = sort === 'due' ? (last.due?.toISOString() ?? 'infinity') : last.createdAt.toISOString()
    return { ...page, next: toCursor({ sort, at, id: last.id }) }
  },
)

// Compared as pairs, so that a page goes on exactly where the one before ended, whatever was added or removed since.
const orders = {
  added: { by: 'created_at desc, id desc', after: '(created_at, id) < ($7::timestamptz, $8::uuid)' },
  due: { by: `coalesce(due, 'infinity'), id`, after: `(coalesce(due, 'infinity'), id) > ($7::timestamptz, $8::uuid)` },
} as const

/** Changes what is given of a todo, and leaves the rest. */
export const update = func(
  async ({ db, hub }, { id, list, title, notes, due }: TodoPatch, { session: { userId } }): Promise<Todo> => {
    const todo = await db.transaction(async (db) => {
      if (list !== undefined) await reserve(db, list, userId, id)
      const rows = await db.query<TodoRow>(
        `update todos set
           list_id = coalesce($3, list_id),
           title = coalesce($4, title),
           notes = coalesce($5, notes),
           due = case when $6 then $7 else due end
         where id = $1 and user_id = $2 returning ${columns}`,
        [id, userId, list, title?.trim(), notes, due !== undefined, due],
      )
      return oneTodo(rows, id)
    })
    hub.publish(userId, { type: 'saved', todo })
    return todo
  },
)

/** Marks a todo as done. One that is done already keeps its moment. */
export const complete = func(async ({ db, hub }, { id }: Pick<Todo, 'id'>, { session: { userId } }): Promise<Todo> => {
  const rows = await db.query<TodoRow>(
    `update todos set done_at = coalesce(done_at, now()) where id = $1 and user_id = $2 returning ${columns}`,
    [id, userId],
  )
  const todo = oneTodo(rows, id)
  hub.publish(userId, { type: 'saved', todo })
  return todo
})

/** Marks a todo as not done after all. */
export const reopen = func(async ({ db, hub }, { id }: Pick<Todo, 'id'>, { session: { userId } }): Promise<Todo> => {
  const rows = await db.query<TodoRow>(
    `update todos set done_at = null where id = $1 and user_id = $2 returning ${columns}`,
    [id, userId],
  )
  const todo = oneTodo(rows, id)
  hub.publish(userId, { type: 'saved', todo })
  return todo
})

/** Removes a todo for good. */
export const remove = func(async ({ db, hub }, { id }: Pick<Todo, 'id'>, { session: { userId } }): Promise<void> => {
  const removed = await db.query('delete from todos where id = $1 and user_id = $2 returning id', [id, userId])
  if (removed.length === 0) throw new NotFound({ id })
  hub.publish(userId, { type: 'removed', id })
})

/** How much there is to do, and how much was done lately, by the days of a time zone such as `Europe/Berlin`. */
export const stats = func(
  async ({ db }, { timeZone = 'UTC' }: { timeZone?: string }, { session: { userId } }): Promise<Stats> => {
    if (!isTimeZone(timeZone)) throw new UnknownTimeZone({ timeZone })
    const [counts] = await db.query<{ open: number; overdue: number }>(
      `select count(*)::int as open, count(*) filter (where due < now())::int as overdue
       from todos where user_id = $1 and done_at is null`,
      [userId],
    )
    const days = await db.query<{ day: string; done: number }>(
      `select (done_at at time zone $2)::date::text as day, count(*)::int as done from todos
       where user_id = $1 and (done_at at time zone $2)::date > (now() at time zone $2)::date - 7
       group by day order by day`,
      [userId, timeZone],
    )
    const { open = 0, overdue = 0 } = counts ?? {}
    return { open, overdue, doneByDay: new Map(days.map(({ day, done }) => [day, done])) }
  },
)

/** Every change to your todos and lists, as it happens. Who lost the stream is told what happened meanwhile. */
export const watch = func(async function* ({ hub }, _input, { session, signal, lastEventId }) {
  yield* hub.subscribe(session.userId, { type: 'ready' }, signal, lastEventId)
})

/** Makes sure that the list is this user's and has room, and keeps others from filling it meanwhile. */
async function reserve(db: Queryable, list: string, userId: string, moving?: string): Promise<void> {
  const [found] = await db.query('select id from lists where id = $1 and user_id = $2 for update', [list, userId])
  if (!found) throw new NotFound({ id: list })
  const [count] = await db.query<{ todos: number }>(
    'select count(*)::int as todos from todos where list_id = $1 and id is distinct from $2',
    [list, moving],
  )
  if (count && count.todos >= listLimit) throw new ListFull({ limit: listLimit })
}

function isTimeZone(name: string): boolean {
  try {
    // Offsets are left out: ISO 8601 and PostgreSQL count them in opposite directions.
    return /^[A-Z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false
  }
}
