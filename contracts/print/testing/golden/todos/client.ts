// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  isError as isPikkuError,
  type PikkuError,
  streams,
} from 'pikku/client'
import type * as lists from './lists.ts'
import type * as todos from './todos.ts'

/** Everything this app can be asked. */
export interface Api {
  todos: {
    /** Adds a todo to the signed-in user's list. */
    create(input: todos.CreateInput, options?: CallOptions): Promise<todos.CreateOutput>
    get(input: todos.GetInput, options?: CallOptions): Promise<todos.GetOutput>
    list(input: todos.ListInput, options?: CallOptions): Promise<todos.ListOutput>
    /** Every change to the list, as it happens. */
    watch(input: todos.WatchInput, options?: CallOptions): AsyncIterable<todos.WatchOutput>
    /** @deprecated It runs by itself now. */
    purge(input?: undefined, options?: CallOptions): Promise<void>
  }
  lists: {
    due(input?: undefined, options?: CallOptions): Promise<lists.DueOutput>
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
  NOT_FOUND: todos.NotFoundData
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
  'todos.create': { o: ['o', { due: 'd' }] },
  'todos.get': { m: 'GET', p: '/todos/:id', o: ['o', { due: 'd' }] },
  'todos.list': { m: 'GET', p: '/todos', o: ['o', { items: ['a', ['o', { due: 'd' }]] }] },
  'todos.watch': { m: 'GET', p: '/todos/changes', o: ['#', 'Change'], s: 1 },
  'todos.purge': {},
  'lists.due': { o: ['a', ['o', { due: 'd' }]] },
} as const

const plans = {
  Change: ['v', 'type', { created: ['o', { todo: ['o', { due: 'd' }] }], removed: ['o', { at: 'd' }] }],
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: ClientOptions): Api {
  return createFetchClient<Api>(baseUrl, operations, options, plans, { streams })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
