// What `pikku contracts` writes for an app like examples/todos with a channel, written by hand: the size is measured on it.
import {
  type CallOptions,
  type ChannelClient,
  createSocketClient,
  idempotencyKey,
  isError as isPikkuError,
  objectMap,
  type PikkuError,
  type SocketOptions,
  streams,
} from '../fetch.ts'

export interface Todo {
  id: string
  list: string
  title: string
  notes: string
  due?: Date
  done: boolean
  doneAt?: Date
  createdAt: Date
}

export interface Page {
  items: Todo[]
  total: number
  next?: string
}

export type Change = { type: 'saved'; todo: Todo } | { type: 'removed'; id: string } | { type: 'lists' }

export interface Account {
  id: string
  name: string
  email: string
}

export interface List {
  id: string
  name: string
  open: number
  done: number
}

/** A room of a chat. */
export interface RoomEvents {
  posted: { id: number; text: string; at: Date }
  typing: { user: string }
}

export interface RoomMessages {
  say: { input: { text: string; until?: Date }; output: { id: number; at: Date } }
  type: {}
}

export interface Channels {
  '/rooms/:room': { params: { room: string }; events: RoomEvents; messages: RoomMessages }
  '/news': { events: { item: string }; messages: {} }
}

export interface Api {
  account: {
    signUp(input: { name: string; email: string; password: string }, options?: CallOptions): Promise<Account>
    signIn(input: { email: string; password: string }, options?: CallOptions): Promise<Account>
    signOut(input?: undefined, options?: CallOptions): Promise<void>
    me(input?: undefined, options?: CallOptions): Promise<Account | null>
  }
  lists: {
    list(input?: undefined, options?: CallOptions): Promise<List[]>
    create(input: { name: string }, options?: CallOptions): Promise<List>
    rename(input: { id: string; name: string }, options?: CallOptions): Promise<List>
    remove(input: { id: string }, options?: CallOptions): Promise<void>
  }
  todos: {
    create(input: { list: string; title: string; notes?: string; due?: Date }, options?: CallOptions): Promise<Todo>
    get(input: { id: string }, options?: CallOptions): Promise<Todo>
    list(input: { list?: string; done?: boolean; dueFrom?: Date; limit?: number }, options?: CallOptions): Promise<Page>
    update(input: { id: string; title?: string; due?: Date | null }, options?: CallOptions): Promise<Todo>
    complete(input: { id: string }, options?: CallOptions): Promise<Todo>
    reopen(input: { id: string }, options?: CallOptions): Promise<Todo>
    remove(input: { id: string }, options?: CallOptions): Promise<void>
    stats(
      input: { timeZone?: string },
      options?: CallOptions,
    ): Promise<{ open: number; doneByDay: Map<string, number> }>
    watch(input?: undefined, options?: CallOptions): AsyncIterable<Change>
  }
}

export interface Client extends Api {
  channel<Path extends keyof Channels>(
    path: Path,
    ...params: Channels[Path] extends { params: infer Params } ? [params: Params] : []
  ): ChannelClient<Channels[Path]['events'], Channels[Path]['messages']>
}

export interface Errors {
  EMAIL_TAKEN: undefined
  LIST_FULL: { limit: number }
  NOT_FOUND: { id: string }
}

const operations = {
  'account.signUp': {},
  'account.signIn': {},
  'account.signOut': {},
  'account.me': { m: 'GET', p: '/session' },
  'lists.list': { m: 'GET', p: '/lists' },
  'lists.create': {},
  'lists.rename': {},
  'lists.remove': {},
  'todos.create': { i: ['o', { due: 'd' }], o: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] },
  'todos.get': { m: 'GET', p: '/todos/:id', o: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] },
  'todos.list': {
    m: 'GET',
    p: '/todos',
    i: ['o', { dueFrom: 'd', dueBefore: 'd' }],
    o: ['o', { items: ['a', ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }]] }],
  },
  'todos.update': { i: ['o', { due: 'd' }], o: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] },
  'todos.complete': { o: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] },
  'todos.reopen': { o: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] },
  'todos.remove': {},
  'todos.stats': { m: 'GET', p: '/todos/stats', o: ['o', { doneByDay: objectMap(0) }] },
  'todos.watch': {
    m: 'GET',
    p: '/todos/changes',
    o: ['v', 'type', { saved: ['o', { todo: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }] }] }],
    s: 1,
  },
} as const

const channels = {
  '/rooms/:room': {
    e: { posted: ['o', { at: 'd' }] },
    m: { say: { o: ['o', { at: 'd' }], k: idempotencyKey, e: { FULL: ['o', { since: 'd' }] } } },
  },
} as const

export function createClient(baseUrl: string, options?: SocketOptions): Client {
  return createSocketClient<Client>(baseUrl, operations, channels, options, {}, { streams })
}

export function isError<Code extends keyof Errors>(
  error: unknown,
  code?: Code,
): error is PikkuError<Code, Errors[Code]> {
  return isPikkuError(error, code)
}
