import { NotFound } from './errors.ts'
import type { Todo } from './functions/todos.ts'

/** The columns of a {@link TodoRow}. */
export const columns = `id, list_id as list, title, notes, due, done_at as "doneAt", created_at as "createdAt",
  (select count(*)::int from attachments where todo_id = todos.id) as attachments`

/** A todo as the database gives it. */
export interface TodoRow {
  id: string
  list: string
  title: string
  notes: string
  due: Date | null
  doneAt: Date | null
  attachments: number
  createdAt: Date
}

/** A todo as functions give it. */
export function toTodo({ due, doneAt, ...row }: TodoRow): Todo {
  return { ...row, done: doneAt !== null, ...(due && { due }), ...(doneAt && { doneAt }) }
}

/** The todo that a statement gave, or `NOT_FOUND`. */
export function oneTodo([row]: readonly TodoRow[], id: string): Todo {
  if (!row) throw new NotFound({ id })
  return toTodo(row)
}
