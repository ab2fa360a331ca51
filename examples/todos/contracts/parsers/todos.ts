// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeDate, encodeDate, type Fields, invalid, isObject, longer, uuid } from 'pikku/parse'

const pattern = /\S/u

/** What `todos.create` takes. */
export function decodeCreateInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { list, title, due, notes } = value
  if (typeof list !== 'string' || !uuid.test(list)) return invalid
  if (typeof title !== 'string' || title === '' || longer(title, 200) || !pattern.test(title)) return invalid
  const due2 = due === undefined ? due : decodeDate(due)
  if (due2 === invalid) return invalid
  if (notes !== undefined && (typeof notes !== 'string' || longer(notes, 2000))) return invalid
  const value2: Fields = { list, title }
  if (due2 !== undefined) value2['due'] = due2
  if (notes !== undefined) value2['notes'] = notes
  return value2
}

/** A `Todo` onto the wire. */
export function encodeTodo(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, list, title, notes, due, done, doneAt, attachments, createdAt } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof list !== 'string' || !uuid.test(list)) return invalid
  if (typeof title !== 'string' || title === '' || longer(title, 200) || !pattern.test(title)) return invalid
  if (typeof notes !== 'string' || longer(notes, 2000)) return invalid
  const due2 = due === undefined ? due : encodeDate(due)
  if (due2 === invalid) return invalid
  if (typeof done !== 'boolean') return invalid
  const doneAt2 = doneAt === undefined ? doneAt : encodeDate(doneAt)
  if (doneAt2 === invalid) return invalid
  if (typeof attachments !== 'number' || !Number.isFinite(attachments)) return invalid
  const createdAt2 = encodeDate(createdAt)
  if (createdAt2 === invalid) return invalid
  const value2: Fields = { id, list, title, notes }
  if (due2 !== undefined) value2['due'] = due2
  value2['done'] = done
  if (doneAt2 !== undefined) value2['doneAt'] = doneAt2
  value2['attachments'] = attachments
  value2['createdAt'] = createdAt2
  return value2
}

/** What `todos.create` gives. */
export const encodeCreateOutput = encodeTodo

/** What comes with `LIST_FULL`. */
export function encodeListFullData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { limit } = value
  if (typeof limit !== 'number' || !Number.isFinite(limit)) return invalid
  return { limit }
}

/** What comes with `NOT_FOUND`. */
export function encodeNotFoundData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `todos.get` takes. */
export function decodeGetInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `todos.get` gives. */
export const encodeGetOutput = encodeTodo

/** A `TodoQuery` from the wire. */
export function decodeTodoQuery(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { list, done, search, dueFrom, dueBefore, sort, limit, cursor } = value
  if (list !== undefined && (typeof list !== 'string' || !uuid.test(list))) return invalid
  if (done !== undefined && typeof done !== 'boolean') return invalid
  if (search !== undefined && (typeof search !== 'string' || search === '' || longer(search, 100))) return invalid
  const dueFrom2 = dueFrom === undefined ? dueFrom : decodeDate(dueFrom)
  if (dueFrom2 === invalid) return invalid
  const dueBefore2 = dueBefore === undefined ? dueBefore : decodeDate(dueBefore)
  if (dueBefore2 === invalid) return invalid
  if (sort !== undefined && sort !== 'added' && sort !== 'due') return invalid
  const sort2 = sort === undefined ? 'added' : sort
  if (
    limit !== undefined && (typeof limit !== 'number' || !Number.isSafeInteger(limit) || limit < 1 || limit > 100)
  ) {
    return invalid
  }
  const limit2 = limit === undefined ? 30 : limit
  if (cursor !== undefined && (typeof cursor !== 'string' || longer(cursor, 200))) return invalid
  const value2: Fields = {}
  if (list !== undefined) value2['list'] = list
  if (done !== undefined) value2['done'] = done
  if (search !== undefined) value2['search'] = search
  if (dueFrom2 !== undefined) value2['dueFrom'] = dueFrom2
  if (dueBefore2 !== undefined) value2['dueBefore'] = dueBefore2
  value2['sort'] = sort2
  value2['limit'] = limit2
  if (cursor !== undefined) value2['cursor'] = cursor
  return value2
}

/** What `todos.list` takes. */
export const decodeListInput = decodeTodoQuery

