import { PikkuError } from '../../core/index.ts'

/** The part of a request that an input is read from. */
export interface InputSource {
  header(name: string): string | undefined
  /** A parameter of the path, decoded. */
  param(name: string): string | undefined
  /** Every occurrence of a parameter of the query, decoded. */
  queries(name: string): string[] | undefined
  /** The body; a larger one is refused with `PAYLOAD_TOO_LARGE`. */
  bytes(limit: number): Promise<Uint8Array<ArrayBuffer>>
  /** The body as it arrives; it fails with `PAYLOAD_TOO_LARGE` where it is larger. */
  stream(limit: number): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Whether a request has a body, be it an empty one in chunks. */
export function hasBody(source: InputSource): boolean {
  const length = source.header('content-length')
  return length === undefined ? source.header('transfer-encoding') !== undefined : length !== '0'
}

/** The error for a body of another type than is taken. */
export function unsupported(given: string | undefined, types: readonly string[]): PikkuError {
  const told = given ? `This is ${given.slice(0, 100)}` : 'The request names no content type'
  return new PikkuError('UNSUPPORTED_MEDIA_TYPE', { detail: `${told}; this operation takes ${types.join(' or ')}.` })
}
