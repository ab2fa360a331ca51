import type { Plan, PlanFunction } from './plan.ts'

/** The plan of a `URL`. */
export const url: PlanFunction = (value, reviving) => (reviving ? new URL(value as string) : `${value}`)

/** The plan of a `Uint8Array`: base64 on the wire. */
export const bytes: PlanFunction = (value, reviving) =>
  reviving
    ? Uint8Array.from(atob(value as string), (char) => char.charCodeAt(0))
    : btoa(Array.from(value as Uint8Array, (byte) => String.fromCharCode(byte)).join(''))

/** The plan of an `ArrayBuffer`, as {@link bytes}. */
export const buffer: PlanFunction = (value, reviving, inner) =>
  reviving ? (inner(bytes, value) as Uint8Array).buffer : inner(bytes, new Uint8Array(value as ArrayBuffer))

/** The plan of a set: an array on the wire. */
export function set(items: Plan | 0): PlanFunction {
  return (value, reviving, inner) => {
    const list = inner(['a', items], value) as unknown[]
    return reviving ? new Set(list) : list
  }
}

/** The plan of a map: an array of pairs on the wire. */
export function map(key: Plan | 0, item: Plan | 0): PlanFunction {
  return (value, reviving, inner) => {
    const pairs = inner(['a', ['t', key, item]], value) as [unknown, unknown][]
    return reviving ? new Map(pairs) : pairs
  }
}

/** The plan of a map whose keys are texts: an object on the wire. */
export function objectMap(item: Plan | 0): PlanFunction {
  return (value, reviving, inner) => {
    const record = inner(['r', item], reviving ? value : Object.fromEntries(value as Map<string, unknown>))
    return reviving ? new Map(Object.entries(record as object)) : record
  }
}

/** The plan of a tuple whose rest other items follow: `last` is for those, which are `-at` in number. */
export function tupleEnds(first: Plan | 0, last: Plan | 0, at: number): PlanFunction {
  return (value, _, inner) => {
    const items = value as unknown[]
    return [...(inner(first, items.slice(0, at)) as unknown[]), ...(inner(last, items.slice(at)) as unknown[])]
  }
}

/** The plan of objects or arrays beside which texts, numbers and booleans may stand, which are as JSON has them. */
export function orPlain(plan: Plan): PlanFunction {
  return (value, _, inner) => (Object(value) === value ? inner(plan, value) : value)
}
