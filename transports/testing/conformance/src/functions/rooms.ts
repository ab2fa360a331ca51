import { type ChannelCall, defineError, type EventOf, type Topic, type } from 'pikku'
import { channel, permission, type Session } from '../pikku.ts'

export interface Posted {
  /** @maxLength 2000 */
  text: string
  by: string
  at: Date
}

/** What a room sends. */
export interface RoomEvents {
  /** Somebody said something. */
  posted: Posted
  typing: { user: string }
  present: string[]
  welcome: { room: string }
}

export class RoomClosed extends defineError('ROOM_CLOSED', { status: 409 })<{ room: string; since: Date }> {}

const isAnn = permission('isAnn', (_services, _input, { session }) => session.user === 'ann')

/** A check that looks at the channel of a message. */
const isUnlocked = permission(
  'isUnlocked',
  (_services, _input, { channel }: ChannelCall<Session, { room: string }>) => !channel.params.room.startsWith('locked'),
)

const topicOf = (room: string): Topic<EventOf<RoomEvents>> => `rooms:${room}`

/** A room where people talk. */
export const room = channel({
  events: type<RoomEvents>(),
  connect: async ({ hub, notes }, { room }: { room: string }, { channel, session }) => {
    if (room === 'closed') throw new RoomClosed({ room, since: new Date(0) })
    if (room === 'broken') throw new Error('what only the server may know')
    const topic = topicOf(room)
    await channel.join(hub, topic)
    await channel.send('welcome', { room: channel.params.room })
    if (room === 'lively') {
      await hub.enter(topic, session.user, channel)
      channel.follow('present', hub.presence(topic, channel))
    }
    notes.set(`joined ${room}`, session.user)
  },
  disconnect: async ({ notes }, { room }, { session }) => {
    notes.set(`left ${room}`, session.user)
  },
  messages: {
    /** Says something to everybody in the room. */
    say: async ({ hub }, { text }: Pick<Posted, 'text'>, { channel, session }): Promise<{ at: Date }> => {
      const at = new Date()
      const data = { text, by: session.user, at, secret: 'stays on the server' }
      await hub.publish(topicOf(channel.params.room), { event: 'posted', data })
      return { at }
    },
    /** Says that somebody is typing, which nobody needs to know later. */
    typing: async ({ hub }, _input: {}, { channel, session }): Promise<void> => {
      const event = { event: 'typing', data: { user: session.user } } as const
      await hub.publish(topicOf(channel.params.room), event, { history: false })
    },
    /** Publishes what the contract does not allow, and then what it does. */
    spoil: async ({ hub }, _input: {}, { channel }): Promise<void> => {
      await hub.publish<unknown>(topicOf(channel.params.room) as string, { event: 'posted', data: { text: 1 } })
      await hub.publish<unknown>(topicOf(channel.params.room) as string, { event: 'typing', data: { user: 'after' } })
    },
    fail: async (_services, { how }: { how: 'told' | 'untold' }, { channel }): Promise<void> => {
      if (how === 'told') throw new RoomClosed({ room: channel.params.room, since: new Date(0) })
      throw new Error('what only the server may know')
    },
    clear: {
      permissions: isAnn,
      handler: async (_services, _input: {}, { channel }) => `cleared ${channel.params.room}`,
    },
    knock: {
      permissions: isUnlocked,
      rateLimit: { limit: 1, window: 60, by: ({ channel, session }) => `${session.user} at ${channel.params.room}` },
      handler: async (_services, _input: {}, { channel }) => `knocked at ${channel.params.room}`,
    },
    once: {
      idempotency: true,
      handler: async ({ notes }, { id }: { id: string }): Promise<number> => {
        const count = Number(notes.get(id) ?? 0) + 1
        notes.set(id, `${count}`)
        return count
      },
    },
    file: async (_services, { file, note }: { file: File; note: string }) => ({
      name: file.name,
      type: file.type,
      text: `${note}: ${await file.text()}`,
    }),
    /** Goes on until its caller goes away. */
    wait: async ({ notes }, { id }: { id: string }, { signal }): Promise<void> => {
      notes.set(id, 'waiting')
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      notes.set(id, 'left')
    },
    leave: async (_services, { reason }: { reason?: string }, { channel }): Promise<void> => channel.close(reason),
    flood: async (_services, { events }: { events: number }, { channel }): Promise<void> => {
      for (let event = 0; event < events; event++) await channel.send('typing', { user: 'x'.repeat(10_000) })
    },
  },
})

/** Where everybody may wait. */
export const lobby = channel({
  auth: false,
  messages: {
    echo: async (_services, { text }: { text: string }, { session }) => ({ text, by: session?.user ?? null }),
  },
})
