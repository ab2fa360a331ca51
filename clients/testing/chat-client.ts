// What `pikku contracts` writes for an app with calls, a stream and channels, written by hand: the size is measured on it.
import {
  type CallOptions,
  type ChannelClient,
  createSocketClient,
  idempotencyKey,
  isError as isPikkuError,
  type PikkuError,
  type SocketOptions,
  streams,
} from '../fetch.ts'

export interface Room {
  id: string
  name: string
  createdAt: Date
}

export interface Message {
  id: number
  text: string
  at: Date
}

export type Change = { type: 'opened'; room: Room } | { type: 'closed'; id: string } | { type: 'all' }

export interface Api {
  account: {
    signIn(input: { email: string; password: string }, options?: CallOptions): Promise<{ id: string }>
    signOut(input?: undefined, options?: CallOptions): Promise<void>
  }
  rooms: {
    create(input: { name: string; until?: Date }, options?: CallOptions): Promise<Room>
    get(input: { id: string }, options?: CallOptions): Promise<Room>
    close(input: { id: string }, options?: CallOptions): Promise<void>
    watch(input?: undefined, options?: CallOptions): AsyncIterable<Change>
  }
  channel<Path extends keyof Channels>(
    path: Path,
    ...params: Channels[Path] extends { params: infer Params } ? [params: Params] : []
  ): ChannelClient<Channels[Path]['events'], Channels[Path]['messages']>
}

export interface Channels {
  '/rooms/:room': {
    params: { room: string }
    events: { posted: Message; typing: { user: string } }
    messages: { say: { input: { text: string; until?: Date }; output: Omit<Message, 'text'> }; type: {} }
  }
  '/news': { events: { item: string }; messages: {} }
}

export interface Errors {
  FULL: { since: Date }
  NOT_FOUND: { id: string }
}

const operations = {
  'account.signIn': {},
  'account.signOut': {},
  'rooms.create': { i: ['o', { until: 'd' }], o: ['o', { createdAt: 'd' }] },
  'rooms.get': { m: 'GET', p: '/rooms/:id', o: ['o', { createdAt: 'd' }] },
  'rooms.close': {},
  'rooms.watch': {
    m: 'GET',
    p: '/rooms/changes',
    o: ['v', 'type', { opened: ['o', { room: ['o', { createdAt: 'd' }] }] }],
    s: 1,
  },
} as const

const channels = {
  '/rooms/:room': {
    e: { posted: ['o', { at: 'd' }] },
    m: { say: { o: ['o', { at: 'd' }], k: idempotencyKey, e: { FULL: ['o', { since: 'd' }] } } },
  },
} as const

export function createClient(baseUrl: string, options?: SocketOptions): Api {
  return createSocketClient<Api>(baseUrl, operations, channels, options, {}, { streams })
}

export function isError<Code extends keyof Errors>(
  error: unknown,
  code?: Code,
): error is PikkuError<Code, Errors[Code]> {
  return isPikkuError(error, code)
}
