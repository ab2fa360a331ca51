// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  files,
  isError as isPikkuError,
  objectMap,
  type PikkuError,
  streams,
} from 'pikku/client'
import type * as account from './account.ts'
import type * as attachments from './attachments.ts'
import type * as lists from './lists.ts'
import type * as todos from './todos.ts'

/** Everything this app can be asked. */
export interface Api {
  account: {
    /** Opens an account, with a first list, and signs in. */
    signUp(input: account.SignUpInput, options?: CallOptions): Promise<account.SignUpOutput>
    /** Starts a session, which a cookie carries. */
    signIn(input: account.SignInInput, options?: CallOptions): Promise<account.SignInOutput>
    /** Ends this session. */
    signOut(input?: undefined, options?: CallOptions): Promise<void>
    /** Who is signed in; `null` when nobody is. */
    me(input?: undefined, options?: CallOptions): Promise<account.MeOutput>
  }
  attachments: {
    /** Adds a file to a todo. */
    add(input: attachments.AddInput, options?: CallOptions): Promise<attachments.AddOutput>
    /** The files of a todo, the oldest first. */
    list(input: attachments.ListInput, options?: CallOptions): Promise<attachments.ListOutput>
    /** A file itself, to be saved under its name. */
    download(input: attachments.DownloadInput, options?: CallOptions): Promise<File>
    /** Removes a file for good. */
    remove(input: attachments.RemoveInput, options?: CallOptions): Promise<void>
  }
  lists: {
    /** Your lists, the oldest first, with how much is in them. */
    list(input?: undefined, options?: CallOptions): Promise<lists.ListOutput>
    /** Makes an empty list. */
    create(input: lists.CreateInput, options?: CallOptions): Promise<lists.CreateOutput>
    /** Gives a list another name. */
    rename(input: lists.RenameInput, options?: CallOptions): Promise<lists.RenameOutput>
    /** Removes a list and all that is in it. */
    remove(input: lists.RemoveInput, options?: CallOptions): Promise<void>
  }
  todos: {
    /** Adds a todo to a list. */
    create(input: todos.CreateInput, options?: CallOptions): Promise<todos.CreateOutput>
    /** One todo. */
    get(input: todos.GetInput, options?: CallOptions): Promise<todos.GetOutput>
    /** Your todos, page by page. */
    list(input: todos.ListInput, options?: CallOptions): Promise<todos.ListOutput>
    /** Changes what is given of a todo, and leaves the rest. */
    update(input: todos.UpdateInput, options?: CallOptions): Promise<todos.UpdateOutput>
    /** Marks a todo as done. One that is done already keeps its moment. */
    complete(input: todos.CompleteInput, options?: CallOptions): Promise<todos.CompleteOutput>
    /** Marks a todo as not done after all. */
    reopen(input: todos.ReopenInput, options?: CallOptions): Promise<todos.ReopenOutput>
    /** Removes a todo for good. */
    remove(input: todos.RemoveInput, options?: CallOptions): Promise<void>
    /** How much there is to do, and how much was done lately, by the days of a time zone such as `Europe/Berlin`. */
    stats(input: todos.StatsInput, options?: CallOptions): Promise<todos.StatsOutput>
    /** Every change to your todos and lists, as it happens. Who lost the stream is told what happened meanwhile. */
    watch(input?: undefined, options?: CallOptions): AsyncIterable<todos.WatchOutput>
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  EMAIL_TAKEN: undefined
  WRONG_CREDENTIALS: undefined
  NOT_FOUND: attachments.NotFoundData | lists.NotFoundData | todos.NotFoundData
  TOO_MANY_ATTACHMENTS: attachments.TooManyAttachmentsData
  TOO_MANY_LISTS: lists.TooManyListsData
  LIST_FULL: todos.ListFullData
  INVALID_CURSOR: undefined
  UNKNOWN_TIME_ZONE: todos.UnknownTimeZoneData
  BAD_REQUEST: undefined
  INVALID_INPUT: undefined
  UNAUTHENTICATED: undefined
  FORBIDDEN: undefined
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
  'account.signUp': {},
  'account.signIn': {},
  'account.signOut': {},
  'account.me': { m: 'GET', p: '/session' },
  'attachments.add': { b: ['file'] },
  'attachments.list': { m: 'GET', p: '/todos/:todo/attachments' },
  'attachments.download': { m: 'GET', p: '/attachments/:id', a: 'f' },
  'attachments.remove': {},
  'lists.list': { m: 'GET', p: '/lists' },
  'lists.create': {},
  'lists.rename': {},
  'lists.remove': {},
  'todos.create': { o: ['#', 'Todo'] },
  'todos.get': { m: 'GET', p: '/todos/:id', o: ['#', 'Todo'] },
  'todos.list': { m: 'GET', p: '/todos', o: ['o', { items: ['a', ['#', 'Todo']] }] },
  'todos.update': { o: ['#', 'Todo'] },
  'todos.complete': { o: ['#', 'Todo'] },
  'todos.reopen': { o: ['#', 'Todo'] },
  'todos.remove': {},
  'todos.stats': { m: 'GET', p: '/todos/stats', o: ['o', { doneByDay: objectMap(0) }] },
  'todos.watch': { m: 'GET', p: '/todos/changes', o: ['#', 'Change'], s: 1 },
} as const

const plans = {
  Todo: ['o', { due: 'd', doneAt: 'd', createdAt: 'd' }],
  Change: ['v', 'type', { saved: ['o', { todo: ['#', 'Todo'] }] }],
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: ClientOptions): Api {
  return createFetchClient<Api>(baseUrl, operations, options, plans, { files, streams })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
