// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { type Fields, invalid, isObject } from 'pikku/parse'

/** What `uploads.album` takes. */
export function decodeAlbumInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, stars, shared, tags, cover, more } = value
  if (typeof title !== 'string') return invalid
  if (stars !== undefined && (typeof stars !== 'number' || !Number.isFinite(stars))) return invalid
  if (shared !== undefined && typeof shared !== 'boolean') return invalid
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
  if (!(cover instanceof File)) return invalid
  let more2: unknown = more
  if (more !== undefined) {
    if (!Array.isArray(more)) return invalid
    const more3: unknown[] = []
    for (let at2 = 0; at2 < more.length; at2++) {
      const item2: unknown = more[at2]
      if (!(item2 instanceof File)) return invalid
      more3.push(item2)
    }
    more2 = more3
  }
  const value2: Fields = { title }
  if (stars !== undefined) value2['stars'] = stars
  if (shared !== undefined) value2['shared'] = shared
  if (tags2 !== undefined) value2['tags'] = tags2
  value2['cover'] = cover
  if (more2 !== undefined) value2['more'] = more2
  return value2
}

/** What `uploads.album` gives. */
export function encodeAlbumOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, stars, shared, tags, cover, more } = value
  if (typeof title !== 'string') return invalid
  if (stars !== undefined && (typeof stars !== 'number' || !Number.isFinite(stars))) return invalid
  if (shared !== undefined && typeof shared !== 'boolean') return invalid
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
  const cover2 = encodeReceived(cover)
  if (cover2 === invalid) return invalid
  if (!Array.isArray(more)) return invalid
  const more2: unknown[] = []
  for (let at2 = 0; at2 < more.length; at2++) {
    const item2: unknown = more[at2]
    const item3 = encodeReceived(item2)
    if (item3 === invalid) return invalid
    more2.push(item3)
  }
  const value2: Fields = { title }
  if (stars !== undefined) value2['stars'] = stars
  if (shared !== undefined) value2['shared'] = shared
  if (tags2 !== undefined) value2['tags'] = tags2
  value2['cover'] = cover2
  value2['more'] = more2
  return value2
}

/** A `Received` onto the wire. */
export function encodeReceived(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, type, size, text } = value
  if (name !== undefined && typeof name !== 'string') return invalid
  if (type !== undefined && typeof type !== 'string') return invalid
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  if (text !== undefined && typeof text !== 'string') return invalid
  const value2: Fields = {}
  if (name !== undefined) value2['name'] = name
  if (type !== undefined) value2['type'] = type
  value2['size'] = size
  if (text !== undefined) value2['text'] = text
  return value2
}

/** What `uploads.sign` takes. */
export function decodeSignInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, age, tags } = value
  if (typeof name !== 'string') return invalid
  if (typeof age !== 'number' || !Number.isFinite(age)) return invalid
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
  const value2: Fields = { name, age }
  if (tags2 !== undefined) value2['tags'] = tags2
  return value2
}

/** What `uploads.sign` gives. */
export function encodeSignOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, age, tags } = value
  if (typeof name !== 'string') return invalid
  if (typeof age !== 'number' || !Number.isFinite(age)) return invalid
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
  const value2: Fields = { name, age }
  if (tags2 !== undefined) value2['tags'] = tags2
  return value2
}

/** What `uploads.film` takes. */
export function decodeFilmInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, film } = value
  if (typeof title !== 'string') return invalid
  if (!(film instanceof ReadableStream)) return invalid
  return { title, film }
}

/** What `uploads.film` gives. */
export function encodeFilmOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { title, size, sum } = value
  if (typeof title !== 'string') return invalid
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  if (typeof sum !== 'number' || !Number.isFinite(sum)) return invalid
  return { title, size, sum }
}

/** What `uploads.store` takes. */
export function decodeStoreInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, body } = value
  if (typeof id !== 'string') return invalid
  if (!(body instanceof ReadableStream)) return invalid
  return { id, body }
}

/** What `uploads.store` gives. */
export function encodeStoreOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, size, sum } = value
  if (typeof id !== 'string') return invalid
  if (typeof size !== 'number' || !Number.isFinite(size)) return invalid
  if (typeof sum !== 'number' || !Number.isFinite(sum)) return invalid
  return { id, size, sum }
}

/** What `uploads.ignore` takes. */
export function decodeIgnoreInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof ReadableStream)) return invalid
  return { body }
}

/** What `uploads.ignore` gives. */
export function encodeIgnoreOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `uploads.watch` takes. */
export function decodeWatchInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof ReadableStream)) return invalid
  return { body }
}

/** What `uploads.wait` takes. */
export function decodeWaitInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof ReadableStream)) return invalid
  return { body }
}

/** What `uploads.wait` gives. */
export function encodeWaitOutput(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid
  return value
}

/** What `uploads.keep` takes. */
export function decodeKeepInput(value: unknown): unknown {
  if (!(value instanceof Blob)) return invalid
  return value
}

/** What `uploads.keep` gives. */
export const encodeKeepOutput = encodeReceived

/** What `uploads.picture` takes. */
export function decodePictureInput(value: unknown): unknown {
  if (!(value instanceof File)) return invalid
  return value
}

/** What `uploads.picture` gives. */
export const encodePictureOutput = encodeReceived

/** What `uploads.rows` takes. */
export function decodeRowsInput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `uploads.rows` gives. */
export function encodeRowsOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

/** What `uploads.bytes` takes. */
export function decodeBytesInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { body } = value
  if (!(body instanceof Uint8Array)) return invalid
  return { body }
}

/** What `uploads.bytes` gives. */
export function encodeBytesOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'number' || !Number.isFinite(item)) return invalid
    value2.push(item)
  }
  return value2
}

/** What `uploads.goOn` takes. */
export function decodeGoOnInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}
