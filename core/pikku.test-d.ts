import * as old from 'zod/v3'
import {
  all,
  any,
  type Call,
  type ChannelCall,
  defineError,
  type EventOf,
  type Hub,
  pikku,
  type StandardSchema,
  type Topic,
  type,
} from './index.ts'

type Equal<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false
type Expect<_ extends true> = true

interface Services {
  db: { find(id: string): Promise<{ id: string; title: string } | undefined> }
}
interface Session {
  userId: string
}
class NotFound extends defineError('NOT_FOUND')<{ id: string }> {}

const { func, app, channel, permission, route, session } = pikku<Services, Session>()

const isOwner = permission(
  'isOwner',
  async ({ db }, input: { id: string }, { session }) => (await db.find(input.id))?.id === session.userId,
)

const get = func({ auth: false, errors: [NotFound] }, async ({ db }, { id }: { id: string }, { session }) => {
  const maybe: Session | undefined = session
  // @ts-expect-error nobody may have signed in
  session.userId
  if (maybe) maybe.userId.trim()
  const found = await db.find(id)
  if (!found) throw new NotFound({ id })
  return found
})
const create = func(async (_services, input: { title: string; due?: Date }, { session }) => ({
  ...input,
  owner: session.userId,
}))
const remove = func({ permissions: [isOwner] }, async (_services, _input: { id: string }) => {})
const list = func(async ({ db }) => [await db.find('1')])
const watch = func(async function* (_services, _input: {}, { signal }) {
  yield signal.aborted
})
async function count(_services: Services, _input: { done?: boolean }, { session }: Call<Session>): Promise<number> {
  return session.userId.length
}

export type _Input = Expect<Equal<Parameters<typeof create>[1], { title: string; due?: Date }>>
export type _NoInput = Expect<Equal<Parameters<typeof list>[1], void>>
export type _Output = Expect<Equal<ReturnType<typeof watch>, AsyncGenerator<boolean, void, unknown>>>
export type _Auth = Expect<Equal<(typeof get)['options']['auth'], false>>

// @ts-expect-error a check that needs an id does not fit a function whose input has none
func({ permissions: [isOwner] }, async (_services, _input: { title: string }) => {})

declare const Query: StandardSchema<{ page: string }, { page: number }>
const good = app({
  rpc: { todos: { get, create, remove, list, watch, count, NotFound, limit: 3, Query } },
  http: { 'GET /todos/:id': get, 'POST /todos': create },
})
export type _Rpc = Expect<Equal<(typeof good)['definition']['rpc']['todos']['get'], typeof get>>

// @ts-expect-error The path names :list
app({ http: { 'GET /lists/:list/:id': get } })

// @ts-expect-error a helper is no function of Pikku's form
app({ rpc: { todos: { get, helper: (text: string) => text.length } } })

// @ts-expect-error a helper without parameters would be callable by anybody
app({ rpc: { todos: { get, reset: () => 1 } } })

// @ts-expect-error a function for other services
app({ rpc: { other: pikku<{ mail: string }, Session>().func(async ({ mail }) => mail) } })

const room = channel({
  events: type<{ posted: { text: string } }>(),
  connect: async ({ db }, { room }: { room: string }, { session, channel }) => {
    await db.find(room + session.userId)
    await channel.send('posted', { text: channel.params.room })
    // @ts-expect-error the event carries a text
    await channel.send('posted', { test: 1 })
    // @ts-expect-error there is no such event
    await channel.send('gone', {})
  },
  messages: {
    say: async (_services, { text }: { text: string }, { channel }) => {
      await channel.send('posted', { text })
      return { at: new Date() }
    },
  },
})
export type _Say = Expect<
  Equal<Parameters<NonNullable<(typeof room)['~channel']['messages']>['say']>[1], { text: string }>
>
app({ channels: { '/rooms/:room': room }, rpc: { rooms: { room, list } } })

const isMember = permission('isMember', (_services, { room }: { room: string }) => room !== '')
const guardedRoom = channel({
  permissions: [isMember, permission('isAwake', () => true)],
  connect: async ({ db }, { room }: { room: string; seat: number }) => {
    await db.find(room)
  },
})
app({ channels: { '/rooms/:room/:seat': guardedRoom } })
channel({
  // @ts-expect-error the check looks at a room, which these parameters lack
  permissions: [isMember],
  connect: async ({ db }, { id }: { id: string }) => {
    await db.find(id)
  },
})

const isAdminOfAll = permission('isAdmin', (_services, _input, { session }) => session.userId === 'root')

