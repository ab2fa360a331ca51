/** Every code that Pikku itself answers with, and its HTTP status. Yours are made with {@link defineError}. */
export const statusOf = {
  BAD_REQUEST: 400,
  INVALID_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_ACCEPTABLE: 406,
  REQUEST_TIMEOUT: 408,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  CLIENT_CLOSED_REQUEST: 499,
  INTERNAL: 500,
  UNAVAILABLE: 503,
  TIMEOUT: 504,
} as const

/** A code from Pikku's own table. */
export type BuiltInCode = keyof typeof statusOf

/** One place where an input does not fit its contract. Never holds the value that was sent. */
export interface Issue {
  /** Where: property names and array positions from the root of the input. */
  readonly path: readonly (string | number)[]
  /** What is wrong there, in words for a person. */
  readonly message: string
  /** What is wrong there, in a word for a program: `invalid_type`, `too_small`, … */
  readonly code: string
}

/** What an error may say besides its code. */
export interface ErrorInit<Data = unknown> {
  /** HTTP status; for Pikku's own codes it comes from the table, for others it is 400 unless given. */
  readonly status?: number
  /** One sentence for the person who called. It is sent to them. */
  readonly detail?: string
  /** Typed data for the program that called. It is sent to them, encoded by the contract. */
  readonly data?: Data
  /** Where the input is invalid; only with `INVALID_INPUT`. */
  readonly issues?: readonly Issue[]
  /** Seconds to wait before trying again; sent as `retry-after`. */
  readonly retryAfter?: number
  /** The error behind this one. It stays on the server. */
  readonly cause?: unknown
}

/**
 * An error that is meant for the caller: it is answered with its code, status, detail and data.
 * Anything else that is thrown becomes `INTERNAL`, and what it says stays on the server.
 */
export class PikkuError<Code extends string = string, Data = unknown> extends Error {
  declare readonly code: Code
  /** The HTTP status it is answered with. */
  declare readonly status: number
  /** Typed data of this code; `undefined` for codes that carry none. */
  declare readonly data: Data
  /** Where the input is invalid, when the code is `INVALID_INPUT`. */
  declare readonly issues: readonly Issue[] | undefined
  /** The id of the request that failed; set by the client from the answer. */
  declare requestId: string | undefined
  /** Seconds to wait before trying again, sent as `retry-after`; the client has it from there, NaN when that is a date. */
  declare retryAfter: number | undefined

  constructor(code: Code, init: ErrorInit<Data> = {}) {
    super(init.detail ?? code, init)
    this.name = 'PikkuError'
    this.code = code
    this.status = init.status ?? (Object.hasOwn(statusOf, code) ? statusOf[code as BuiltInCode] : 400)
    this.data = init.data as Data
    this.issues = init.issues
    this.retryAfter = init.retryAfter
  }
}

/** The status of a code: as given, otherwise that of Pikku's own table, otherwise 400. The contract reads it from this type. */
export type StatusOf<Code extends string, Given extends number | undefined = undefined> = Given extends number
  ? Given
  : Code extends BuiltInCode
    ? (typeof statusOf)[Code]
    : 400

/** The constructor of an error class made by {@link defineError}; `Data` is what an instance carries. */
export interface ErrorClass<
  Code extends string = string,
  Status extends number = number,
  Detail extends string | undefined = string | undefined,
> {
  readonly code: Code
  readonly status: Status
  readonly detail: Detail
  new <Data = undefined>(...data: undefined extends Data ? [data?: Data] : [data: Data]): PikkuError<Code, Data>
}

/** Any error class, whatever its data: what `func({ errors: [...] })` lists. */
export interface AnyErrorClass {
  readonly code: string
  readonly status: number
  new (...data: never): PikkuError
}

/**
 * Makes an error class of your own, to `throw` in handlers and to list in `func({ errors: [...] })`.
 *
 * ```ts
 * export class ListFull extends defineError('LIST_FULL', { status: 409 })<{ limit: number }> {}
 * throw new ListFull({ limit: 100 })
 * ```
 * An error without data is `class Locked extends defineError('LOCKED', { status: 423 }) {}`.
 *
 * @param code what programs tell errors apart by: letters, digits and underscores, `LIKE_THIS`.
 * @param options `status`: the HTTP status, 400 to 599, otherwise that of Pikku's own code of this name or 400;
 *   `detail`: one sentence for the person who called.
 */
export function defineError<
  const Code extends string,
  const Status extends number | undefined = undefined,
  const Detail extends string | undefined = undefined,
>(
  code: Code,
  options: { readonly status?: Status; readonly detail?: Detail } = {},
): ErrorClass<Code, StatusOf<Code, Status>, Detail> {
  const { status = Object.hasOwn(statusOf, code) ? statusOf[code as BuiltInCode] : 400, detail } = options
  if (!/^[A-Z][A-Z0-9_]*$/.test(code)) throw new TypeError(`Error code ${JSON.stringify(code)}: write it LIKE_THIS.`)
  if (!Number.isInteger(status) || status < 400 || status > 599)
    throw new TypeError(`Error ${code} has status ${status}: use a whole number from 400 to 599.`)
  return class<Data> extends PikkuError<Code, Data> {
    static readonly code = code
    static readonly status = status as StatusOf<Code, Status>
    static readonly detail = detail as Detail
    constructor(data: Data) {
      super(code, { status, data, ...(detail === undefined ? {} : { detail }) })
    }
  } as ErrorClass<Code, StatusOf<Code, Status>, Detail>
}
