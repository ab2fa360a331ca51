/** The properties of a value of which nothing more is known. */
export interface Fields {
  [name: string]: unknown
}

/** Whether the value has properties: an object, and no array. */
export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether the value is an object as JSON has them: not of some class, and every key a string. */
export function isRecord(value: unknown): value is Fields {
  if (!isObject(value) || Object.getOwnPropertySymbols(value).length > 0) return false
  const { constructor: made } = value
  if (typeof made !== 'function') return true
  const prototype: unknown = made.prototype
  return isObject(prototype) && Object.hasOwn(prototype, 'isPrototypeOf')
}

/** A property whose name every object inherits, such as `constructor`: only its own counts. */
export function own(fields: Fields, name: string): unknown {
  return Object.hasOwn(fields, name) ? fields[name] : undefined
}

/** The number that a key stands for, as the keys of `Record<number, …>` do. */
export function numericKey(key: string): number | undefined {
  return /^-?\d+(?:\.\d+)?$/.test(key) ? Number(key) : undefined
}
