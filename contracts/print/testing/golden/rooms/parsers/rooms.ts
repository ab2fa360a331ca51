// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { decodeBigInt, decodeDate, encodeBigInt, encodeDate, type Fields, invalid, isObject } from 'pikku/parse'

/** What `rooms.list` gives. */
export function encodeListOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

/** What `rooms.changes` takes. */
export function decodeChangesInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** A `Message` onto the wire. */
export function encodeMessage(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, text, at } = value
  const id2 = encodeBigInt(id)
  if (id2 === invalid) return invalid
  if (typeof text !== 'string') return invalid
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { id: id2, text, at: at2 }
}

/** Each item of `rooms.changes`. */
export const encodeChangesOutput = encodeMessage

/** What `rooms.room.connect` takes. */
export function decodeRoomConnectInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string' || room === '') return invalid
  return { room }
}

/** What comes with `ROOM_FULL`. */
export function encodeRoomFullData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { free } = value
  const free2 = encodeDate(free)
  if (free2 === invalid) return invalid
  return { free: free2 }
}

/** What `rooms.room.say` takes. */
export function decodeRoomSayInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `rooms.room.say` gives. */
export const encodeRoomSayOutput = encodeMessage

/** What `rooms.room.clear` takes. */
export function decodeRoomClearInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { before } = value
  const before2 = before === undefined ? before : decodeBigInt(before)
  if (before2 === invalid) return invalid
  const value2: Fields = {}
  if (before2 !== undefined) value2['before'] = before2
  return value2
}

/** What `rooms.room.show` takes. */
export function decodeRoomShowInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { picture, more, at } = value
  if (!(picture instanceof File)) return invalid
  let more2: unknown = more
  if (more !== undefined) {
    if (!Array.isArray(more)) return invalid
    const more3: unknown[] = []
    for (let at2 = 0; at2 < more.length; at2++) {
      const item: unknown = more[at2]
      if (!(item instanceof Blob)) return invalid
      more3.push(item)
    }
    more2 = more3
  }
  if (!isObject(at)) return invalid
  const { x } = at
  const x2 = decodeDate(x)
  if (x2 === invalid) return invalid
  const value2: Fields = { picture }
  if (more2 !== undefined) value2['more'] = more2
  value2['at'] = { x: x2 }
  return value2
}

/** What comes with `TOO_MANY`. */
export function encodeTooManyData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { free } = value
  const free2 = encodeDate(free)
  if (free2 === invalid) return invalid
  return { free: free2 }
}

/** What comes with the event `rooms.room:posted`. */
export const encodeRoomPostedEvent = encodeMessage

/** What comes with the event `rooms.room:present`. */
export function encodeRoomPresentEvent(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    if (typeof item !== 'string') return invalid
    value2.push(item)
  }
  return value2
}

/** What comes with the event `rooms.room:user:left`. */
export function encodeRoomUserLeftEvent(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { user } = value
  if (typeof user !== 'string') return invalid
  return { user }
}

/** What `rooms.lobby.hello` gives. */
export function encodeLobbyHelloOutput(value: unknown): unknown {
  if (value !== 'hello') return invalid
  return value
}
