/**
 * RFC 3339 in UTC with milliseconds, as `toISOString` writes it, both ways by arithmetic on days (Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms"): several times as fast as `Date` itself.
 */

const dayLength = 86_400_000
/** From the 1st of March of the year 0, where his calendar starts, to 1970. */
const daysTo1970 = 719_468
/** The Gregorian calendar starts anew after 400 years. */
const eraDays = 146_097

/** Milliseconds since 1970; `undefined` when the text is of another form or names a moment that there is not. */
export function readCalendar(text: string): number | undefined {
  if (text.length !== 24 || !hasMarks(text)) return undefined
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const clock = readClock(text)
  // Every comparison with what is no number is false.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month) && clock >= 0))
    return undefined
  const march = month > 2 ? year : year - 1
  const era = Math.floor(march / 400)
  const yearOfEra = march - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return (era * eraDays + dayOfEra - daysTo1970) * dayLength + clock
}

/** `2026-11-22T09:30:00.000Z`. Expects a time of the years 0 to 9999. */
export function writeCalendar(time: number): string {
  const days = Math.floor(time / dayLength)
  const clock = time - days * dayLength
  const era = Math.floor((days + daysTo1970) / eraDays)
  const dayOfEra = days + daysTo1970 - era * eraDays
  const leapDays = Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096)
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  const date = `${pad(Math.floor(year / 100))}${pad(year % 100)}-${pad(month)}-${pad(day)}`
  const second = Math.floor(clock / 1000)
  const minute = Math.floor(second / 60)
  const milliseconds = clock - second * 1000
  const fraction = `${Math.floor(milliseconds / 100)}${pad(milliseconds % 100)}`
  return `${date}T${pad(Math.floor(minute / 60))}:${pad(minute % 60)}:${pad(second % 60)}.${fraction}Z`
}

function hasMarks(text: string): boolean {
  return (
    text.charCodeAt(4) === 0x2d &&
    text.charCodeAt(7) === 0x2d &&
    text.charCodeAt(10) === 0x54 &&
    text.charCodeAt(13) === 0x3a &&
    text.charCodeAt(16) === 0x3a &&
    text.charCodeAt(19) === 0x2e &&
    text.charCodeAt(23) === 0x5a
  )
}

/** The milliseconds of the day, or NaN. */
function readClock(text: string): number {
  const hour = twoDigits(text, 11)
  const minute = twoDigits(text, 14)
  const second = twoDigits(text, 17)
  const milliseconds = twoDigits(text, 20) * 10 + digit(text, 22)
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN
  return ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds
}

function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1)
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30
  return value >= 0 && value <= 9 ? value : Number.NaN
}

function daysOf(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
}

/** `00` to `99`. */
const pads: readonly string[] = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'))

function pad(value: number): string {
  return pads[value] as string
}
