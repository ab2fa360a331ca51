// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeDate, encodeDate, type Fields, invalid, isObject, longer, uuid } from 'pikku/parse'
import { encodeTodo } from './shared.ts'

/** What `todos.create` takes. */
export function decodeCreateInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, due } = value
  if (typeof title !== 'string' || title === '' || longer(title, 200)) return invalid
  const due2 = due === undefined ? due : decodeDate(due)
  if (due2 === invalid) return invalid
  const value2: Fields = { title }
  if (due2 !== undefined) value2['due'] = due2
  return value2
}

/** What `todos.create` gives. */
export const encodeCreateOutput = encodeTodo

/** What `todos.get` takes. */
export function decodeGetInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `todos.get` gives. */
export const encodeGetOutput = encodeTodo

/** What comes with `NOT_FOUND`. */
export function encodeNotFoundData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `todos.list` takes. */
export function decodeListInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { done, tags, limit, sort } = value
  if (done !== undefined && typeof done !== 'boolean') return invalid
  let tags2: unknown = tags
  if (tags !== undefined) {
    if (!Array.isArray(tags)) return invalid
    const tags3: unknown[] = []
    for (let at = 0; at < tags.length; at++) {
      const item: unknown = tags[at]
      if (typeof item !== 'string') return invalid
      tags3.push(item)
    }
    tags2 = tags3
  }
  if (
    limit !== undefined && (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 1 || limit > 100)
  ) {
    return invalid
  }
  const limit2 = limit === undefined ? 20 : limit
  if (sort !== undefined && sort !== 'due' && sort !== 'title') return invalid
  const value2: Fields = {}
  if (done !== undefined) value2['done'] = done
  if (tags2 !== undefined) value2['tags'] = tags2
  value2['limit'] = limit2
  if (sort !== undefined) value2['sort'] = sort
  return value2
}

/** A `PageOfTodo` onto the wire. */
export function encodePageOfTodo(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { items, next } = value
  if (!Array.isArray(items)) return invalid
  const items2: unknown[] = []
  for (let at = 0; at < items.length; at++) {
    const item: unknown = items[at]
    const item2 = encodeTodo(item)
    if (item2 === invalid) return invalid
    items2.push(item2)
  }
  if (next !== null && typeof next !== 'string') return invalid
  return { items: items2, next }
}

/** What `todos.list` gives. */
export const encodeListOutput = encodePageOfTodo

/** What `todos.watch` takes. */
export function decodeWatchInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** A `Change` onto the wire. */
export function encodeChange(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type } = value
  switch (type) {
    case 'created':
      return encodeChangeCreated(value)
    case 'removed':
      return encodeChangeRemoved(value)
    default:
      return invalid
  }
}

function encodeChangeCreated(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type, todo } = value
  if (type !== 'created') return invalid
  const todo2 = encodeTodo(todo)
  if (todo2 === invalid) return invalid
  return { type, todo: todo2 }
}

function encodeChangeRemoved(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type, id, at } = value
  if (type !== 'removed') return invalid
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { type, id, at: at2 }
}

/** Each item of `todos.watch`. */
export const encodeWatchOutput = encodeChange
