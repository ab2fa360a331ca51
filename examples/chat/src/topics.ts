import type { EventOf, Topic } from 'pikku'
import type { Message } from './functions/messages.ts'
import type { Room } from './functions/rooms.ts'

/** What happens in a room. */
export interface RoomEvents {
  /** Somebody said something. It may be told more than once; the id says what is known already. */
  posted: Message
  /** Somebody is writing. */
  typing: { name: string }
  /** Who is there, whenever that changes. */
  present: string[]
}

/** What happens in the house. */
export interface LobbyEvents {
  /** There is a new room. */
  opened: Room
  /** Something was said in a room, and what number it has. */
  stirred: { room: string; number: bigint }
}

export const roomTopic = (room: string): Topic<EventOf<RoomEvents>> => `rooms:${room}`

export const lobbyTopic: Topic<EventOf<LobbyEvents>> = 'lobby'
