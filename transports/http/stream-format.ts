import { type PikkuError, Tracked } from '../../core/index.ts'
import { preferred } from './accept.ts'
import { problemOf } from './problem.ts'

/** How a stream of items is written. None of these texts is an item that looks like another of them. */
export interface StreamFormat {
  /** Its media type. */
  readonly type: string
  /** What comes first: it makes every server in between send the headers. */
  opening(retry: number | undefined): string
  /** One item, or a {@link Tracked} one. */
  item(value: unknown): string
  /** What shows, while there are no items, that the connection stands. */
  readonly heartbeat: string
  /** The end of a stream that is whole. */
  readonly done: string
  /** The end of one that is not. */
  error(error: PikkuError, requestId: string): string
}

/**
 * Server-sent events (HTML Living Standard, section 9.2). JSON has no line breaks of its own and ids have none either,
 * so a line holds each.
 */
const events: StreamFormat = {
  type: 'text/event-stream',
  opening: (retry) => (retry === undefined ? ':\n\n' : `retry: ${retry}\n\n`),
  item: (value) => {
    if (!(value instanceof Tracked)) return `data: ${JSON.stringify(value)}\n\n`
    return value.value === undefined
      ? `id: ${value.id}\n\n`
      : `id: ${value.id}\ndata: ${JSON.stringify(value.value)}\n\n`
  },
  heartbeat: ':\n\n',
  done: 'event: done\ndata:\n\n',
  error: (error, requestId) => `event: error\ndata: ${JSON.stringify(problemOf(error, requestId))}\n\n`,
}

/**
 * An object a line, and its keys say what it is: `{"item":…}`, `{"id":…,"item":…}`, `{"done":true}`, `{"error":{…}}`.
 * An item may be any JSON, so a line that were the item alone could not be told from the end.
 */
const lines: StreamFormat = {
  type: 'application/x-ndjson',
  opening: () => '\n',
  item: (value) => {
    if (!(value instanceof Tracked)) return `{"item":${JSON.stringify(value)}}\n`
    const id = JSON.stringify(value.id)
    return value.value === undefined ? `{"id":${id}}\n` : `{"id":${id},"item":${JSON.stringify(value.value)}}\n`
  },
  heartbeat: '\n',
  done: '{"done":true}\n',
  error: (error, requestId) => `${JSON.stringify({ error: problemOf(error, requestId) })}\n`,
}

const formats = [events, lines, { ...lines, type: 'application/jsonl' }]

/** The media types that a stream can have, the usual one first. */
export const streamTypes: readonly string[] = formats.map(({ type }) => type)

/** The form in which a caller wants a stream. */
export function streamFormatFor(accept = '*/*'): StreamFormat {
  const type = preferred(accept, streamTypes)
  return formats.find((format) => format.type === type) ?? events
}