/** A `PageOfTodo` onto the wire. */
export function encodePageOfTodo(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { items, total, next } = value
  if (!Array.isArray(items)) return invalid
  const items2: unknown[] = []
  for (let at = 0; at < items.length; at++) {
    const item: unknown = items[at]
    const item2 = encodeTodo(item)
    if (item2 === invalid) return invalid
    items2.push(item2)
  }
  if (typeof total !== 'number' || !Number.isFinite(total)) return invalid
  if (next !== undefined && typeof next !== 'string') return invalid
  const value2: Fields = { items: items2, total }
  if (next !== undefined) value2['next'] = next
  return value2
}

/** What `todos.list` gives. */
export const encodeListOutput = encodePageOfTodo

/** A `TodoPatch` from the wire. */
export function decodeTodoPatch(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, due, list, title, notes } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  const due2 = due === undefined || due === null ? due : decodeDate(due)
  if (due2 === invalid) return invalid
  if (list !== undefined && (typeof list !== 'string' || !uuid.test(list))) return invalid
  if (
    title !== undefined && (typeof title !== 'string' || title === '' || longer(title, 200) || !pattern.test(title))
  ) {
    return invalid
  }
  if (notes !== undefined && (typeof notes !== 'string' || longer(notes, 2000))) return invalid
  const value2: Fields = { id }
  if (due2 !== undefined) value2['due'] = due2
  if (list !== undefined) value2['list'] = list
  if (title !== undefined) value2['title'] = title
  if (notes !== undefined) value2['notes'] = notes
  return value2
}

/** What `todos.update` takes. */
export const decodeUpdateInput = decodeTodoPatch

/** What `todos.update` gives. */
export const encodeUpdateOutput = encodeTodo

/** What `todos.complete` takes. */
export function decodeCompleteInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `todos.complete` gives. */
export const encodeCompleteOutput = encodeTodo

/** What `todos.reopen` takes. */
export function decodeReopenInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `todos.reopen` gives. */
export const encodeReopenOutput = encodeTodo

/** What `todos.remove` takes. */
export function decodeRemoveInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `todos.stats` takes. */
export function decodeStatsInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { timeZone } = value
  if (timeZone !== undefined && typeof timeZone !== 'string') return invalid
  const value2: Fields = {}
  if (timeZone !== undefined) value2['timeZone'] = timeZone
  return value2
}

/** A `Stats` onto the wire. */
export function encodeStats(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { open, overdue, doneByDay } = value
  if (typeof open !== 'number' || !Number.isFinite(open)) return invalid
  if (typeof overdue !== 'number' || !Number.isFinite(overdue)) return invalid
  if (!(doneByDay instanceof Map)) return invalid
  const doneByDay2: Fields = {}
  for (const [key, item] of doneByDay as Map<unknown, unknown>) {
    if (typeof key !== 'string') return invalid
    const key2 = String(key)
    if (key2 === '__proto__') return invalid
    if (typeof item !== 'number' || !Number.isFinite(item)) return invalid
    doneByDay2[key2] = item
  }
  return { open, overdue, doneByDay: doneByDay2 }
}

/** What `todos.stats` gives. */
export const encodeStatsOutput = encodeStats

/** What comes with `UNKNOWN_TIME_ZONE`. */
export function encodeUnknownTimeZoneData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { timeZone } = value
  if (typeof timeZone !== 'string') return invalid
  return { timeZone }
}

/** A `Change` onto the wire. */
export function encodeChange(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type } = value
  switch (type) {
    case 'ready':
      return encodeChangeReady(value)
    case 'saved':
      return encodeChangeSaved(value)
    case 'removed':
      return encodeChangeRemoved(value)
    case 'lists':
      return encodeChangeLists(value)
    default:
      return invalid
  }
}

function encodeChangeReady(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type } = value
  if (type !== 'ready') return invalid
  return { type }
}

function encodeChangeSaved(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type, todo } = value
  if (type !== 'saved') return invalid
  const todo2 = encodeTodo(todo)
  if (todo2 === invalid) return invalid
  return { type, todo: todo2 }
}

function encodeChangeRemoved(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type, id } = value
  if (type !== 'removed') return invalid
  if (typeof id !== 'string') return invalid
  return { type, id }
}

function encodeChangeLists(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { type } = value
  if (type !== 'lists') return invalid
  return { type }
}

/** Each item of `todos.watch`. */
export const encodeWatchOutput = encodeChange
