import * as z from 'zod'
import { isOfForm } from './wire-keyed.ts'

export type { Contracts, OperationContract } from '../core/index.ts'
export { type AnyOf, anyOf } from './wire-any-of.ts'
export { type BlobSchema, blob, type FileRules, isOfType, rawBytes, type StreamSchema, stream } from './wire-files.ts'
export { type KeyedObject, keyed } from './wire-keyed.ts'
export { type TupleWithEnd, tuple } from './wire-tuple.ts'

/** A point in time: `2026-11-22T09:30:00.000Z` on the wire, where any RFC 3339 date-time with an offset is taken. */
export type DateCodec = z.ZodCodec<z.ZodString, z.ZodDate>

/** A whole number of any size: a decimal string on the wire. */
export type BigIntCodec = z.ZodCodec<z.ZodString, z.ZodBigInt>

/** Any `URL`: its text on the wire. */
export type UrlCodec = z.ZodCodec<z.ZodString, z.ZodCustom<URL, URL>>

/** Bytes: base64 on the wire. */
export type BytesCodec = z.ZodCodec<z.ZodString, z.ZodCustom<Uint8Array, Uint8Array>>

/** Bytes, held as an `ArrayBuffer`: base64 on the wire. */
export type ArrayBufferCodec = z.ZodCodec<z.ZodString, z.ZodCustom<ArrayBuffer, ArrayBuffer>>

/** A `Map` with text as keys: an object on the wire. */
export type MapCodec<Key extends z.core.$ZodType, Value extends z.core.$ZodType> = z.ZodCodec<
  z.ZodRecord<z.ZodString, z.ZodUnknown>,
  z.ZodMap<Key, Value>
>

/** A `Map` with any keys: an array of pairs on the wire. */
export type PairsCodec<Key extends z.core.$ZodType, Value extends z.core.$ZodType> = z.ZodCodec<
  z.ZodArray<z.ZodTuple<[z.ZodUnknown, z.ZodUnknown]>>,
  z.ZodMap<Key, Value>
>

/** A `Set`: an array on the wire. */
export type SetCodec<Item extends z.core.$ZodType> = z.ZodCodec<z.ZodArray<z.ZodUnknown>, z.ZodSet<Item>>

/** A record whose keys are of one form, without the others. */
export type RecordCodec<Key extends z.core.$ZodRecordKey, Value extends z.core.$ZodType> = z.ZodCodec<
  z.ZodCodec<z.ZodUnknown, z.ZodRecord<Key, Value>>,
  z.ZodCustom<z.output<z.ZodRecord<Key, Value>>>
>

let dateCodec: DateCodec | undefined

/**
 * A `Date`. Years are 0 to 9999 in UTC, as RFC 3339 has no others; a leap second is read as the second after it,
 * as POSIX time does.
 */
export function date(): DateCodec {
  dateCodec ??= z.codec(z.string(), z.date(), {
    decode: (text, context) => {
      const time = parseDateTime(text)
      if (time !== undefined) return new Date(time)
      const message = 'Not a date and time with an offset, such as 2026-11-22T09:30:00Z (RFC 3339)'
      context.issues.push({ code: 'invalid_format', format: 'datetime', input: text, message })
      return z.NEVER
    },
    encode: (value, context) => {
      if (isWritable(value.getTime())) return value.toISOString()
      const message = 'Not a date of the years 0 to 9999, which is what RFC 3339 can write'
      context.issues.push({ code: 'custom', input: value, message })
      return z.NEVER
    },
  })
  return dateCodec
}

