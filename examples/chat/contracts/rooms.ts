// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'
import { Message } from './shared.ts'

/** A room where people talk. */
export interface Room {
  /** Its place in addresses: its name in small letters, with dashes. */
  id: string
  /**
   * @minLength 1
   * @maxLength 40
   * @pattern [\p{L}\p{N}]
   */
  name: string
}
export const Room = z.object({
  id: z.string(),
  name: z
    .string()
    .min(1)
    .max(40)
    .regex(/[\p{L}\p{N}]/u),
})

export interface NewMessage {
  /** @format uuid */
  id: string
  /**
   * @minLength 1
   * @maxLength 4000
   */
  text: string
}
export const NewMessage = z.object({
  id: z.guid(),
  text: z.string().min(1).max(4000),
})

/** What `rooms.list` gives. */
export type ListOutput = Room[]
export const ListOutput = z.array(Room)

/** What `rooms.create` takes. */
export interface CreateInput {
  /**
   * @minLength 1
   * @maxLength 40
   * @pattern [\p{L}\p{N}]
   */
  name: string
}
export const CreateInput = z.object({
  name: z
    .string()
    .min(1)
    .max(40)
    .regex(/[\p{L}\p{N}]/u),
})

/** What `rooms.create` gives. */
export type CreateOutput = Room
export const CreateOutput = Room

/** What comes with `ROOM_TAKEN`. */
export interface RoomTakenData {
  room: Room
}
export const RoomTakenData = z.object({ room: Room })

/** There is a new room. */
export type LobbyOpenedEvent = Room
export const LobbyOpenedEvent = Room

/** Something was said in a room, and what number it has. */
export interface LobbyStirredEvent {
  room: string
  number: bigint
}
export const LobbyStirredEvent = z.object({
  room: z.string(),
  number: wire.bigint(),
})

/** What `rooms.room.connect` takes. */
export interface RoomConnectInput {
  room: string
}
export const RoomConnectInput = z.object({ room: z.string() })

/** What comes with `NO_ROOM`. */
export interface NoRoomData {
  room: string
}
export const NoRoomData = z.object({ room: z.string() })

/** What `rooms.room.say` takes. */
export type RoomSayInput = NewMessage
export const RoomSayInput = NewMessage

/** What `rooms.room.say` gives. */
export type RoomSayOutput = Message
export const RoomSayOutput = Message

/** Somebody said something. It may be told more than once; the id says what is known already. */
export type RoomPostedEvent = Message
export const RoomPostedEvent = Message

/** Somebody is writing. */
export interface RoomTypingEvent {
  name: string
}
export const RoomTypingEvent = z.object({ name: z.string() })

/** Who is there, whenever that changes. */
export type RoomPresentEvent = string[]
export const RoomPresentEvent = z.array(z.string())
