import { own, type Plan, type PlanFunction, type Plans } from './plan.ts'

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

/**
 * The plan of a union, by what its members are in JSON; what has no plan here is as JSON has it.
 *
 * @param ofMaps what the maps among the members are in JSON.
 */
export function either(plans: { [Kind in Rich]?: Plan }, ofMaps: Rich = 'object'): PlanFunction {
  return (value, reviving, inner) => {
    const kind = reviving ? kindOf(value) : value instanceof Map ? ofMaps : kindToBe(value)
    return inner(plans[kind as Rich], value)
  }
}

/** The plan of a union with texts, numbers or booleans that stand for themselves, and that no value of `plan` looks like. */
export function unless(plan: Plan, ...literals: readonly unknown[]): PlanFunction {
  return (value, _, inner) => (literals.includes(value) ? value : inner(plan, value))
}

/** The plan of an object whose other keys hold what their form says, the first that they have. */
export function keyed(
  properties: Plans,
  forms: readonly (readonly [key: RegExp, plan: Plan | 0])[],
  others: Plan | 0 = 0,
): PlanFunction {
  return (value, _, inner) => {
    const fields = { ...(value as Record<string, unknown>) }
    for (const name in fields) {
      const [, plan = others] = forms.find(([key]) => key.test(name)) ?? []
      fields[name] = inner(own(properties, name) ?? plan, fields[name])
    }
    return fields
  }
}

/** What values that are not in JSON as they are can be in it. */
type Rich = 'string' | 'array' | 'object'

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value
}

/** What a value is once it is JSON. */
function kindToBe(value: unknown): string {
  if (value instanceof Set) return 'array'
  const isText = [Date, URL, Uint8Array, ArrayBuffer].some((made) => value instanceof made)
  return isText || typeof value === 'bigint' ? 'string' : kindOf(value)
}
