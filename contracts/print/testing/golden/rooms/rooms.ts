// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Message {
  id: bigint
  text: string
  at: Date
}
export const Message = z.object({
  id: wire.bigint(),
  text: z.string(),
  at: wire.date(),
})

/** What `rooms.list` gives. */
export type ListOutput = string[]
export const ListOutput = z.array(z.string())

/** What `rooms.changes` takes. */
export type ChangesInput = Record<string, never>
export const ChangesInput = z.object({})

/** Each item of `rooms.changes`. */
export type ChangesOutput = Message
export const ChangesOutput = Message

/** What `rooms.room.connect` takes. */
export interface RoomConnectInput {
  /** @minLength 1 */
  room: string
}
export const RoomConnectInput = z.object({ room: z.string().min(1) })

/** What comes with `ROOM_FULL`. */
export interface RoomFullData {
  free: Date
}
export const RoomFullData = z.object({ free: wire.date() })

/** What `rooms.room.say` takes. */
export interface RoomSayInput {
  text: string
}
export const RoomSayInput = z.object({ text: z.string() })

/** What `rooms.room.say` gives. */
export type RoomSayOutput = Message
export const RoomSayOutput = Message

/** What `rooms.room.clear` takes. */
export interface RoomClearInput {
  before?: bigint | undefined
}
export const RoomClearInput = z.object({ before: wire.bigint().optional() })

/** What `rooms.room.show` takes. */
export interface RoomShowInput {
  picture: File
  more?: Blob[] | undefined
  at: { x: Date }
}
export const RoomShowInput = z.object({
  picture: z.file(),
  more: z.array(wire.blob()).optional(),
  at: z.object({ x: wire.date() }),
})

/** What comes with `TOO_MANY`. */
export interface TooManyData {
  free: Date
}
export const TooManyData = z.object({ free: wire.date() })

/** What comes with the event `rooms.room:posted`. */
export type RoomPostedEvent = Message
export const RoomPostedEvent = Message

/** Who is there. */
export type RoomPresentEvent = string[]
export const RoomPresentEvent = z.array(z.string())

/** What comes with the event `rooms.room:user:left`. */
export interface RoomUserLeftEvent {
  user: string
}
export const RoomUserLeftEvent = z.object({ user: z.string() })

/** What `rooms.lobby.hello` gives. */
export type LobbyHelloOutput = 'hello'
export const LobbyHelloOutput = z.literal('hello')
