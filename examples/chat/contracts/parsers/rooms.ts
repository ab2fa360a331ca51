// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { encodeBigInt, invalid, isObject, longer, uuid } from 'pikku/parse'
import { encodeMessage } from './shared.ts'

const pattern = /[\p{L}\p{N}]/u

/** What `rooms.list` gives. */
export function encodeListOutput(value: unknown): unknown {
  if (!Array.isArray(value)) return invalid
  const value2: unknown[] = []
  for (let at = 0; at < value.length; at++) {
    const item: unknown = value[at]
    const item2 = encodeRoom(item)
    if (item2 === invalid) return invalid
    value2.push(item2)
  }
  return value2
}

/** A `Room` onto the wire. */
export function encodeRoom(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, name } = value
  if (typeof id !== 'string') return invalid
  if (typeof name !== 'string' || name === '' || longer(name, 40) || !pattern.test(name)) return invalid
  return { id, name }
}

/** What `rooms.create` takes. */
export function decodeCreateInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string' || name === '' || longer(name, 40) || !pattern.test(name)) return invalid
  return { name }
}

/** What `rooms.create` gives. */
export const encodeCreateOutput = encodeRoom

/** What comes with `ROOM_TAKEN`. */
export function encodeRoomTakenData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  const room2 = encodeRoom(room)
  if (room2 === invalid) return invalid
  return { room: room2 }
}

/** What comes with the event `rooms.lobby:opened`. */
export const encodeLobbyOpenedEvent = encodeRoom

/** What comes with the event `rooms.lobby:stirred`. */
export function encodeLobbyStirredEvent(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room, number } = value
  if (typeof room !== 'string') return invalid
  const number2 = encodeBigInt(number)
  if (number2 === invalid) return invalid
  return { room, number: number2 }
}

/** What `rooms.room.connect` takes. */
export function decodeRoomConnectInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string') return invalid
  return { room }
}

/** What comes with `NO_ROOM`. */
export function encodeNoRoomData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string') return invalid
  return { room }
}

/** A `NewMessage` from the wire. */
export function decodeNewMessage(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, text } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof text !== 'string' || text === '' || longer(text, 4000)) return invalid
  return { id, text }
}

/** What `rooms.room.say` takes. */
export const decodeRoomSayInput = decodeNewMessage

/** What `rooms.room.say` gives. */
export const encodeRoomSayOutput = encodeMessage

/** What comes with the event `rooms.room:posted`. */
export const encodeRoomPostedEvent = encodeMessage

/** What comes with the event `rooms.room:typing`. */
export function encodeRoomTypingEvent(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { name } = value
  if (typeof name !== 'string') return invalid
  return { name }
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
