import { PikkuError, type Tracked } from '../../core/index.ts'
import { problemOf } from '../http/problem.ts'

/** A file that a frame announces: where it stands in the input, and what is known of it. */
export interface FileHead {
  readonly at: readonly (string | number)[]
  readonly name: string | undefined
  readonly type: string
  readonly size: number
}

/** What has a body: a call, a message, or a channel to open. */
interface Asking {
  readonly id: number
  readonly to: string
  readonly input: unknown
  readonly files: readonly FileHead[] | undefined
}

/** A frame of a client (docs/protocol.md). */
export type ClientFrame =
  | (Asking & {
      readonly kind: 'call'
      readonly key: string | undefined
      readonly credit: number
      readonly after: string | undefined
    })
  | (Asking & { readonly kind: 'open'; readonly after: string | undefined })
  | (Asking & { readonly kind: 'send'; readonly on: number; readonly key: string | undefined })
  | { readonly kind: 'more'; readonly id: number; readonly credit: number }
  | { readonly kind: 'end'; readonly id: number }
  | { readonly kind: 'auth'; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'ping' }
  | { readonly kind: 'pong' }

/** A frame of one kind. */
export type Frame<Kind extends ClientFrame['kind']> = Extract<ClientFrame, { readonly kind: Kind }>

/**
 * The frame that came as this JSON.
 *
 * @throws PikkuError `BAD_REQUEST` where it is none.
 */
export function readFrame(json: unknown): ClientFrame {
  const frame = typeof json === 'object' && json !== null && toFrame(json as Fields)
  if (frame) return frame
  throw new PikkuError('BAD_REQUEST', { detail: 'This is no frame of the protocol pikku.v1.' })
}

/** What a frame may have. */
type Fields = Readonly<
  Record<(typeof kinds)[number] | 'to' | 'on' | 'input' | 'key' | 'after' | 'credit' | 'files', unknown>
>
const kinds = ['call', 'open', 'send', 'more', 'end', 'auth', 'ping', 'pong'] as const

function toFrame(fields: Fields): ClientFrame | undefined {
  const { send, call, open, more, end, auth, to, input, key, after, credit, files } = fields
  const asks = typeof to === 'string' && isText(key) && isText(after) && isCredit(credit) && isFiles(files)
  if (isId(send))
    return asks && isId(fields.on) ? { kind: 'send', id: send, on: fields.on, to, input, key, files } : undefined
  if (isId(call))
    return asks ? { kind: 'call', id: call, to, input, key, after, credit: credit ?? 0, files } : undefined
  if (isId(open)) return asks ? { kind: 'open', id: open, to, input, after, files: undefined } : undefined
  if (isId(more)) return isCredit(credit) ? { kind: 'more', id: more, credit: credit ?? 0 } : undefined
  if (isId(end)) return { kind: 'end', id: end }
  if (isHeaders(auth)) return { kind: 'auth', headers: auth }
  if (fields.ping === 0) return { kind: 'ping' }
  return fields.pong === 0 ? { kind: 'pong' } : undefined
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0 && (value as number) < 2 ** 32
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && value.length <= 1024)
}

function isCredit(value: unknown): value is number | undefined {
  return value === undefined || (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 65_536)
}

function isHeaders(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' && value !== null && Object.values(value).every((header) => typeof header === 'string')
  )
}

function isFiles(value: unknown): value is readonly FileHead[] | undefined {
  return value === undefined || (Array.isArray(value) && value.length > 0 && value.length <= 100 && value.every(isFile))
}

function isFile(value: unknown): value is FileHead {
  if (typeof value !== 'object' || value === null) return false
  const { at, name, type, size } = value as Record<string, unknown>
  return (
    Array.isArray(at) &&
    at.every((step) => typeof step === 'string' || Number.isSafeInteger(step)) &&
    isText(name) &&
    typeof type === 'string' &&
    type.length <= 256 &&
    Number.isSafeInteger(size) &&
    (size as number) >= 0
  )
}

/** What a server says, as the text of a message. Values are JSON already where their names end in `Json`. */
export const frames = {
  ready: (id: string, beat: number, message: number) => JSON.stringify({ ready: { id, beat, message } }),
  done: (id: number, output?: unknown) =>
    output === undefined ? `{"done":${id}}` : `{"done":${id},"output":${JSON.stringify(output)}}`,
  file: (id: number, file: object) => `{"done":${id},"file":${JSON.stringify(file)}}`,
  item: (id: number, output: unknown) => `{"item":${id},"output":${JSON.stringify(output)}}`,
  tracked: (id: number, item: Tracked<unknown>) => JSON.stringify({ item: id, output: item.value, id: item.id }),
  open: (id: number, at: string, whole: boolean) =>
    JSON.stringify({ open: id, ...(at && { id: at }), ...(whole ? {} : { whole }) }),
  /** @param rest what {@link eventRest} made of it. */
  event: (id: number, rest: string, at?: string) =>
    `{"event":${id}${rest}${at === undefined ? '' : `,"id":${JSON.stringify(at)}`}}`,
  /** Moves the id on, or says that events are lost. */
  moved: (id: number, at: string, whole: boolean) => JSON.stringify({ event: id, id: at, ...(whole ? {} : { whole }) }),
  fail: (id: number, problem: PikkuError, requestId: string) =>
    `{"fail":${id},"problem":${JSON.stringify(problemOf(problem, requestId))}}`,
  ping: '{"ping":0}',
  pong: '{"pong":0}',
}

/** The part of an event's frame that is the same for every client. */
export function eventRest(name: string, data: unknown): string {
  return `,"name":${JSON.stringify(name)}${data === undefined ? '' : `,"data":${JSON.stringify(data)}`}`
}
