import { PikkuError } from '../../core/index.ts'
import { tooLarge } from '../http/bytes.ts'
import { toFileName } from '../http/file-name.ts'
import type { FileHead } from './frames.ts'

/** Bytes a second, below which files come too slowly: as those of a body over HTTP. */
const slowest = 240

/** The files of one frame, as their bytes arrive. */
export class Attachments {
  /** How many bytes were announced. */
  readonly size: number
  readonly #heads: readonly FileHead[]
  readonly #chunks: Uint8Array<ArrayBuffer>[][]
  readonly #done: () => void
  #at = 0
  /** Bytes that have come since `#since`. */
  #arrived = 0
  #since = performance.now()
  #missing: number

  /**
   * @param limit how many bytes all of them may have together.
   * @param done called once all bytes are there.
   * @throws PikkuError `PAYLOAD_TOO_LARGE`
   */
  constructor(heads: readonly FileHead[], limit: number, done: () => void) {
    this.size = heads.reduce((sum, head) => sum + head.size, 0)
    if (this.size > limit) throw tooLarge(limit)
    this.#heads = heads
    this.#chunks = heads.map(() => [])
    this.#missing = heads[0]?.size ?? 0
    this.#done = done
  }

  /** Whether a part of a file is there, and another part is not. */
  get isAmidst(): boolean {
    return this.#missing > 0 && this.#missing < (this.#heads[this.#at]?.size ?? 0)
  }

  /** Whether nothing is missing: empty files have no bytes to wait for. */
  get complete(): boolean {
    this.#skip()
    return this.#at >= this.#heads.length
  }

  /**
   * Takes the next bytes.
   *
   * @returns `false` where there are more than were announced.
   */
  add(bytes: Uint8Array): boolean {
    // Once they are all there, not even none are to follow: that would be done again.
    if (this.complete) return false
    let rest = bytes.slice()
    while (rest.byteLength > 0) {
      if (this.complete) return false
      const part = rest.subarray(0, this.#missing)
      this.#chunks[this.#at]?.push(part)
      this.#missing -= part.byteLength
      this.#arrived += part.byteLength
      rest = rest.subarray(part.byteLength)
    }
    if (this.complete) this.#done()
    return true
  }

  /** Whether too little has come in the last so many milliseconds; asked from time to time. */
  isSlow(milliseconds: number): boolean {
    const now = performance.now()
    if (this.complete || now - this.#since < milliseconds) return false
    const bytes = this.#arrived
    this.#arrived = 0
    this.#since = now
    return bytes < (slowest * milliseconds) / 1000
  }

  /**
   * Puts the files into the input, each where its frame says.
   *
   * @throws PikkuError `BAD_REQUEST` where there is no such place.
   */
  into(input: unknown): unknown {
    const root = { input }
    for (const [index, { at, name, type }] of this.#heads.entries()) {
      const file = new File(this.#chunks[index] ?? [], (name !== undefined && toFileName(name)) || 'file', { type })
      const path = ['input', ...at]
      const last = path.pop() as string | number
      let place: unknown = root
      for (const step of path) place = own(place, step)
      if (own(place, last) !== null) throw noPlace(at)
      ;(place as Record<string | number, unknown>)[last] = file
    }
    return root.input
  }

  #skip(): void {
    while (this.#missing === 0 && this.#at < this.#heads.length) this.#missing = this.#heads[++this.#at]?.size ?? 0
  }
}

function own(place: unknown, step: string | number): unknown {
  if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return undefined
  return (place as Record<string | number, unknown>)[step]
}

function noPlace(at: readonly (string | number)[]): PikkuError {
  return new PikkuError('BAD_REQUEST', {
    detail: `The input has no null for a file at ${JSON.stringify(at).slice(0, 100)}.`,
  })
}
