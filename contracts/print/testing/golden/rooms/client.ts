// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  attachments,
  type CallOptions,
  type ChannelClient,
  createSocketClient,
  idempotencyKey,
  isError as isPikkuError,
  type PikkuError,
  type SocketOptions,
  streams,
} from 'pikku/client'
import type * as rooms from './rooms.ts'

/** Everything this app can be asked. */
export interface Api {
  rooms: {
    list(input?: undefined, options?: CallOptions): Promise<rooms.ListOutput>
    changes(input: rooms.ChangesInput, options?: CallOptions): AsyncIterable<rooms.ChangesOutput>
  }
  /** Opens a channel by its path, with the parameters in it. */
  channel<Path extends keyof Channels>(
    path: Path,
    ...params: Channels[Path]['params']
  ): ChannelClient<Channels[Path]['events'], Channels[Path]['messages']>
}

/** What `/rooms/:room` sends. */
export interface RoomEvents {
  /** Somebody said something. */
  posted: rooms.RoomPostedEvent
  /** Who is there. */
  present: rooms.RoomPresentEvent
  /** @deprecated */
  'user:left': rooms.RoomUserLeftEvent
  cleared: undefined
}

/** What `/rooms/:room` takes, and how it answers. */
export interface RoomMessages {
  /** Says something in the room. */
  say: { input: rooms.RoomSayInput; output: rooms.RoomSayOutput }
  clear: { input: rooms.RoomClearInput }
  show: { input: rooms.RoomShowInput }
  /** @deprecated Nobody looks at it. */
  typing: {}
}

/** What `/lobby` sends. */
export interface LobbyEvents {}

/** What `/lobby` takes, and how it answers. */
export interface LobbyMessages {
  hello: { output: rooms.LobbyHelloOutput }
}

/** The channels of this app. */
export interface Channels {
  /** A room, where people talk. */
  '/rooms/:room': {
    params: [params: rooms.RoomConnectInput]
    events: RoomEvents
    messages: RoomMessages
  }
  '/lobby': {
    params: []
    events: LobbyEvents
    messages: LobbyMessages
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  ROOM_FULL: rooms.RoomFullData
  TOO_MANY: rooms.TooManyData
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
  'rooms.list': {},
  'rooms.changes': { o: ['o', { id: 'n', at: 'd' }], s: 1 },
} as const

const channels = {
  '/rooms/:room': {
    c: { ROOM_FULL: ['o', { free: 'd' }] },
    e: { posted: ['o', { id: 'n', at: 'd' }] },
    m: {
      say: { o: ['o', { id: 'n', at: 'd' }] },
      clear: { i: ['o', { before: 'n' }], k: idempotencyKey },
      show: { f: attachments, e: { TOO_MANY: ['o', { free: 'd' }] } },
    },
  },
  '/lobby': {},
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: SocketOptions): Api {
  return createSocketClient<Api>(baseUrl, operations, channels, options, {}, { streams })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
