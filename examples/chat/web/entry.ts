import type { Message } from '../contracts/shared.ts'

/** How a message stands below the one before it. */
export interface Entry {
  /** It begins this day. */
  readonly day: string | undefined
  /** It goes on with what its author just said, so that the name need not stand there again. */
  readonly follows: boolean
  /** What two that look the same have in common. */
  readonly key: string
}

/** How long somebody may pause who goes on, in milliseconds. */
const pause = 5 * 60_000

export function toEntry(message: Message, before: Message | undefined): Entry {
  const [day, dayBefore] = [dayOf(message.postedAt), before && dayOf(before.postedAt)]
  const isNewDay = day !== dayBefore
  const follows =
    !isNewDay && before?.author === message.author && Number(message.postedAt) - Number(before.postedAt) < pause
  return { day: isNewDay ? day : undefined, follows, key: `${isNewDay ? day : ''}${follows}` }
}

const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' })
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** `14:05` */
export function timeOf(date: Date): string {
  return time.format(date)
}

/** `Today`, `Friday, 27 November` */
function dayOf(date: Date): string {
  const today = new Date()
  if (date.toDateString() === today.toDateString()) return 'Today'
  today.setDate(today.getDate() - 1)
  return date.toDateString() === today.toDateString() ? 'Yesterday' : weekday.format(date)
}
