// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  isError as isPikkuError,
  type PikkuError,
  streams,
} from 'pikku/client'
import type * as access from './access.ts'
import type * as failures from './failures.ts'
import type * as notes from './notes.ts'
import type * as probe from './probe.ts'
import type * as streams_ from './streams.ts'

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
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  NOTE_MISSING: notes.NoteMissingData
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
  'failures.unknown': {},
  'failures.lie': {},
  'failures.slow': {},
  'failures.stuck': {},
  'failures.seldom': {},
  'failures.seldomEach': {},
  'streams.ticks': { m: 'GET', p: '/ticks/:upTo', s: 1 },
  'streams.counting': { m: 'GET', p: '/counting', s: 1 },
  'probe.noted': {},
  'probe.forget': {},
  'probe.logged': {},
  'probe.caller': {},
  'probe.polluted': {},
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: ClientOptions): Api {
  return createFetchClient<Api>(baseUrl, operations, options, {}, { streams })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
