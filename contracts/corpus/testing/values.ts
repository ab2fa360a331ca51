/** What JSON can carry. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** The values given, and others made of them by one change each: at most so many, without doubles. */
export function withMutations(values: readonly Json[], most: number): Json[] {
  const all = new Map(values.map((value) => [JSON.stringify(value), value]))
  const made = new Map<string, Json>()
  for (const value of values) {
    for (const mutation of mutationsOf(value, true)) {
      const text = JSON.stringify(mutation)
      if (!all.has(text)) made.set(text, mutation)
    }
  }
  // Evenly spaced, so that every place in a large value has its turn.
  const wanted = Math.max(0, most - all.size)
  const step = Math.max(1, made.size / wanted)
  const candidates = [...made.values()]
  const chosen = candidates.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
  return [...all.values(), ...chosen.slice(0, wanted)]
}

/** The value with one thing in it changed. */
function* mutationsOf(value: Json, isRoot = false): Generator<Json> {
  yield* isRoot
    ? [null, true, 0, 'x', [], {}].filter((other) => kindOf(other) !== kindOf(value))
    : [null, otherKind(value)]
  switch (typeof value) {
    case 'string':
      if (value !== '') yield ''
      yield `${value}x`
      return
    case 'number':
      yield value + 0.5
      yield -value - 1
      return
    case 'boolean':
      yield !value
      return
  }
  if (value === null) return
  if (isList(value)) yield* mutationsOfList(value)
  else yield* mutationsOfObject(value)
}

function* mutationsOfList(list: readonly Json[]): Generator<Json> {
  if (list.length > 0) yield list.slice(0, -1)
  if (list.length > 1) yield []
  yield [...list, list.at(-1) ?? null]
  for (const [index, item] of list.entries()) {
    for (const changed of mutationsOf(item)) yield list.with(index, changed)
  }
}

function* mutationsOfObject(value: { readonly [key: string]: Json }): Generator<Json> {
  const entries = Object.entries(value)
  yield { ...value, surplus: 1 }
  if (entries.length > 1) yield {}
  for (const [index, [key, item]] of entries.entries()) {
    yield Object.fromEntries(entries.toSpliced(index, 1))
    for (const changed of mutationsOf(item)) yield Object.fromEntries(entries.with(index, [key, changed]))
  }
}

/** Something of another kind that looks alike. */
function otherKind(value: Json): Json {
  switch (typeof value) {
    case 'string':
      return Number(value) || 0
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return value === null ? 'null' : isList(value) ? {} : []
  }
}

function kindOf(value: Json): string {
  return value === null ? 'null' : isList(value) ? 'list' : typeof value
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
