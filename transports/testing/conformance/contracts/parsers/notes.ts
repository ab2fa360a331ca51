// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeDate, encodeDate, type Fields, invalid, isObject } from 'pikku/parse'

/** What `notes.echo` takes. */
export function decodeEchoInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text, count, at } = value
  if (typeof text !== 'string') return invalid
  if (count !== undefined && (typeof count !== 'number' || !Number.isFinite(count))) return invalid
  const at2 = at === undefined ? at : decodeDate(at)
  if (at2 === invalid) return invalid
  const value2: Fields = { text }
  if (count !== undefined) value2['count'] = count
  if (at2 !== undefined) value2['at'] = at2
  return value2
}

/** What `notes.echo` gives. */
export function encodeEchoOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text, count, at } = value
  if (typeof text !== 'string') return invalid
  if (count !== undefined && (typeof count !== 'number' || !Number.isFinite(count))) return invalid
  const at2 = at === undefined ? at : encodeDate(at)
  if (at2 === invalid) return invalid
  const value2: Fields = { text }
  if (count !== undefined) value2['count'] = count
  if (at2 !== undefined) value2['at'] = at2
  return value2
}

/** What `notes.get` takes. */
export function decodeGetInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** A `Note` onto the wire. */
export function encodeNote(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, text } = value
  if (typeof id !== 'string') return invalid
  if (typeof text !== 'string') return invalid
  return { id, text }
}

/** What `notes.get` gives. */
export const encodeGetOutput = encodeNote

/** What comes with `NOTE_MISSING`. */
export function encodeNoteMissingData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `notes.find` takes. */
export function decodeFindInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { tags, page, open } = value
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
  if (page !== undefined && (typeof page !== 'number' || !Number.isFinite(page))) return invalid
  if (open !== undefined && typeof open !== 'boolean') return invalid
  const value2: Fields = {}
  if (tags2 !== undefined) value2['tags'] = tags2
  if (page !== undefined) value2['page'] = page
  if (open !== undefined) value2['open'] = open
  return value2
}

/** What `notes.find` gives. */
export function encodeFindOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { tags, page, open } = value
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
  if (page !== undefined && (typeof page !== 'number' || !Number.isFinite(page))) return invalid
  if (open !== undefined && typeof open !== 'boolean') return invalid
  const value2: Fields = {}
  if (tags2 !== undefined) value2['tags'] = tags2
  if (page !== undefined) value2['page'] = page
  if (open !== undefined) value2['open'] = open
  return value2
}

/** A `Note` from the wire. */
export function decodeNote(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, text } = value
  if (typeof id !== 'string') return invalid
  if (typeof text !== 'string') return invalid
  return { id, text }
}

/** What `notes.put` takes. */
export const decodePutInput = decodeNote

/** What `notes.tagged` takes. */
export function decodeTaggedInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { tags } = value
  if (!Array.isArray(tags)) return invalid
  const tags2: unknown[] = []
  for (let at = 0; at < tags.length; at++) {
    const item: unknown = tags[at]
    if (typeof item !== 'string') return invalid
    tags2.push(item)
  }
  return { tags: tags2 }
}

/** What `notes.tagged` gives. */
export function encodeTaggedOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

/** What `notes.mine` takes. */
export function decodeMineInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `notes.mine` gives. */
export function encodeMineOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `notes.signIn` takes. */
export function decodeSignInInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `notes.small` takes. */
export function decodeSmallInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `notes.small` gives. */
export function encodeSmallOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `notes.addOnce` takes. */
export function decodeAddOnceInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, fail } = value
  if (typeof id !== 'string') return invalid
  if (fail !== undefined && typeof fail !== 'boolean') return invalid
  const value2: Fields = { id }
  if (fail !== undefined) value2['fail'] = fail
  return value2
}

/** What `notes.addOnce` gives. */
export function encodeAddOnceOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { times, at } = value
  if (typeof times !== 'number' || !Number.isFinite(times)) return invalid
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { times, at: at2 }
}