class Full extends defineError('FULL')<{ seats: number }> {}
const isWarden = permission('isWarden', (_services, { room }: { room: string }) => room !== '')
const hall = channel({
  events: type<{ posted: { text: string } }>(),
  connect: async (_services, _params: { room: string }) => {},
  messages: {
    plain: async (_services, { text }: { text: string }, { channel, session }) => [text, channel.params.room, session],
    say: {
      permissions: [isAdminOfAll, isWarden],
      errors: [Full, NotFound],
      middleware: [async (_services, _input, { session }, next) => [session.userId, await next()]],
      rateLimit: { limit: 5, window: 60, by: ({ session }) => session.userId },
      idempotency: { required: true, by: ({ session }) => session.userId },
      timeout: 10,
      handler: async ({ db }, { room, text }: { room: string; text: string }, { channel, session }) => {
        await channel.send('posted', { text: session.userId + (await db.find(text))?.title })
        // @ts-expect-error there is no such event
        await channel.send('gone', {})
        // @ts-expect-error the path has no such parameter
        channel.params.seat
        return { room: channel.params.room === room }
      },
    },
    clear: { permissions: isAdminOfAll, handler: async (_services, _input, { channel }) => channel.close() },
    method: {
      async handler(_services, { at }: { at: Date }, { session }) {
        return session.userId + at.getTime()
      },
    },
  },
})
type HallMessages = NonNullable<(typeof hall)['~channel']['messages']>
export type _HallInput = Expect<Equal<Parameters<HallMessages['say']['handler']>[1], { room: string; text: string }>>
export type _HallOutput = Expect<Equal<ReturnType<HallMessages['say']['handler']>, Promise<{ room: boolean }>>>
export type _HallErrors = Expect<Equal<HallMessages['say']['errors'], [typeof Full, typeof NotFound]>>
export type _HallKey = Expect<Equal<HallMessages['say']['idempotency']['required'], true>>
app({ channels: { '/halls/:room': hall } })

channel({
  messages: {
    // @ts-expect-error the check looks at a room, which the input lacks
    say: { permissions: isWarden, handler: async (_services, _input: { text: string }) => {} },
  },
})
channel({
  messages: {
    // @ts-expect-error one of the checks looks at a room, which the input lacks
    say: { permissions: [isAdminOfAll, isWarden], handler: async (_services, _input: { text: string }) => {} },
  },
})
channel({
  messages: {
    // @ts-expect-error the check looks at a room, and there is no input
    say: { permissions: isWarden, handler: async (_services, _input, { channel }) => channel.close() },
  },
})
// @ts-expect-error there is no such option
channel({ messages: { say: { rateLimits: { limit: 1, window: 1 }, handler: async () => {} } } })
// @ts-expect-error who may send is said by the channel
channel({ messages: { say: { auth: false, handler: async () => {} } } })
// @ts-expect-error the options of a function have no place among those of a message
channel({ messages: { say: { handler: func({ permissions: isAdminOfAll }, async () => {}) } } })
// @ts-expect-error nothing takes the message
channel({ messages: { say: { timeout: 10 } } })
channel({
  auth: false,
  messages: {
    say: {
      // @ts-expect-error nobody may have signed in
      rateLimit: { limit: 1, window: 1, by: ({ session }) => session.userId },
      handler: async (_services, _input, { session }) => session?.userId,
    },
  },
})
// @ts-expect-error a check for callers with a session does not fit a channel that is open to all
channel({ auth: false, messages: { say: { permissions: isAdminOfAll, handler: async () => {} } } })

const isHost = permission(
  'isHost',
  async ({ db }, _input, { channel, session }: ChannelCall<Session, { room: string }>) => {
    return (await db.find(channel.params.room))?.title === session.userId
  },
)
const isGuest = permission<{ guest: string }>(
  'isGuest',
  (_services, { guest }, { session }) => guest === session.userId,
)
channel({
  events: type<{ posted: { text: string } }>(),
  connect: async (_services, _params: { room: string; seat: number }) => {},
  messages: {
    alone: { permissions: isHost, handler: async () => {} },
    among: {
      permissions: [isHost, any(isHost, isAdminOfAll), all(isHost, isGuest)],
      middleware: [async (_services, _input, { channel }, next) => [channel.params.seat.toFixed(), await next()]],
      rateLimit: [{ limit: 5, window: 60, by: ({ channel, session }) => session.userId + channel.params.room }],
      idempotency: { by: ({ channel }) => channel.params.room },
      handler: async (_services, { guest }: { guest: string }, { channel }) => channel.send('posted', { text: guest }),
    },
  },
})
channel({
  connect: async (_services, _params: { room: string }) => {},
  messages: { say: { permissions: permission('isAwake', () => true), handler: async () => {} } },
})
channel({
  connect: async (_services, _params: { seat: number }) => {},
  // @ts-expect-error the check looks at a room, which the path of this channel lacks
  messages: { say: { permissions: isHost, handler: async () => {} } },
})
channel({
  connect: async (_services, _params: { room: string }) => {},
  messages: {
    say: {
      // @ts-expect-error the path has no such parameter
      rateLimit: { limit: 5, window: 60, by: ({ channel }) => channel.params.seat },
      handler: async () => {},
    },
  },
})
// @ts-expect-error a function may be called by other ways, where there is no channel
func({ permissions: isHost }, async () => {})
// @ts-expect-error nor does it help to join it with others
func({ permissions: any(isAdminOfAll, isHost) }, async () => {})
// A check may name of the call what it looks at.
func(
  { permissions: permission('isAwake', (_services, _input, { signal }: { signal: AbortSignal }) => !signal.aborted) },
  async () => {},
)
// @ts-expect-error nor has the opening of a channel one yet: its input has the parameters
channel({ permissions: isHost, connect: async (_services, _params: { room: string }) => {} })

