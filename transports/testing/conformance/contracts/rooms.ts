// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Posted {
  /** @maxLength 2000 */
  text: string
  by: string
  at: Date
}
export const Posted = z.object({
  text: z.string().max(2000),
  by: z.string(),
  at: wire.date(),
})

/** What `rooms.room.connect` takes. */
export interface RoomConnectInput {
  room: string
}
export const RoomConnectInput = z.object({ room: z.string() })

/** What comes with `ROOM_CLOSED`. */
export interface RoomClosedData {
  room: string
  since: Date
}
export const RoomClosedData = z.object({
  room: z.string(),
  since: wire.date(),
})

/** What `rooms.room.say` takes. */
export interface RoomSayInput {
  /** @maxLength 2000 */
  text: string
}
export const RoomSayInput = z.object({ text: z.string().max(2000) })

/** What `rooms.room.say` gives. */
export interface RoomSayOutput {
  at: Date
}
export const RoomSayOutput = z.object({ at: wire.date() })

/** What `rooms.room.typing` takes. */
export type RoomTypingInput = Record<string, never>
export const RoomTypingInput = z.object({})

/** What `rooms.room.spoil` takes. */
export type RoomSpoilInput = Record<string, never>
export const RoomSpoilInput = z.object({})

/** What `rooms.room.fail` takes. */
export interface RoomFailInput {
  how: 'told' | 'untold'
}
export const RoomFailInput = z.object({ how: z.enum(['told', 'untold']) })

/** What `rooms.room.clear` takes. */
export type RoomClearInput = Record<string, never>
export const RoomClearInput = z.object({})

/** What `rooms.room.clear` gives. */
export type RoomClearOutput = string
export const RoomClearOutput = z.string()

/** What `rooms.room.knock` takes. */
export type RoomKnockInput = Record<string, never>
export const RoomKnockInput = z.object({})

/** What `rooms.room.knock` gives. */
export type RoomKnockOutput = string
export const RoomKnockOutput = z.string()

/** What `rooms.room.once` takes. */
export interface RoomOnceInput {
  id: string
}
export const RoomOnceInput = z.object({ id: z.string() })

/** What `rooms.room.once` gives. */
export type RoomOnceOutput = number
export const RoomOnceOutput = z.number()

/** What `rooms.room.file` takes. */
export interface RoomFileInput {
  file: File
  note: string
}
export const RoomFileInput = z.object({
  file: z.file(),
  note: z.string(),
})

/** What `rooms.room.file` gives. */
export interface RoomFileOutput {
  name: string
  type: string
  text: string
}
export const RoomFileOutput = z.object({
  name: z.string(),
  type: z.string(),
  text: z.string(),
})

/** What `rooms.room.wait` takes. */
export interface RoomWaitInput {
  id: string
}
export const RoomWaitInput = z.object({ id: z.string() })

/** What `rooms.room.leave` takes. */
export interface RoomLeaveInput {
  reason?: string | undefined
}
export const RoomLeaveInput = z.object({ reason: z.string().optional() })

/** What `rooms.room.flood` takes. */
export interface RoomFloodInput {
  events: number
}
export const RoomFloodInput = z.object({ events: z.number() })

/** Somebody said something. */
export type RoomPostedEvent = Posted
export const RoomPostedEvent = Posted

/** What comes with the event `rooms.room:typing`. */
export interface RoomTypingEvent {
  user: string
}
export const RoomTypingEvent = z.object({ user: z.string() })

/** What comes with the event `rooms.room:present`. */
export type RoomPresentEvent = string[]
export const RoomPresentEvent = z.array(z.string())

/** What comes with the event `rooms.room:welcome`. */
export interface RoomWelcomeEvent {
  room: string
}
export const RoomWelcomeEvent = z.object({ room: z.string() })

/** What `rooms.lobby.echo` takes. */
export interface LobbyEchoInput {
  text: string
}
export const LobbyEchoInput = z.object({ text: z.string() })

/** What `rooms.lobby.echo` gives. */
export interface LobbyEchoOutput {
  text: string
  by: string | null
}
export const LobbyEchoOutput = z.object({
  text: z.string(),
  by: z.string().nullable(),
})
