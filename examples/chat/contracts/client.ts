// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ChannelClient,
  createSocketClient,
  files,
  isError as isPikkuError,
  type PikkuError,
  type SocketOptions,
} from 'pikku/client'
import type * as account from './account.ts'
import type * as files_ from './files.ts'
import type * as messages from './messages.ts'
import type * as rooms from './rooms.ts'

/** Everything this app can be asked. */
export interface Api {
  account: {
    /** Goes by a name from now on. */
    signIn(input: account.SignInInput, options?: CallOptions): Promise<account.SignInOutput>
    /** Forgets the name. */
    signOut(input?: undefined, options?: CallOptions): Promise<void>
    /** Who is signed in; `null` when nobody is. */
    me(input?: undefined, options?: CallOptions): Promise<account.MeOutput>
  }
  files: {
    /** Shows a file in a room. Sent again with the same id, it is shown once. */
    share(input: files_.ShareInput, options?: CallOptions): Promise<files_.ShareOutput>
    /** The file of a message. */
    download(input: files_.DownloadInput, options?: CallOptions): Promise<File>
  }
  messages: {
    /** What was said in a room: the newest messages, or those before one. */
    list(input: messages.ListInput, options?: CallOptions): Promise<messages.ListOutput>
  }
  rooms: {
    /** All rooms, by their names. */
    list(input?: undefined, options?: CallOptions): Promise<rooms.ListOutput>
    /** Opens a room. */
    create(input: rooms.CreateInput, options?: CallOptions): Promise<rooms.CreateOutput>
  }
  /** Opens a channel by its path, with the parameters in it. */
  channel<Path extends keyof Channels>(
    path: Path,
    ...params: Channels[Path]['params']
  ): ChannelClient<Channels[Path]['events'], Channels[Path]['messages']>
}

/** What `/rooms` sends. */
export interface LobbyEvents {
  /** There is a new room. */
  opened: rooms.LobbyOpenedEvent
  /** Something was said in a room, and what number it has. */
  stirred: rooms.LobbyStirredEvent
}

/** What `/rooms` takes, and how it answers. */
export interface LobbyMessages {}

/** What `/rooms/:room` sends. */
export interface RoomEvents {
  /** Somebody said something. It may be told more than once; the id says what is known already. */
  posted: rooms.RoomPostedEvent
  /** Somebody is writing. */
  typing: rooms.RoomTypingEvent
  /** Who is there, whenever that changes. */
  present: rooms.RoomPresentEvent
}

/** What `/rooms/:room` takes, and how it answers. */
export interface RoomMessages {
  /** Says something to everybody in the room. Sent again with the same id, it is said once. */
  say: { input: rooms.RoomSayInput; output: rooms.RoomSayOutput }
  /** Tells that one is writing, which means nothing to who comes later. */
  typing: {}
}

/** The channels of this app. */
export interface Channels {
  /** What goes on in the house: which rooms there are, and where people talk. */
  '/rooms': {
    params: []
    events: LobbyEvents
    messages: LobbyMessages
  }
  /** A room: what is said there, who is there, and who is writing. */
  '/rooms/:room': {
    params: [params: rooms.RoomConnectInput]
    events: RoomEvents
    messages: RoomMessages
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  ID_TAKEN: undefined
  NO_ROOM: files_.NoRoomData | rooms.NoRoomData
  NO_FILE: files_.NoFileData
  ROOM_TAKEN: rooms.RoomTakenData
  BAD_REQUEST: undefined
  INVALID_INPUT: undefined
  UNAUTHENTICATED: undefined
  FORBIDDEN: undefined
  NOT_FOUND: undefined
  METHOD_NOT_ALLOWED: undefined
  NOT_ACCEPTABLE: undefined
  REQUEST_TIMEOUT: undefined
  CONFLICT: undefined
  PAYLOAD_TOO_LARGE: undefined
  UNSUPPORTED_MEDIA_TYPE: undefined
  TOO_MANY_REQUESTS: undefined
  CLIENT_CLOSED_REQUEST: undefined
  INTERNAL: undefined
  UNAVAILABLE: undefined
  TIMEOUT: undefined
  UNREACHABLE: undefined
  BAD_ANSWER: undefined
}

/** An error of this app; `error.code` says which, and so what its data is. */
export type AppError<Code extends keyof Errors = keyof Errors> = {
  [Name in Code]: PikkuError<Name, Errors[Name]>
}[Code]

const operations = {
  'account.signIn': {},
  'account.signOut': {},
  'account.me': {},
  'files.share': { b: ['file'], o: ['o', { number: 'n', postedAt: 'd' }] },
  'files.download': { m: 'GET', p: '/files/:id', a: 'f' },
  'messages.list': { i: ['o', { before: 'n' }], o: ['#', 'Page'] },
  'rooms.list': {},
  'rooms.create': {},
} as const

const channels = {
  '/rooms': { e: { stirred: ['o', { number: 'n' }] } },
  '/rooms/:room': {
    e: { posted: ['o', { number: 'n', postedAt: 'd' }] },
    m: { say: { o: ['o', { number: 'n', postedAt: 'd' }] } },
  },
} as const

const plans = {
  Page: ['o', { items: ['a', ['o', { number: 'n', postedAt: 'd' }]] }],
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: SocketOptions): Api {
  return createSocketClient<Api>(baseUrl, operations, channels, options, plans, { files })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