// @ts-expect-error what holds for the opening is said by the channel, and would be lost here
channel({ connect: func({ permissions: isAdminOfAll }, async (_services, _params: { room: string }) => {}) })
// @ts-expect-error nothing stands around the end of a channel
channel({ disconnect: func({ timeout: 10 }, async () => {}) })
// @ts-expect-error there is no such option
channel({ permission: isAdminOfAll, connect: async () => {} })
// @ts-expect-error a message may have one, the opening has none
channel({ rateLimit: { limit: 1, window: 1 }, connect: async () => {} })

interface LobbyEvents {
  joined: { user: string }
}
declare const hub: Hub
declare const joins: AsyncIterable<LobbyEvents['joined']>
const lobbyTopic: Topic<EventOf<LobbyEvents>> = 'lobby'
const lobby = channel({
  auth: false,
  events: type<LobbyEvents>(),
  connect: async (_services, _params: {}, { channel, session }) => {
    // @ts-expect-error nobody may have signed in
    session.userId
    await channel.join(hub, lobbyTopic)
    await channel.join(hub, 'lobby')
    // @ts-expect-error the topic has other events
    await channel.join(hub, 'other' as Topic<EventOf<{ left: 1 }>>)
    channel.follow('joined', joins)
  },
  messages: { greet: func({ auth: false, timeout: 10 }, async (_services, { to }: { to: string }) => to) },
})
app({ channels: { '/lobby': lobby } })
channel({
  messages: { purge: func({ permissions: [isAdminOfAll] }, async (_services, input: { all: true }) => input) },
})
// @ts-expect-error a channel for other services
app({ channels: { '/other': pikku<{ mail: string }, Session>().channel({}) } })
hub.publish(lobbyTopic, { event: 'joined', data: { user: 'ann' } })
hub.publish('anything', 1)
// @ts-expect-error the event has a user
hub.publish(lobbyTopic, { event: 'joined', data: {} })

const find = func(
  { input: Query, permissions: [permission('p', (_services, _input: { page: number }) => true)] },
  async (_services, input) => {
    return input.page + 1
  },
)
export type _Schema = Expect<Equal<Parameters<typeof find>[1], { page: number }>>

// @ts-expect-error the schema makes a number
func({ input: Query }, async (_services, input: { page: string }) => input)

const Former = old.object({ name: old.string() })
func({ input: Former, output: Former }, async (_services, input) => ({ name: input.name.trim() }))
// @ts-expect-error the schema makes an object with a name
func({ input: Former }, async (_services, input: { title: string }) => input)

declare const Text: StandardSchema<string>
func({ output: Text }, async () => 'text')
func({ output: Text }, async function* () {
  yield 'text'
})
// @ts-expect-error the output schema takes a string
func({ output: Text }, async () => 1)

const isAdmin = permission('isAdmin', (_services, _input, { session }) => session.userId === 'root')
const guarded = route(get, { permissions: [isAdmin, isOwner] })
export type _Guarded = Expect<Equal<(typeof guarded)['options']['auth'], true>>
export type _GuardedErrors = Expect<Equal<(typeof guarded)['options']['errors'], (typeof get)['options']['errors']>>
export type _GuardedInput = Expect<Equal<Parameters<typeof guarded>[1], { id: string }>>
export type _GuardedOutput = Expect<Equal<ReturnType<typeof guarded>, ReturnType<typeof get>>>
app({ http: { 'GET /todos/:id': guarded, 'GET /count': route(count, { permissions: isAdmin }) } })

// @ts-expect-error the function has no id that the check could look at
route(create, { permissions: [isOwner] })

// @ts-expect-error a route only adds: it cannot let callers in without a session
route(get, { auth: false, permissions: [] })

// @ts-expect-error The path names :list
app({ http: { 'GET /lists/:list': guarded } })

const key = session.apiKey({
  header: 'x-key',
  resolve: async ({ db }, { hash, is }, call) => {
    // @ts-expect-error the call has no session yet
    call.session.userId
    return (await is('a')) && (await db.find(hash)) ? { userId: hash } : undefined
  },
})
export type _Header = Expect<Equal<(typeof key)['name'], 'x-key'>>
app({ session: [key, session.bearer((_services, token) => ({ userId: token }))] })

// @ts-expect-error this is no session of the app
session.apiKey({ resolve: () => ({ id: '1' }) })
