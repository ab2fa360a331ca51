import { readCalendar, writeCalendar } from './calendar.ts'
import { invalid } from './invalid.ts'

/** An RFC 3339 date-time with an offset, as a `Date`. A leap second is read as the second after it. */
export function decodeDate(wire: unknown): Date | typeof invalid {
  if (typeof wire !== 'string') return invalid
  const time = readDateTime(wire)
  return time === undefined ? invalid : new Date(time)
}

/** A `Date` of the years 0 to 9999, as RFC 3339 has no others. */
export function encodeDate(value: unknown): string | typeof invalid {
  if (!(value instanceof Date)) return invalid
  const time = value.getTime()
  return isWritable(time) ? writeCalendar(time) : invalid
}

const dateTime = /^(\d{4}-\d{2}-)(\d{2})T(\d{2}:\d{2}):(\d{2})(\.\d+)?(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/

/** Milliseconds since 1970, by RFC 3339, section 5.6. */
export function readDateTime(wire: string): number | undefined {
  // Nearly every date comes in the form that programs write.
  return readCalendar(wire) ?? readAny(wire)
}

function readAny(wire: string): number | undefined {
  const [, month, day, clock, second, fraction = '', offset] = dateTime.exec(wire.toUpperCase()) ?? []
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
