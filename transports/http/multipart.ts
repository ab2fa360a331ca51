import { concatBytes, indexOfMark, startOfMark, toMark } from './byte-search.ts'
import { malformed } from './bytes.ts'
import { fileNameOf } from './file-name.ts'
import { parseMediaType } from './media-type.ts'

/** A part of a form, before its content. */
export interface Part {
  readonly name: string
  /** Absent where the part is a text; empty where it is a file without a name. */
  readonly fileName: string | undefined
  /** The media type that its sender gave it. */
  readonly type: string | undefined
}

const maxParts = 100
const maxHeaderBytes = 8_192
const maxNameLength = 200

const dash = 0x2d
const utf8 = new TextDecoder('utf-8', { fatal: true })
const lineEnd = toMark('\r\n')
const headersEnd = toMark('\r\n\r\n')

/**
 * Reads `multipart/form-data` (RFC 7578) as it arrives: a part when its headers are there, its content piece by piece.
 * Nothing is asked of the body but what its reader asks for, and of the content no more is held than may be the
 * beginning of a boundary. What is no whole form is refused with `BAD_REQUEST`.
 */
export class MultipartReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>
  readonly #delimiter
  /** What has arrived and was not given out. It begins with the line break that stands before every boundary. */
  #bytes: Uint8Array<ArrayBuffer> = lineEnd.bytes
  #parts = 0
  /** Whether the content of a part, or what stands before the first, may go on. */
  #inside = true

  constructor(body: ReadableStream<Uint8Array<ArrayBuffer>>, boundary: string) {
    this.#reader = body.getReader()
    this.#delimiter = toMark(`\r\n--${boundary}`)
  }

  /** The next part, with what was left of the one before passed over; `undefined` after the last. */
  async next(): Promise<Part | undefined> {
    while (this.#inside) await this.piece()
    while (this.#bytes.length < 2) await this.#more()
    if (this.#bytes[0] === dash && this.#bytes[1] === dash) {
      // What follows means nothing, and is read so that the connection can be used again.
      while (!(await this.#reader.read()).done);
      return undefined
    }
    if (++this.#parts > maxParts) throw malformed(`The form has more than ${maxParts} parts.`)
    const padding = await this.#upTo(lineEnd)
    if (padding.some((byte) => byte !== 0x20 && byte !== 0x09)) throw malformed('A boundary of the form goes on.')
    // Where a part has no headers, the end of the boundary's line is half of what ends them.
    this.#bytes = concatBytes(lineEnd.bytes, this.#bytes)
    const headers = await this.#upTo(headersEnd)
    this.#inside = true
    return toPart(decodeText(headers))
  }

  /** The next piece of the content of this part; `undefined` at its end. */
  async piece(): Promise<Uint8Array<ArrayBuffer> | undefined> {
    while (this.#inside) {
      const at = indexOfMark(this.#bytes, this.#delimiter)
      const end = at === -1 ? startOfMark(this.#bytes, this.#delimiter) : at
      const piece = this.#bytes.subarray(0, end)
      this.#bytes = this.#bytes.subarray(at === -1 ? end : at + this.#delimiter.bytes.length)
      this.#inside = at === -1
      if (piece.length > 0) return piece
      if (this.#inside) await this.#more()
    }
    return undefined
  }

  /** Lets go of what is left of the body. */
  async cancel(reason?: unknown): Promise<void> {
    await this.#reader.cancel(reason)
  }

  /** Everything before a mark, which is passed over. */
  async #upTo(mark: typeof lineEnd): Promise<Uint8Array<ArrayBuffer>> {
    let at = indexOfMark(this.#bytes, mark)
    while (at === -1 && this.#bytes.length <= maxHeaderBytes) {
      await this.#more()
      at = indexOfMark(this.#bytes, mark)
    }
    if (at === -1 || at > maxHeaderBytes) throw malformed(`A part has more than ${maxHeaderBytes} bytes of headers.`)
    const before = this.#bytes.subarray(0, at)
    this.#bytes = this.#bytes.subarray(at + mark.bytes.length)
    return before
  }

  async #more(): Promise<void> {
    const { done, value } = await this.#reader.read()
    if (done) throw malformed('The form ends before its last boundary.')
    this.#bytes = this.#bytes.length === 0 ? value : concatBytes(this.#bytes, value)
  }
}

function toPart(headers: string): Part {
  let disposition = ''
  let type: string | undefined
  for (const line of headers.split('\r\n')) {
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase()
    if (name === 'content-disposition') disposition = line.slice(colon + 1)
    if (name === 'content-type') type = line.slice(colon + 1).trim()
  }
  const { type: kind, parameters: written } = parseMediaType(disposition)
  const parameters = new Map([...written].map(([key, value]) => [key, key.endsWith('*') ? value : unescaped(value)]))
  const name = parameters.get('name')
  if (kind !== 'form-data' || name === undefined) throw malformed('A part of the form has no name.')
  if (name.length > maxNameLength) throw malformed(`The name of a part is longer than ${maxNameLength} characters.`)
  if (name === '__proto__') throw malformed('A part of the form is named __proto__.')
  const isFile = parameters.has('filename') || parameters.has('filename*')
  return { name, fileName: isFile ? (fileNameOf(parameters) ?? '') : undefined, type }
}

/** Browsers write these three by their numbers (HTML Living Standard, section 4.10.22.8). */
function unescaped(value: string): string {
  return value.replace(/%22|%0[DA]/gi, (written) => decodeURIComponent(written))
}

/** The text of these bytes; what is no UTF-8 is refused. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw malformed('A text of the form is not UTF-8.')
  }
}
