// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeBigInt, decodeDate, type Fields, invalid, isObject, isOfType, uuid } from 'pikku/parse'

/** What `forms.photo` takes. */
export function decodePhotoInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { album, photo, tags, taken } = value
  if (typeof album !== 'string' || !uuid.test(album)) return invalid
  if (!(photo instanceof File) || photo.size > 5000000 || !isOfType(photo.type, 'image/*')) return invalid
  let tags2: unknown = tags
  if (tags !== undefined) {
    if (!Array.isArray(tags)) return invalid
    const tags3: unknown[] = []
    for (let at = 0; at < tags.length; at++) {
      const item: unknown = tags[at]
      if (typeof item !== 'string') return invalid
      tags3.push(item)
    }
    tags2 = tags3
  }
  const taken2 = taken === undefined ? taken : decodeDate(taken)
  if (taken2 === invalid) return invalid
  const value2: Fields = { album, photo }
  if (tags2 !== undefined) value2['tags'] = tags2
  if (taken2 !== undefined) value2['taken'] = taken2
  return value2
}

/** What `forms.photo` gives. */
export function encodePhotoOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What `forms.many` takes. */
export function decodeManyInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { video, files, more, size, shown } = value
  if (!(video instanceof ReadableStream)) return invalid
  if (!Array.isArray(files)) return invalid
  const files2: unknown[] = []
  for (let at = 0; at < files.length; at++) {
    const item: unknown = files[at]
    if (!(item instanceof File)) return invalid
    files2.push(item)
  }
  let more2: unknown = more
  if (more !== undefined) {
    if (!Array.isArray(more)) return invalid
    const more3: unknown[] = []
    for (let at2 = 0; at2 < more.length; at2++) {
      const item2: unknown = more[at2]
      if (!(item2 instanceof Blob)) return invalid
      more3.push(item2)
    }
    more2 = more3
  }
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  if (typeof shown !== 'boolean') return invalid
  const value2: Fields = { video, files: files2 }
  if (more2 !== undefined) value2['more'] = more2
  value2['size'] = size
  value2['shown'] = shown
  return value2
}

/** A `Upload` from the wire. */
export function decodeUpload(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, file } = value
  if (typeof title !== 'string') return invalid
  if (file !== undefined && !(file instanceof File)) return invalid
  const value2: Fields = { title }
  if (file !== undefined) value2['file'] = file
  return value2
}

/** What `forms.named` takes. */
export const decodeNamedInput = decodeUpload

/** What `forms.classic` takes. */
export function decodeClassicInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, age, days } = value
  if (typeof name !== 'string') return invalid
  if (typeof age !== 'number' || !Number.isSafeInteger(age)) return invalid
  let days2: unknown = days
  if (days !== undefined) {
    if (!Array.isArray(days)) return invalid
    const days3 = new Set<unknown>()
    for (const item of new Set<unknown>(days)) {
      const item2 = decodeDate(item)
      if (item2 === invalid) return invalid
      days3.add(item2)
    }
    days2 = days3
  }
  const value2: Fields = { name, age }
  if (days2 !== undefined) value2['days'] = days2
  return value2
}

/** What `forms.either` takes. */
export function decodeEitherInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, count } = value
  if (typeof name !== 'string') return invalid
  const count2 = count === undefined ? count : decodeBigInt(count)
  if (count2 === invalid) return invalid
  const value2: Fields = { name }
  if (count2 !== undefined) value2['count'] = count2
  return value2
}

/** What `forms.body` takes. */
export function decodeBodyInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof Blob) || body.size > 10 || !isOfType(body.type, 'text/plain', 'text/csv')) return invalid
  return { body }
}