const dateTime = /^(\d{4}-\d{2}-)(\d{2})T(\d{2}:\d{2}):(\d{2})(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Milliseconds since 1970, by RFC 3339, section 5.6. */
function parseDateTime(given: string): number | undefined {
  const [, month, day, clock, second, fraction = '', offset] = dateTime.exec(given.toUpperCase()) ?? []
  if (month === undefined || day === undefined || offset === undefined || clock === undefined) return undefined
  // Date.parse takes the 30th of February for the 2nd of March, and 24:00 for the next day.
  if (clock.startsWith('24') || Number(day) > daysOf(month)) return undefined
  const leap = second === '60'
  const time = Date.parse(`${month}${day}T${clock}:${leap ? '59' : second}${leap ? '' : fraction.slice(0, 4)}${offset}`)
  if (leap && !(isWritable(time) && new Date(time).toISOString().endsWith('T23:59:59.000Z'))) return undefined
  const read = leap ? time + 1000 : time
  return isWritable(read) ? read : undefined
}

/** How many days the month of `2024-02-` has. */
function daysOf(month: string): number {
  const last = new Date(0)
  last.setUTCFullYear(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)
  return last.getUTCDate()
}

function isWritable(time: number): boolean {
  return time >= -62_167_219_200_000 && time <= 253_402_300_799_999
}

/** The longest bigint that is read, in digits: turning text into a number takes time that grows with its square. */
const maxDigits = 1024

/** A `bigint`, of at most 1,024 digits. */
export function bigint(bounds: { readonly minimum?: bigint; readonly maximum?: bigint } = {}): BigIntCodec {
  let inner = z.bigint()
  if (bounds.minimum !== undefined) inner = inner.min(bounds.minimum)
  if (bounds.maximum !== undefined) inner = inner.max(bounds.maximum)
  return z.codec(z.string().max(maxDigits), inner, {
    decode: (text, context) => {
      if (/^(?:0|-?[1-9]\d*)$/.test(text)) return BigInt(text)
      const message = 'Not a whole number in decimal digits, as text'
      context.issues.push({ code: 'invalid_format', format: 'bigint', input: text, message })
      return z.NEVER
    },
    encode: (value) => value.toString(),
  })
}

/** One `bigint` and no other. */
export function exactly<const Value extends bigint>(
  value: Value,
): z.ZodCodec<z.ZodLiteral<string>, z.ZodLiteral<Value>> {
  const text = value.toString()
  return z.codec(z.literal(text), z.literal(value), { decode: () => value, encode: () => text })
}

/** A `URL`. */
export function url(): UrlCodec {
  const inner = z.custom<URL>((value) => value instanceof URL, 'Not a URL')
  return z.codec(z.string(), inner, {
    decode: (text, context) => {
      const parsed = URL.parse(text)
      if (parsed) return parsed
      context.issues.push({ code: 'invalid_format', format: 'url', input: text, message: 'Not an absolute URL' })
      return z.NEVER
    },
    // Where a list around it has limits, Zod asks once without looking whether this is one.
    encode: (value) => (value instanceof URL ? value.href : ''),
  })
}

/** A `Uint8Array`. */
export function bytes(): BytesCodec {
  const inner = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Not a Uint8Array')
  return z.codec(z.string(), inner, {
    decode: (text, context) => {
      if (isBase64(text)) return fromBase64(text)
      context.issues.push({ code: 'invalid_format', format: 'base64', input: text, message: 'Not base64' })
      return z.NEVER
    },
    // As for a URL, this may be something else.
    encode: (value) => (value instanceof Uint8Array ? toBase64(value) : ''),
  })
}

/** An `ArrayBuffer`. */
export function arrayBuffer(): ArrayBufferCodec {
  const inner = z.custom<ArrayBuffer>((value) => value instanceof ArrayBuffer, 'Not an ArrayBuffer')
  return z.codec(z.string(), inner, {
    decode: (text, context) => {
      if (isBase64(text)) return fromBase64(text).buffer
      context.issues.push({ code: 'invalid_format', format: 'base64', input: text, message: 'Not base64' })
      return z.NEVER
    },
    // As for a URL, this may be something else.
    encode: (value) => (value instanceof ArrayBuffer ? toBase64(new Uint8Array(value)) : ''),
  })
}

/** Without this, atob would take spaces and missing padding. */
function isBase64(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const read = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) read[at] = binary.charCodeAt(at)
  return read
}

