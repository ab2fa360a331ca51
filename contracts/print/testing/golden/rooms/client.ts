// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  isError as isPikkuError,
  type PikkuError,
  streams,
} from 'pikku/client'
import type * as rooms from './rooms.ts'

/** Everything this app can be asked. */
export interface Api {
  rooms: {
    list(input?: undefined, options?: CallOptions): Promise<rooms.ListOutput>
    changes(input: rooms.ChangesInput, options?: CallOptions): AsyncIterable<rooms.ChangesOutput>
  }
}

/** The codes that this app answers with, and the data of each. */
export interface Errors {
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
