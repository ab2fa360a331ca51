import type { Todo, TodoQuery } from '../contracts/todos.ts'
import { startOfDay } from './dates.ts'

/** A part of all todos, as the sidebar offers them. */
export type View = { kind: 'all' | 'today' | 'upcoming' } | { kind: 'list'; id: string }

/** What the toolbar says. */
export interface Filter {
  readonly status: 'open' | 'done' | 'any'
  readonly search: string
  readonly sort: 'added' | 'due'
}

/** Reads the view from the address: `#/today`, `#/lists/<id>`. */
export function viewOf(hash: string): View {
  const [, kind, id] = hash.split('/')
  if (kind === 'today' || kind === 'upcoming') return { kind }
  return kind === 'lists' && id ? { kind: 'list', id } : { kind: 'all' }
}

/** The address of a view. */
export function hashOf(view: View): string {
  if (view.kind === 'list') return `#/lists/${view.id}`
  return view.kind === 'all' ? '#/' : `#/${view.kind}`
}

/** What to ask the server for. */
export function queryOf(view: View, { status, search, sort }: Filter): TodoQuery {
  return {
    sort,
    ...(view.kind === 'list' && { list: view.id }),
    ...(view.kind === 'today' && { dueBefore: startOfDay(1) }),
    ...(view.kind === 'upcoming' && { dueFrom: startOfDay(1) }),
    ...(status !== 'any' && { done: status === 'done' }),
    ...(search && { search }),
  }
}

/** Whether a todo that changed still belongs to what is shown. The same rules as the server's. */
export function matches({ list, done, search, dueFrom, dueBefore }: TodoQuery, todo: Todo): boolean {
  const text = `${todo.title}\n${todo.notes}`.toLowerCase()
  return (
    (list === undefined || todo.list === list) &&
    (done === undefined || todo.done === done) &&
    (search === undefined || text.includes(search.toLowerCase())) &&
    (dueFrom === undefined || (todo.due !== undefined && todo.due >= dueFrom)) &&
    (dueBefore === undefined || (todo.due !== undefined && todo.due < dueBefore))
  )
}

/** Which of two todos comes first. The same order as the server's. */
export function compare(sort: TodoQuery['sort'], left: Todo, right: Todo): number {
  const time = ({ due }: Todo) => due?.getTime() ?? Number.POSITIVE_INFINITY
  if (sort === 'due' && time(left) !== time(right)) return time(left) - time(right)
  if (sort === 'due') return left.id < right.id ? -1 : 1
  return right.createdAt.getTime() - left.createdAt.getTime() || (left.id < right.id ? 1 : -1)
}
