// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  attachments,
  type CallOptions,
  type ChannelClient,
  createSocketClient,
  files,
  idempotencyKey,
  isError as isPikkuError,
  type PikkuError,
  type SocketOptions,
  streams,
} from 'pikku/client'
import type * as access from './access.ts'
import type * as app from './app.ts'
import type * as downloads from './downloads.ts'
import type * as failures from './failures.ts'
import type * as guarded from './guarded.ts'
import type * as notes from './notes.ts'
import type * as probe from './probe.ts'
import type * as rooms from './rooms.ts'
import type * as streams_ from './streams.ts'
import type * as uploads from './uploads.ts'

/** Everything this app can be asked. */
export interface Api {
  access: {
    /** Who calls; nobody says so. */
    who(input: access.WhoInput, options?: CallOptions): Promise<access.WhoOutput>
    seal(input: access.SealInput, options?: CallOptions): Promise<void>
    signOut(input: access.SignOutInput, options?: CallOptions): Promise<void>
  }
  notes: {
    echo(input: notes.EchoInput, options?: CallOptions): Promise<notes.EchoOutput>
    get(input: notes.GetInput, options?: CallOptions): Promise<notes.GetOutput>
    find(input: notes.FindInput, options?: CallOptions): Promise<notes.FindOutput>
    put(input: notes.PutInput, options?: CallOptions): Promise<void>
    tagged(input: notes.TaggedInput, options?: CallOptions): Promise<notes.TaggedOutput>
    mine(input: notes.MineInput, options?: CallOptions): Promise<notes.MineOutput>
    signIn(input: notes.SignInInput, options?: CallOptions): Promise<void>
    small(input: notes.SmallInput, options?: CallOptions): Promise<notes.SmallOutput>
    /** Counts how often it was really done. */
    addOnce(input: notes.AddOnceInput, options?: CallOptions): Promise<notes.AddOnceOutput>
  }
  failures: {
    unknown(input: failures.UnknownInput, options?: CallOptions): Promise<failures.UnknownOutput>
    /** Its output is not what its type says. */
    lie(input: failures.LieInput, options?: CallOptions): Promise<failures.LieOutput>
    /** Ends only when its deadline cuts it. */
    slow(input: failures.SlowInput, options?: CallOptions): Promise<void>
    /** Never ends, whatever its signal says. */
    stuck(input: failures.StuckInput, options?: CallOptions): Promise<void>
    seldom(input: failures.SeldomInput, options?: CallOptions): Promise<void>
    seldomEach(input: failures.SeldomEachInput, options?: CallOptions): Promise<failures.SeldomEachOutput>
  }
  streams: {
    /** Counts up to a number; 13 fails, and up to 0 it waits for the reader to leave. */
    ticks(input: streams_.TicksInput, options?: CallOptions): AsyncIterable<streams_.TicksOutput>
    /** Counts without end. */
    counting(input: streams_.CountingInput, options?: CallOptions): AsyncIterable<streams_.CountingOutput>
    /** Counts up to a number, each with its id: who comes back is given what follows. 13 fails here too. */
    counted(input: streams_.CountedInput, options?: CallOptions): AsyncIterable<streams_.CountedOutput>
    /** Gives 64 KiB after 64 KiB, and keeps note of how many it gave. */
    flood(input: streams_.FloodInput, options?: CallOptions): AsyncIterable<streams_.FloodOutput>
  }
  probe: {
    /** What a function noted; absent when it did not. */
    noted(input: probe.NotedInput, options?: CallOptions): Promise<probe.NotedOutput>
    forget(input: probe.ForgetInput, options?: CallOptions): Promise<void>
    /** The lines of the log that contain a text. */
    logged(input: probe.LoggedInput, options?: CallOptions): Promise<probe.LoggedOutput>
    /** Who called, and which address they used, as the server sees it. */
    caller(input: probe.CallerInput, options?: CallOptions): Promise<probe.CallerOutput>
    /** Whether something has got into the prototype of all objects. */
    polluted(input: probe.PollutedInput, options?: CallOptions): Promise<probe.PollutedOutput>
  }
  uploads: {
    /** A form with files, which are held until the last has arrived. */
    album(input: uploads.AlbumInput, options?: CallOptions): Promise<uploads.AlbumOutput>
    /** A form without files. */
    sign(input: uploads.SignInput, options?: CallOptions): Promise<uploads.SignOutput>
    /** A form whose file is read as it arrives. */
    film(input: uploads.FilmInput, options?: CallOptions): Promise<uploads.FilmOutput>
    /** A body that is read as it arrives, with a parameter beside it. */
    store(input: uploads.StoreInput, options?: CallOptions): Promise<uploads.StoreOutput>
    /** A body that is not read. */
    ignore(input: uploads.IgnoreInput, options?: CallOptions): Promise<uploads.IgnoreOutput>
    /** Notes how reading a body ended, and whether the call knew. */
    watch(input: uploads.WatchInput, options?: CallOptions): Promise<void>
    /** Takes the beginning of a body, and the rest when it is told to. */
    wait(input: uploads.WaitInput, options?: CallOptions): Promise<uploads.WaitOutput>
    keep(input: uploads.KeepInput, options?: CallOptions): Promise<uploads.KeepOutput>
    picture(input: uploads.PictureInput, options?: CallOptions): Promise<uploads.PictureOutput>
    rows(input: uploads.RowsInput, options?: CallOptions): Promise<uploads.RowsOutput>
    bytes(input: uploads.BytesInput, options?: CallOptions): Promise<uploads.BytesOutput>
    /** Tells `wait` to go on. */
    goOn(input: uploads.GoOnInput, options?: CallOptions): Promise<void>
  }
  downloads: {
    /** A file with a name and a date. */
    report(input: downloads.ReportInput, options?: CallOptions): Promise<File>
    /** A file too long for its bytes to be told by a hash. */
    film(input: downloads.FilmInput, options?: CallOptions): Promise<File>
    /** Shown in the page rather than saved. */
    shown(input: downloads.ShownInput, options?: CallOptions): Promise<File>
    blob(input: downloads.BlobInput, options?: CallOptions): Promise<Blob>
    bytes(input: downloads.BytesInput, options?: CallOptions): Promise<Uint8Array>
    csv(input: downloads.CsvInput, options?: CallOptions): Promise<string>
    /** So many chunks of 64 KiB; it notes how many were asked for, and when nobody wants more. */
    stream(input: downloads.StreamInput, options?: CallOptions): Promise<ReadableStream<Uint8Array>>
    /** Fails when half of it is sent. */
    broken(input: downloads.BrokenInput, options?: CallOptions): Promise<ReadableStream<Uint8Array>>
    /** The body comes back as it arrives. */
    echo(input: downloads.EchoInput, options?: CallOptions): Promise<ReadableStream<Uint8Array>>
    page(input: downloads.PageInput, options?: CallOptions): Promise<Response>
    away(input: downloads.AwayInput, options?: CallOptions): Promise<Response>
    /** JSON that may be kept. */
    cached(input: downloads.CachedInput, options?: CallOptions): Promise<downloads.CachedOutput>
    /** JSON that tells who asks. */
    long(input: downloads.LongInput, options?: CallOptions): Promise<downloads.LongOutput>
  }
  guarded: {
    /** Two routes lead here, and one of them asks for more. */
    open(input: guarded.OpenInput, options?: CallOptions): Promise<guarded.OpenOutput>
  }
  app: {
    /** Two routes lead here, and one of them asks for more. */
    postAdminOwnersOwner(input: app.PostAdminOwnersOwnerInput, options?: CallOptions): Promise<app.PostAdminOwnersOwnerOutput>
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
  typing: rooms.RoomTypingEvent
  present: rooms.RoomPresentEvent
  welcome: rooms.RoomWelcomeEvent
}

/** What `/rooms/:room` takes, and how it answers. */
export interface RoomMessages {
  /** Says something to everybody in the room. */
  say: { input: rooms.RoomSayInput; output: rooms.RoomSayOutput }
  /** Says that somebody is typing, which nobody needs to know later. */
  typing: { input: rooms.RoomTypingInput }
  /** Publishes what the contract does not allow, and then what it does. */
  spoil: { input: rooms.RoomSpoilInput }
  fail: { input: rooms.RoomFailInput }
  clear: { input: rooms.RoomClearInput; output: rooms.RoomClearOutput }
  knock: { input: rooms.RoomKnockInput; output: rooms.RoomKnockOutput }
  once: { input: rooms.RoomOnceInput; output: rooms.RoomOnceOutput }
  file: { input: rooms.RoomFileInput; output: rooms.RoomFileOutput }
  /** Goes on until its caller goes away. */
  wait: { input: rooms.RoomWaitInput }
  leave: { input: rooms.RoomLeaveInput }
  flood: { input: rooms.RoomFloodInput }
}

/** What `/lobby` sends. */
export interface LobbyEvents {}

/** What `/lobby` takes, and how it answers. */
export interface LobbyMessages {
  echo: { input: rooms.LobbyEchoInput; output: rooms.LobbyEchoOutput }
}

/** The channels of this app. */
export interface Channels {
  /** A room where people talk. */
  '/rooms/:room': {
    params: [params: rooms.RoomConnectInput]
    events: RoomEvents
    messages: RoomMessages
  }
  /** Where everybody may wait. */
  '/lobby': {
    params: []
    events: LobbyEvents
    messages: LobbyMessages
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  NOTE_MISSING: notes.NoteMissingData
  IDEMPOTENCY_KEY_REUSED: undefined
  ROOM_CLOSED: rooms.RoomClosedData
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
  'access.who': {},
  'access.seal': {},
  'access.signOut': {},
  'notes.echo': { o: ['o', { at: 'd' }] },
  'notes.get': { m: 'GET', p: '/notes/:id' },
  'notes.find': { m: 'GET', p: '/notes/find' },
  'notes.put': {},
  'notes.tagged': { m: 'GET', p: '/notes/tagged' },
  'notes.mine': {},
  'notes.signIn': {},
  'notes.small': {},
  'notes.addOnce': { o: ['o', { at: 'd' }], k: idempotencyKey },
  'failures.unknown': {},
  'failures.lie': {},
  'failures.slow': {},
  'failures.stuck': {},
  'failures.seldom': {},
  'failures.seldomEach': {},
  'streams.ticks': { m: 'GET', p: '/ticks/:upTo', s: 1 },
  'streams.counting': { m: 'GET', p: '/counting', s: 1 },
  'streams.counted': { m: 'GET', p: '/counted/:upTo', s: 1 },
  'streams.flood': { s: 1 },
  'probe.noted': {},
  'probe.forget': {},
  'probe.logged': {},
  'probe.caller': {},
  'probe.polluted': {},
  'uploads.album': { b: ['cover', 'more'] },
  'uploads.sign': {},
  'uploads.film': { b: ['film'] },
  'uploads.store': { b: 'p' },
  'uploads.ignore': { b: 'p' },
  'uploads.watch': { b: 'p' },
  'uploads.wait': { b: 'p' },
  'uploads.keep': { b: 'w' },
  'uploads.picture': { b: 'W' },
  'uploads.rows': { b: 'w', c: 'text/csv' },
  'uploads.bytes': { b: 'p', c: 'application/octet-stream' },
  'uploads.goOn': {},
  'downloads.report': { m: 'GET', p: '/downloads/report/:name', a: 'f' },
  'downloads.film': { m: 'GET', p: '/downloads/film', a: 'f' },
  'downloads.shown': { m: 'GET', p: '/downloads/shown', a: 'f' },
  'downloads.blob': { m: 'GET', p: '/downloads/blob/:size', a: 'b' },
  'downloads.bytes': { m: 'GET', p: '/downloads/bytes', a: 'y' },
  'downloads.csv': { m: 'GET', p: '/downloads/csv/:rows', a: 't' },
  'downloads.stream': { m: 'GET', p: '/downloads/stream/:chunks', a: 's' },
  'downloads.broken': { m: 'GET', p: '/downloads/broken', a: 's' },
  'downloads.echo': { b: 'p', a: 's' },
  'downloads.page': { m: 'GET', p: '/downloads/page', a: 'r' },
  'downloads.away': { m: 'GET', p: '/downloads/away', a: 'r' },
  'downloads.cached': { m: 'GET', p: '/downloads/cached/:size' },
  'downloads.long': { m: 'GET', p: '/downloads/long/:size' },
  'guarded.open': { m: 'POST', p: '/owners/:owner' },
  'app.postAdminOwnersOwner': { m: 'POST', p: '/admin/owners/:owner' },
} as const

const channels = {
  '/rooms/:room': {
    c: { ROOM_CLOSED: ['o', { since: 'd' }] },
    e: { posted: ['o', { at: 'd' }] },
    m: {
      say: { o: ['o', { at: 'd' }] },
      fail: { e: { ROOM_CLOSED: ['o', { since: 'd' }] } },
      once: { k: idempotencyKey },
      file: { f: attachments },
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
  return createSocketClient<Api>(baseUrl, operations, channels, options, {}, { files, streams })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
