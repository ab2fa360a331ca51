// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject, uuid } from 'pikku/parse'

/** A `NewAttachment` from the wire. */
export function decodeNewAttachment(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { todo, file } = value
  if (typeof todo !== 'string' || !uuid.test(todo)) return invalid
  if (!(file instanceof File) || file.size > 5000000) return invalid
  return { todo, file }
}

/** What `attachments.add` takes. */
export const decodeAddInput = decodeNewAttachment

/** A `Attachment` onto the wire. */
export function encodeAttachment(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, name, type, size } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof name !== 'string') return invalid
  if (typeof type !== 'string') return invalid
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  return { id, name, type, size }
}

/** What `attachments.add` gives. */
export const encodeAddOutput = encodeAttachment

/** What comes with `NOT_FOUND`. */
export function encodeNotFoundData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What comes with `TOO_MANY_ATTACHMENTS`. */
export function encodeTooManyAttachmentsData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { limit } = value
  if (typeof limit !== 'number' || !Number.isFinite(limit)) return invalid
  return { limit }
}

/** What `attachments.list` takes. */
export function decodeListInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { todo } = value
  if (typeof todo !== 'string' || !uuid.test(todo)) return invalid
  return { todo }
}

/** What `attachments.list` gives. */
export function encodeListOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeAttachment(item)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}

/** What `attachments.download` takes. */
export function decodeDownloadInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `attachments.remove` takes. */
export function decodeRemoveInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}
