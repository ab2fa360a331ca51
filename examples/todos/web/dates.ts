const day = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' })
const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' })

/** Midnight of today, or of a day that many days away. */
export function startOfDay(offset = 0, from = new Date()): Date {
  return new Date(from.getFullYear(), from.getMonth(), from.getDate() + offset)
}

/** `Today, 18:00`, `Tomorrow, 09:00`, `Mon, 14 Dec, 09:00`. */
export function formatDue(due: Date): string {
  return `${formatDay(due)}, ${time.format(due)}`
}

function formatDay(date: Date): string {
  const days = Math.round((startOfDay(0, date).getTime() - startOfDay().getTime()) / 86_400_000)
  if (days === 0) return 'Today'
  if (days === 1) return 'Tomorrow'
  if (days === -1) return 'Yesterday'
  return date.getFullYear() === new Date().getFullYear() ? day.format(date) : dayOfYear.format(date)
}

/** As `<input type="datetime-local">` has it: local time, to the minute. */
export function toField(date: Date | undefined): string {
  if (!date) return ''
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}

/** What somebody put into `<input type="datetime-local">`; `undefined` when it is empty. */
export function fromField(text: string): Date | undefined {
  return text ? new Date(text) : undefined
}

/** Six in the evening of today, or midnight when that has passed. */
export function laterToday(): Date {
  const evening = new Date(startOfDay().setHours(18))
  return evening > new Date() ? evening : new Date(startOfDay(1).getTime() - 60_000)
}

/** Nine in the morning of a day that many days away. */
export function morning(offset: number): Date {
  return new Date(startOfDay(offset).setHours(9))
}

/** How many days until the next Monday. */
export function daysToMonday(): number {
  return ((7 - new Date().getDay()) % 7) + 1
}

/** The last seven days, oldest first, as the server names them: `2026-11-22`. */
export function lastWeek(): { key: string; label: string }[] {
  return [-6, -5, -4, -3, -2, -1, 0].map((offset) => {
    const date = startOfDay(offset)
    return {
      key: toField(date).slice(0, 10),
      label: new Intl.DateTimeFormat(undefined, { weekday: 'long' }).format(date),
    }
  })
}
