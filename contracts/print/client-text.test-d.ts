import type { CallOptions, ChannelClient, ChannelEventOf } from 'pikku/client'
import { createClient as createRoomsClient, type RoomEvents, type RoomMessages } from './testing/golden/rooms/client.ts'
import type { Message } from './testing/golden/rooms/rooms.ts'
import { type Api, type AppError, createClient, type Errors, isError } from './testing/golden/todos/client.ts'
import type { Todo } from './testing/golden/todos/shared.ts'
import type { Change, NotFoundData } from './testing/golden/todos/todos.ts'

type Equal<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false
type Expect<Holds extends true> = Holds

const api = createClient('')

// What is called gives what the function gives.
const created = api.todos.create({ title: 'Milk', due: new Date() })
const changes = api.todos.watch({}, { signal: AbortSignal.abort() })
const purged = api.todos.purge()
export type Calls = [
  Expect<Equal<typeof api, Api>>,
  Expect<Equal<typeof created, Promise<Todo>>>,
  Expect<Equal<typeof changes, AsyncIterable<Change>>>,
  Expect<Equal<typeof purged, Promise<void>>>,
  Expect<Equal<Parameters<Api['todos']['purge']>, [input?: undefined, options?: CallOptions | undefined]>>,
]

// What has a default or may be absent can be left out, or be undefined.
api.todos.list({})
api.todos.list({ limit: undefined, tags: ['a'] })

// @ts-expect-error the title is missing
api.todos.create({})
// @ts-expect-error a date is no text
api.todos.create({ title: 'Milk', due: '2026-11-22' })
// @ts-expect-error nobody wired it
api.todos.destroy({})
// @ts-expect-error it takes no input
api.todos.purge({})
// @ts-expect-error nothing is known of this key
api.todos.watch({ since: 1 })

// An error is told by its code, and its data by that.
export function read(error: unknown): string | undefined {
  if (isError(error, 'NOT_FOUND')) {
    type Narrowed = Expect<Equal<typeof error.data, NotFoundData>>
    const data: Narrowed extends true ? NotFoundData : never = error.data
    return data.id
  }
  if (isError(error)) {
    if (error.code === 'NOT_FOUND') return error.data.id
    if (error.code === 'INVALID_INPUT') return error.issues?.[0]?.message
    const code: Exclude<keyof Errors, 'NOT_FOUND' | 'INVALID_INPUT'> = error.code
    return code
  }
  // @ts-expect-error there is no such code
  if (isError(error, 'NOT_FUOND')) return undefined
  return undefined
}

export type Data = Expect<Equal<AppError<'NOT_FOUND'>['data'], NotFoundData>>

// A channel opens with the parameters of its path, and has its own events and messages.
const rooms = createRoomsClient('')
const room = rooms.channel('/rooms/:room', { room: '7' })
const said = room.send('say', { text: 'hello' })
const cleared = room.send('clear', { before: 1n })
const typing = room.send('typing')
const hello = rooms.channel('/lobby').send('hello')
room.on('posted', ({ at }) => at.getTime())
room.on('cleared', (nothing: undefined) => nothing)
export type Channels = [
  Expect<Equal<typeof room, ChannelClient<RoomEvents, RoomMessages>>>,
  Expect<Equal<typeof said, Promise<Message>>>,
  Expect<Equal<typeof cleared, Promise<void>>>,
  Expect<Equal<typeof typing, Promise<void>>>,
  Expect<Equal<typeof hello, Promise<'hello'>>>,
  Expect<Equal<Extract<ChannelEventOf<RoomEvents>, { event: 'posted' }>['data'], Message>>,
]

// @ts-expect-error there is no such channel
rooms.channel('/rooms', {})
// @ts-expect-error it opens with a room
rooms.channel('/rooms/:room')
// @ts-expect-error the room is a text
rooms.channel('/rooms/:room', { room: 7 })
// @ts-expect-error the lobby has no parameters
rooms.channel('/lobby', { room: '7' })
// @ts-expect-error nobody takes this message
room.send('shout', { text: 'hello' })
// @ts-expect-error it takes a text
room.send('say', {})
// @ts-expect-error this is no event
room.on('gone', () => {})
