// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { type Fields, invalid, isObject, isOfType, longer, uuid } from 'pikku/parse'

/** What `bodies.avatar` takes. */
export function decodeAvatarInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, body, crop } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (!(body instanceof ReadableStream)) return invalid
  if (crop !== undefined && crop !== 'square' && crop !== 'none') return invalid
  const value2: Fields = { id, body }
  if (crop !== undefined) value2['crop'] = crop
  return value2
}

/** What `bodies.icon` takes. */
export function decodeIconInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof File) || !isOfType(body.type, 'image/png')) return invalid
  return { body }
}

/** What `bodies.put` takes. */
export function decodePutInput(value: unknown): unknown {
  if (!(value instanceof Blob)) return invalid
  return value
}

/** What `bodies.pipe` takes. */
export function decodePipeInput(value: unknown): unknown {
  if (!(value instanceof ReadableStream)) return invalid
  return value
}

/** What `bodies.csv` takes. */
export function decodeCsvInput(value: unknown): unknown {
  if (typeof value !== 'string' || longer(value, 1000)) return invalid
  return value
}

/** What `bodies.raw` takes. */
export function decodeRawInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, body } = value
  if (name !== undefined && typeof name !== 'string') return invalid
  if (!(body instanceof Uint8Array)) return invalid
  const value2: Fields = {}
  if (name !== undefined) value2['name'] = name
  value2['body'] = body
  return value2
}
