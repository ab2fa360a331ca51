// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import { invalid, isObject, uuid } from 'pikku/parse'
import { encodeMessage } from './shared.ts'

/** A `NewFile` from the wire. */
export function decodeNewFile(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id, room, file } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  if (typeof room !== 'string') return invalid
  if (!(file instanceof File) || file.size > 5000000) return invalid
  return { id, room, file }
}

/** What `files.share` takes. */
export const decodeShareInput = decodeNewFile

/** What `files.share` gives. */
export const encodeShareOutput = encodeMessage

/** What comes with `NO_ROOM`. */
export function encodeNoRoomData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { room } = value
  if (typeof room !== 'string') return invalid
  return { room }
}

/** What `files.download` takes. */
export function decodeDownloadInput(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string' || !uuid.test(id)) return invalid
  return { id }
}

/** What comes with `NO_FILE`. */
export function encodeNoFileData(value: unknown): unknown {
  if (!isObject(value)) return invalid
  const { id } = value
  if (typeof id !== 'string') return invalid
  return { id }
}
