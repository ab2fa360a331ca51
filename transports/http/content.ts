import type { AnswerContract } from '../../core/index.ts'
import { isNotModified, isRead, rangeOf, tagOf, type Validators } from './conditional.ts'
import type { HttpAnswer, HttpRequest } from './endpoint.ts'
import { attachmentOf } from './file-name.ts'
import type { HttpReply } from './reply.ts'

/** What an answer is made of: what the handler gave, and what was asked for. */
export interface Given {
  readonly output: unknown
  readonly request: HttpRequest
  readonly reply: HttpReply
  /** Those of every answer, to which more are added. */
  readonly headers: [name: string, value: string][]
}

/** The answer to a call whose output is not JSON. */
export async function answerContent({ kind, type }: AnswerContract, given: Given, status = 200): Promise<HttpAnswer> {
  const { output, request, reply, headers } = given
  if (kind === 'response' && output instanceof Response) return answerResponse(output, given)
  const start = (contentType: string) => {
    reply.apply((name, value) => headers.push([name, value]))
    addMissing(given, 'content-type', contentType)
    addMissing(given, 'x-content-type-options', 'nosniff')
    return { status: reply.status ?? status, headers }
  }
  if (kind === 'text' && typeof output === 'string')
    return { ...start(withCharset(type ?? 'text/plain')), body: output }
  if (kind === 'stream' && output instanceof ReadableStream) {
    const head = start(type ?? fallbackType)
    if (request.method !== 'HEAD') return { ...head, body: output }
    await output.cancel()
    return { ...head, body: null }
  }
  if (kind === 'bytes' && isBytes(output)) {
    return answerWhole({ ...start(type ?? fallbackType), body: output }, output.byteLength, given)
  }
  if ((kind === 'blob' || kind === 'file') && output instanceof Blob) {
    const head = start(type ?? (output.type || fallbackType))
    if (kind === 'file' && output instanceof File) addMissing(given, 'content-disposition', attachmentOf(output.name))
    return answerWhole({ ...head, body: output }, output.size, given)
  }
  throw new TypeError(`The contract names ${kind} as the output, and the handler gave something else.`)
}

const fallbackType = 'application/octet-stream'

function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer
}

function withCharset(type: string): string {
  return /^text\/[^;]+$/.test(type) ? `${type}; charset=utf-8` : type
}

/** What the handler set stands. */
function addMissing({ reply, headers }: Given, name: string, value: string): void {
  if (reply.given(name) === undefined) headers.push([name, value])
}

/** An answer of a known length: of a read, what the caller has already is not sent again, nor more than is asked for. */
async function answerWhole(
  answer: HttpAnswer & { body: Uint8Array<ArrayBuffer> | Blob },
  size: number,
  given: Given,
): Promise<HttpAnswer> {
  const { request, headers } = given
  const { status, body } = answer
  if (isRead(request) && status === 200) {
    const validators = await validatorsOf(body, given)
    if (validators.etag) addMissing(given, 'etag', validators.etag)
    if (validators.modified) addMissing(given, 'last-modified', validators.modified)
    if (isNotModified(request, validators)) return { status: 304, headers: withoutContent(headers), body: null }
    addMissing(given, 'accept-ranges', 'bytes')
    const range = rangeOf(request, size, validators)
    if (range === 'none') {
      headers.push(['content-range', `bytes */${size}`])
      return { status: 416, headers: withoutContent(headers), body: null }
    }
    if (range) {
      const { start, end } = range
      headers.push(['content-range', `bytes ${start}-${end - 1}/${size}`], ['content-length', String(end - start)])
      return { status: 206, headers, body: body.slice(start, end) }
    }
  }
  headers.push(['content-length', String(size)])
  return { status, headers, body: request.method === 'HEAD' ? null : body }
}

/** A read that its handler made cacheable: it is not sent again to whom has it. */
export async function answerCached(answer: HttpAnswer & { body: string }, given: Given): Promise<HttpAnswer> {
  const { request, reply, headers } = given
  if (!isRead(request) || answer.status !== 200 || reply.given('cache-control')?.includes('no-store')) return answer
  const etag = reply.given('etag') ?? `W/${await tagOf(new TextEncoder().encode(answer.body))}`
  addMissing(given, 'etag', etag)
  const isKnown = isNotModified(request, { etag, modified: reply.given('last-modified') })
  return isKnown ? { status: 304, headers: withoutContent(headers), body: null } : answer
}

/** Beyond this length the state of a file is told by its date, since its bytes would have to be read twice. */
const maxHashed = 1_048_576

async function validatorsOf(body: Uint8Array<ArrayBuffer> | Blob, { reply }: Given): Promise<Validators> {
  const modified = reply.given('last-modified') ?? (body instanceof File ? modifiedOf(body) : undefined)
  const given = reply.given('etag')
  if (given !== undefined) return { etag: given, modified }
  if (body instanceof Uint8Array) return { etag: body.byteLength > maxHashed ? undefined : await tagOf(body), modified }
  if (body.size <= maxHashed) return { etag: await tagOf(new Uint8Array(await body.arrayBuffer())), modified }
  return { etag: modified && `W/"${body.size.toString(36)}-${Date.parse(modified).toString(36)}"`, modified }
}

/** A file that was made for this answer has the present for its date, which tells nothing. */
function modifiedOf({ lastModified }: File): string | undefined {
  return Date.now() - lastModified > 2_000 ? new Date(lastModified).toUTCString() : undefined
}

function withoutContent(headers: Given['headers']): Given['headers'] {
  return headers.filter(([name]) => !/^content-(?:type|length|disposition|encoding)$/i.test(name))
}

/** Headers that are about one connection, which an answer that was fetched elsewhere may have. */
const ofConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'trailer'])

/** The handler's own response: its headers win. */
async function answerResponse(response: Response, { request, reply, headers }: Given): Promise<HttpAnswer> {
  const { status, body } = response
  if (status < 200) throw new TypeError('The handler gave Response.error(), which nobody can be sent.')
  const kept = headers.filter(([name]) => !response.headers.has(name))
  for (const [name, value] of response.headers) if (!ofConnection.has(name)) kept.push([name, value])
  reply.apply((name, value) => {
    if (name === 'set-cookie' || !response.headers.has(name)) kept.push([name, value])
  })
  if (request.method !== 'HEAD') return { status, headers: kept, body }
  await body?.cancel()
  return { status, headers: kept, body: null }
}
