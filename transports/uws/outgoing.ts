import { STATUS_CODES } from 'node:http'
import type { Incoming } from './incoming.ts'
import type { UwsResponse } from './shape.ts'

/** The answer to a request, written as fast as the caller reads it. */
export class Outgoing {
  readonly #response: UwsResponse
  readonly #incoming: Incoming
  readonly #isHead: boolean
  /** Whether it has ended, or the caller went away: then the response must not be touched. */
  #isOver = false
  /** Reads a body that may wait for long, and is told at once when the caller goes away. */
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined
  /** Makes the writing go on that waits for room. */
  #goOn: (() => void) | undefined
  /** What of an answer of a known length found no room, and at which byte of the answer it begins. */
  #rest: { readonly chunk: Uint8Array; readonly from: number; readonly size: number } | undefined

  constructor(response: UwsResponse, incoming: Incoming, isHead: boolean) {
    this.#response = response
    this.#incoming = incoming
    this.#isHead = isHead
  }

  /** The caller went away. */
  abort(): void {
    this.#isOver = true
    this.#goOn?.()
    this.#reader?.cancel().catch(() => {})
  }

  /** Breaks the connection off, so that nobody takes what was sent for the whole. */
  fail(): void {
    if (!this.#isOver) this.#response.close()
  }

  /** @throws Error when the body breaks, or is shorter than its length says. */
  async send({ status, headers, body }: Response): Promise<void> {
    if (this.#isOver) return body?.cancel()
    const size = sizeOf(headers)
    const isEmpty = !body || size === 0
    this.#response.cork(() => {
      this.#response.writeStatus(`${status} ${STATUS_CODES[status] ?? ''}`)
      for (const [name, value] of headers)
        if (name !== 'content-length') this.#response.writeHeader(name, toWire(value))
      if (isEmpty) this.#endWithoutBody(size ?? this.#sizeOfNothing(status))
    })
    if (isEmpty) return body?.cancel()
    this.#response.onWritable((offset) => this.#write(offset))
    if (size === undefined) await this.#stream(body)
    else await this.#sendWhole(body, size)
  }

  /** Callers wait for the end of an answer that says no length, unless there cannot be any body. */
  #sizeOfNothing(status: number): number | undefined {
    return this.#isHead || status === 204 || status === 304 ? undefined : 0
  }

  async #stream(body: ReadableStream<Uint8Array>): Promise<void> {
    this.#reader = body.getReader()
    for (;;) {
      const { done, value } = await this.#reader.read()
      if (this.#isOver) return
      if (done) break
      let hasRoom = true
      this.#response.cork(() => {
        // An empty chunk would end the answer.
        if (value.length > 0) hasRoom = this.#response.write(value)
      })
      if (!hasRoom) await this.#room()
    }
    this.#response.cork(() => this.#end(() => this.#response.end()))
  }

  async #sendWhole(body: ReadableStream<Uint8Array>, size: number): Promise<void> {
    this.#incoming.end()
    let sent = 0
    for await (const chunk of body) {
      if (this.#isOver) return
      sent += chunk.length
      this.#response.cork(() => {
        const rest = { chunk, from: this.#response.getWriteOffset(), size }
        if (!this.#tryEnd(chunk, size)) this.#rest = rest
      })
      if (this.#rest) await this.#room()
    }
    if (!this.#isOver) throw new Error(`The body has ${sent} bytes, and its content-length says ${size}.`)
  }

  #endWithoutBody(size: number | undefined): void {
    // Given to `endWithoutBody`, a length of more than 0 keeps the answer from ending, and so does `undefined`.
    if (size !== undefined) this.#response.writeHeader('content-length', String(size))
    this.#end(() => this.#response.endWithoutBody())
  }

  #end(write: () => void): void {
    this.#incoming.end()
    this.#isOver = true
    write()
  }

  #room(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve
      if (this.#isOver) resolve()
    })
  }

  /** Called when there is room again; tells whether all that waited has been written. */
  #write(offset: number): boolean {
    if (this.#rest) {
      const { chunk, from, size } = this.#rest
      if (!this.#tryEnd(chunk.subarray(offset - from), size)) return false
      this.#rest = undefined
    }
    this.#goOn?.()
    return true
  }

  /** Tells whether all of the chunk has been written. */
  #tryEnd(chunk: Uint8Array, size: number): boolean {
    const [isWritten, isDone] = this.#response.tryEnd(chunk, size)
    if (isDone) this.#isOver = true
    return isWritten
  }
}

function sizeOf(headers: Headers): number | undefined {
  const length = headers.get('content-length')
  return length === null ? undefined : Number(length)
}

/** Headers of `fetch` are bytes, a character each; uWebSockets.js would write them as UTF-8. */
function toWire(value: string): string | Uint8Array {
  return /^[\0-\x7f]*$/.test(value) ? value : Buffer.from(value, 'latin1')
}
