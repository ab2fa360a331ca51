import { type Fields, isObject } from './fields.ts'
import { invalid } from './invalid.ts'

/** The names of each of several objects, where one of them needs none. */
export type NamesOfEach = readonly (readonly string[])[]

/**
 * What a value is as several objects at once: the keys of all that it fits.
 *
 * @param forms what it is as each of them, or `invalid`.
 * @param names of a value with names of others only, an object that needs none is none.
 */
export function joined(value: unknown, forms: readonly unknown[], names?: NamesOfEach): unknown {
  const fits = forms.filter((form, at) => form !== invalid && !isOfOthers(value, at, names))
  return fits.length === 0 ? invalid : merged(fits)
}

/** Whether a value is an object with names of others, and none that this one has. */
export function isOfOthers(value: unknown, at: number, names: NamesOfEach | undefined): boolean {
  if (!names || !isObject(value)) return false
  const has = (name: string): boolean => Object.hasOwn(value, name)
  return !names[at]?.some(has) && names.some((others) => others.some(has))
}

/** Values that were made of the same one, with the keys of all of them. */
export function merged(values: readonly unknown[]): unknown {
  return values.reduce(merge)
}

function merge(one: unknown, other: unknown): unknown {
  if (Array.isArray(one) && Array.isArray(other)) return one.map((item, at) => merge(item, other[at]))
  if (!isPlain(one) || !isPlain(other)) return one
  const result: Fields = { ...one }
  for (const [key, value] of Object.entries(other)) {
    if (key !== '__proto__') result[key] = Object.hasOwn(one, key) ? merge(one[key], value) : value
  }
  return result
}

/** Whether the value is an object of no class. */
function isPlain(value: unknown): value is Fields {
  return isObject(value) && Object.getPrototypeOf(value) === Object.prototype
}
