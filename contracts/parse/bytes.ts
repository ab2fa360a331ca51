import { invalid } from './invalid.ts'

/** Base64, as bytes. */
export function decodeBytes(wire: unknown): Uint8Array<ArrayBuffer> | typeof invalid {
  // Without this, atob would take spaces and missing padding.
  if (typeof wire !== 'string' || wire.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(wire)) return invalid
  const binary = atob(wire)
  const read = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) read[at] = binary.charCodeAt(at)
  return read
}

/** Bytes, as base64. */
export function encodeBytes(value: unknown): string | typeof invalid {
  if (!(value instanceof Uint8Array)) return invalid
  let binary = ''
  // In pieces, because every argument takes a place on the stack.
  for (let at = 0; at < value.length; at += 8192) binary += String.fromCharCode(...value.subarray(at, at + 8192))
  return btoa(binary)
}

/** Base64, as the `ArrayBuffer` of its bytes. */
export function decodeBuffer(wire: unknown): ArrayBuffer | typeof invalid {
  const bytes = decodeBytes(wire)
  return bytes === invalid ? invalid : bytes.buffer
}

/** The bytes of an `ArrayBuffer`, as base64. */
export function encodeBuffer(value: unknown): string | typeof invalid {
  return value instanceof ArrayBuffer ? encodeBytes(new Uint8Array(value)) : invalid
}
