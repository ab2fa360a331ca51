import { defineError, type } from 'pikku'
import { NoRoom } from '../errors.ts'
import { channel, func } from '../pikku.ts'
import { post } from '../posting.ts'
import { type LobbyEvents, lobbyTopic, type RoomEvents, roomTopic } from '../topics.ts'
import type { Message } from './messages.ts'

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

export class RoomTaken extends defineError('ROOM_TAKEN', {
  status: 409,
  detail: 'There is a room of this name already.',
})<{ room: Room }> {}

/** All rooms, by their names. */
export const list = func(async ({ db }): Promise<Room[]> => {
  return db.query<Room>('select id, name from rooms order by lower(name), id')
})

/** Opens a room. */
export const create = func(async ({ db, hub }, { name }: Pick<Room, 'name'>): Promise<Room> => {
  const id = toId(name)
  const [room] = await db.query<Room>(
    'insert into rooms (id, name) values ($1, $2) on conflict (id) do nothing returning id, name',
    [id, name.trim()],
  )
  if (!room) {
    const [there] = await db.query<Room>('select id, name from rooms where id = $1', [id])
    throw new RoomTaken({ room: there ?? { id, name } })
  }
  await hub.publish(lobbyTopic, { event: 'opened', data: room })
  return room
})

/** What goes on in the house: which rooms there are, and where people talk. */
export const lobby = channel({
  events: type<LobbyEvents>(),
  connect: async ({ hub }, _params: {}, { channel }) => channel.join(hub, lobbyTopic),
})

/** A room: what is said there, who is there, and who is writing. */
export const room = channel({
  events: type<RoomEvents>(),
  connect: async ({ db, hub }, { room }: { room: string }, { channel, session }) => {
    const [found] = await db.query('select id from rooms where id = $1', [room])
    if (!found) throw new NoRoom({ room })
    const topic = roomTopic(room)
    await channel.join(hub, topic)
    await hub.enter(topic, session.name, channel)
    channel.follow('present', hub.presence(topic, channel))
  },
  messages: {
    /** Says something to everybody in the room. Sent again with the same id, it is said once. */
    say: {
      // Nobody writes that fast.
      rateLimit: { limit: 100, window: 10, by: ({ channel, session }) => `${session.name} in ${channel.params.room}` },
      handler: async (services, { id, text }: NewMessage, { channel, session }): Promise<Message> => {
        return post(services, { id, text, room: channel.params.room, author: session.name })
      },
    },
    /** Tells that one is writing, which means nothing to who comes later. */
    typing: async ({ hub }, _input, { channel, session }): Promise<void> => {
      const event = { event: 'typing', data: { name: session.name } } as const
      await hub.publish(roomTopic(channel.params.room), event, { history: false })
    },
  },
})

interface NewMessage {
  /** @format uuid */
  id: string
  /**
   * @minLength 1
   * @maxLength 4000
   */
  text: string
}

/** `Trip to Lisbon` is at `trip-to-lisbon`. */
function toId(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
}