function toBase64(value: Uint8Array): string {
  let binary = ''
  // In pieces, because every argument takes a place on the stack.
  for (let at = 0; at < value.length; at += 8192) binary += String.fromCharCode(...value.subarray(at, at + 8192))
  return btoa(binary)
}

/**
 * A record whose keys are all of one form. Keys of another are dropped on the way in and on the way out, as those are
 * that a type does not name.
 */
export function record<Key extends z.core.$ZodRecordKey, Value extends z.core.$ZodType>(
  key: Key,
  value: Value,
): RecordCodec<Key, Value> {
  const drop = (fields: unknown): never => {
    if (!z.core.util.isPlainObject(fields)) return fields as never
    const kept = Reflect.ownKeys(fields).filter((name) => typeof name === 'symbol' || isOfForm(key, name))
    return Object.fromEntries(kept.map((name) => [name, fields[name as keyof typeof fields]])) as never
  }
  const inner = z.codec(z.unknown(), z.record(key, value), { decode: drop, encode: (fields) => fields })
  return z.codec(inner, z.custom<z.output<z.ZodRecord<Key, Value>>>(), { decode: (fields) => fields, encode: drop })
}

/** A `Map` whose keys are text. `__proto__` is no key on the wire. */
export function map<Key extends z.core.$ZodType, Value extends z.core.$ZodType>(
  key: Key,
  value: Value,
): MapCodec<Key, Value> {
  return z.codec(z.record(z.string(), z.unknown()), z.map(key, value), {
    // The inner schema is what finds out whether these are what it takes.
    decode: (fields) => new Map(Object.entries(fields)) as never,
    encode: (entries: ReadonlyMap<unknown, unknown>, context) => {
      if (!entries.has('__proto__')) return Object.fromEntries(entries)
      context.issues.push({ code: 'custom', input: entries, message: '__proto__ cannot be a key', path: ['__proto__'] })
      return z.NEVER
    },
  })
}

/** A `Map` whose keys are no text. */
export function pairs<Key extends z.core.$ZodType, Value extends z.core.$ZodType>(
  key: Key,
  value: Value,
): PairsCodec<Key, Value> {
  return z.codec(z.array(z.tuple([z.unknown(), z.unknown()])), z.map(key, value), {
    decode: (list) => new Map(list) as never,
    encode: (entries: ReadonlyMap<unknown, unknown>) => [...entries],
  })
}

/** A `Set`. What comes twice on the wire is in it once. */
export function set<Item extends z.core.$ZodType>(items: Item): SetCodec<Item> {
  return z.codec(z.array(z.unknown()), z.set(items), {
    decode: (list) => new Set(list) as never,
    encode: (members: ReadonlySet<unknown>) => [...members],
  })
}

/** Text of one form, such as `` `user_${number}` ``; the pattern says which. */
export function text<Text extends string>(pattern: RegExp): z.ZodCustom<Text, Text> {
  return z.custom<Text>(
    (value) => typeof value === 'string' && pattern.test(value),
    `Not of the form ${pattern.source}`,
  )
}

/** The time of a day with its offset, by RFC 3339: `09:30:00Z`. */
export function time(): z.ZodString {
  return z
    .string()
    .regex(
      /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/,
      'Not a time with an offset, such as 09:30:00Z (RFC 3339)',
    )
}

/** Whether no two items of a list are the same on the wire: for `.refine(wire.unique, …)`. */
export function unique(items: readonly unknown[]): boolean {
  return new Set(items.map(wireText)).size === items.length
}

/** Text that is the same for two values when JSON cannot tell them apart. */
function wireText(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (value instanceof Map || value instanceof Set || Array.isArray(value))
    return `[${[...value].map(wireText).join()}]`
  if (value instanceof Date || value instanceof URL) return JSON.stringify(value)
  if (value instanceof Uint8Array) return toBase64(value)
  if (value instanceof ArrayBuffer) return toBase64(new Uint8Array(value))
  const fields = Object.entries(value).filter(([, item]) => item !== undefined)
  return `{${fields
    .map(([key, item]) => `${JSON.stringify(key)}:${wireText(item)}`)
    .sort()
    .join()}}`
}
