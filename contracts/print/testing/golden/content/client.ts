// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  files,
  isError as isPikkuError,
  type PikkuError,
  set,
} from 'pikku/client'
import type * as answers from './answers.ts'
import type * as bodies from './bodies.ts'
import type * as forms from './forms.ts'

/** Everything this app can be asked. */
export interface Api {
  forms: {
    /** Puts a photo into an album. */
    photo(input: forms.PhotoInput, options?: CallOptions): Promise<forms.PhotoOutput>
    many(input: forms.ManyInput, options?: CallOptions): Promise<void>
    named(input: forms.NamedInput, options?: CallOptions): Promise<void>
    classic(input: forms.ClassicInput, options?: CallOptions): Promise<void>
    either(input: forms.EitherInput, options?: CallOptions): Promise<void>
    body(input: forms.BodyInput, options?: CallOptions): Promise<void>
  }
  bodies: {
    avatar(input: bodies.AvatarInput, options?: CallOptions): Promise<void>
    icon(input: bodies.IconInput, options?: CallOptions): Promise<void>
    put(input: bodies.PutInput, options?: CallOptions): Promise<void>
    pipe(input: bodies.PipeInput, options?: CallOptions): Promise<void>
    csv(input: bodies.CsvInput, options?: CallOptions): Promise<void>
    raw(input: bodies.RawInput, options?: CallOptions): Promise<void>
  }
  answers: {
    report(input: answers.ReportInput, options?: CallOptions): Promise<File>
    blob(input?: undefined, options?: CallOptions): Promise<Blob>
    stream(input?: undefined, options?: CallOptions): Promise<ReadableStream<Uint8Array>>
    /** All of it as a table. */
    csv(input?: undefined, options?: CallOptions): Promise<string>
    bytes(input?: undefined, options?: CallOptions): Promise<Uint8Array>
    page(input?: undefined, options?: CallOptions): Promise<Response>
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
  'forms.photo': { b: ['photo'] },
  'forms.many': { b: ['files', 'more', 'video'] },
  'forms.named': { b: ['file'] },
  'forms.classic': { b: 'u', i: ['o', { days: set('d') }] },
  'forms.either': { i: ['o', { count: 'n' }] },
  'forms.body': { b: ['body'] },
  'bodies.avatar': { b: 'p' },
  'bodies.icon': { b: 'P', c: 'image/png' },
  'bodies.put': { b: 'w' },
  'bodies.pipe': { b: 'w', c: 'video/mp4' },
  'bodies.csv': { b: 'w', c: 'text/csv' },
  'bodies.raw': { b: 'p', c: 'application/wasm' },
  'answers.report': { m: 'GET', p: '/reports/:id', a: 'f' },
  'answers.blob': { a: 'b' },
  'answers.stream': { a: 's' },
  'answers.csv': { a: 't' },
  'answers.bytes': { a: 'y' },
  'answers.page': { m: 'GET', p: '/', a: 'r' },
} as const

/**
 * Makes a client of this app.
 *
 * @param baseUrl where the app is: `https://api.example.com`, or `''` for the origin of the page.
 */
export function createClient(baseUrl: string, options?: ClientOptions): Api {
  return createFetchClient<Api>(baseUrl, operations, options, {}, { files })
}

/** Whether what was thrown is an error of this app, and of this code when one is given. */
export function isError<Code extends keyof Errors>(error: unknown, code?: Code): error is AppError<Code> {
  return isPikkuError(error, code)
}
