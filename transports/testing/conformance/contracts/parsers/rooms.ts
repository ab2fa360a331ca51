// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeDate, type Fields, invalid, isObject, longer } from 'pikku/parse'

/** What `rooms.room.connect` takes. */
export function decodeRoomConnectInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string') return invalid
  return { room }
}

/** What comes with `ROOM_CLOSED`. */
export function encodeRoomClosedData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room, since } = value
  if (typeof room !== 'string') return invalid
  const since2 = encodeDate(since)
  if (since2 === invalid) return invalid
  return { room, since: since2 }
}

/** What `rooms.room.say` takes. */
export function decodeRoomSayInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string' || longer(text, 2000)) return invalid
  return { text }
}

/** What `rooms.room.say` gives. */
export function encodeRoomSayOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { at } = value
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { at: at2 }
}

/** What `rooms.room.typing` takes. */
export function decodeRoomTypingInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `rooms.room.spoil` takes. */
export function decodeRoomSpoilInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `rooms.room.fail` takes. */
export function decodeRoomFailInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { how } = value
  if (how !== 'told' && how !== 'untold') return invalid
  return { how }
}

/** What `rooms.room.clear` takes. */
export function decodeRoomClearInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `rooms.room.clear` gives. */
export function encodeRoomClearOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `rooms.room.knock` takes. */
export function decodeRoomKnockInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  return {}
}

/** What `rooms.room.knock` gives. */
export function encodeRoomKnockOutput(value: unknown): unknown {
  if (typeof value !== 'string') return invalid
  return value
}

/** What `rooms.room.once` takes. */
export function decodeRoomOnceInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `rooms.room.once` gives. */
export function encodeRoomOnceOutput(value: unknown): unknown {
  if (typeof value !== 'number' || !Number.isFinite(value)) return invalid
  return value
}

/** What `rooms.room.file` takes. */
export function decodeRoomFileInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { file, note } = value
  if (!(file instanceof File)) return invalid
  if (typeof note !== 'string') return invalid
  return { file, note }
}

/** What `rooms.room.file` gives. */
export function encodeRoomFileOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name, type, text } = value
  if (typeof name !== 'string') return invalid
  if (typeof type !== 'string') return invalid
  if (typeof text !== 'string') return invalid
  return { name, type, text }
}

/** What `rooms.room.wait` takes. */
export function decodeRoomWaitInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}

/** What `rooms.room.leave` takes. */
export function decodeRoomLeaveInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { reason } = value
  if (reason !== undefined && typeof reason !== 'string') return invalid
  const value2: Fields = {}
  if (reason !== undefined) value2['reason'] = reason
  return value2
}

/** What `rooms.room.flood` takes. */
export function decodeRoomFloodInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { events } = value
  if (typeof events !== 'number' || !Number.isFinite(events)) return invalid
  return { events }
}

/** A `Posted` onto the wire. */
export function encodePosted(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text, by, at } = value
  if (typeof text !== 'string' || longer(text, 2000)) return invalid
  if (typeof by !== 'string') return invalid
  const at2 = encodeDate(at)
  if (at2 === invalid) return invalid
  return { text, by, at: at2 }
}

/** What comes with the event `rooms.room:posted`. */
export const encodeRoomPostedEvent = encodePosted

/** What comes with the event `rooms.room:typing`. */
export function encodeRoomTypingEvent(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { user } = value
  if (typeof user !== 'string') return invalid
  return { user }
}

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

/** What comes with the event `rooms.room:welcome`. */
export function encodeRoomWelcomeEvent(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string') return invalid
  return { room }
}

/** What `rooms.lobby.echo` takes. */
export function decodeLobbyEchoInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text } = value
  if (typeof text !== 'string') return invalid
  return { text }
}

/** What `rooms.lobby.echo` gives. */
export function encodeLobbyEchoOutput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { text, by } = value
  if (typeof text !== 'string') return invalid
  if (by !== null && typeof by !== 'string') return invalid
  return { text, by }
}
