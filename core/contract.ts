/** What a codec answers: the value, or where it does not fit. */
export type CodecResult =
  | { readonly success: true; readonly data: unknown }
  | { readonly success: false; readonly error: { readonly issues: readonly CodecIssue[] } }

/** One place where a value does not fit a codec. */
export interface CodecIssue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** Turns what is on the wire into what a handler gets, and back. Every Zod 4 schema is one. */
export interface Codec {
  safeDecode(wire: never): CodecResult
  safeEncode(value: never): CodecResult
}

/**
 * How text becomes one value on the wire: in a path, a query, a header or a form. `many` takes every occurrence, as an
 * array; where that is `required`, no occurrence is an empty one, of which text has no other form. An `object` has its
 * `fields` written in brackets: `filter[status]=open`.
 */
export interface TextField {
  /** The property of the input. */
  readonly name: string
  readonly type: 'string' | 'number' | 'boolean' | 'object'
  readonly many?: true
  readonly required?: true
  /** Only where the type is `object`. */
  readonly fields?: readonly TextField[]
}

/** A property of the input that travels beside the body. */
export interface Parameter extends TextField {
  readonly in: 'path' | 'query' | 'header'
  /** The name of the header, in lower case; only where `in` is `header`. */
  readonly header?: string
}

/** A part of a form: a text, or a file. `stream` is read as it arrives, so it is the last part, and there is one at most. */
export type FormField =
  | TextField
  | { readonly name: string; readonly type: 'file' | 'blob' | 'stream'; readonly many?: true; readonly required?: true }

/** How an input travels that JSON alone cannot carry, or that its function takes in another form. */
export type BodyContract =
  /** An HTML form: `multipart/form-data` or, where no field is a file, `application/x-www-form-urlencoded` too. */
  | { readonly kind: 'form'; readonly types: readonly string[]; readonly fields: readonly FormField[] }
  /** The body is one value, that of `property` or, without one, the whole input. */
  | {
      readonly kind: 'bytes' | 'blob' | 'file' | 'stream' | 'text'
      /** The media types that are taken: `text/csv`, `image/*`, `*\/*`. */
      readonly types: readonly string[]
      readonly property?: string
      /** How the other properties travel in a call by name; a route has parameters of its own. */
      readonly parameters?: readonly Parameter[]
    }

/** How an output travels that is not JSON. */
export interface AnswerContract {
  /** `response`: the handler gives a whole `Response`. */
  readonly kind: 'bytes' | 'blob' | 'file' | 'stream' | 'text' | 'response'
  /** The media type; without one, that of the value, otherwise `application/octet-stream`. */
  readonly type?: string
}

/** An HTTP route of an operation. What is no parameter of it comes from the body. */
export interface RouteContract {
  readonly method: string
  /** `/todos/:id` */
  readonly path: string
  readonly parameters: readonly Parameter[]
}

/** An error an operation declares. */
export interface ErrorContract {
  readonly code: string
  readonly status: number
  /** The name of the schema of its data; absent when it carries none. */
  readonly data?: string
}

/** One operation of an app, as `contracts/index.ts` lists it. Making one creates no schema. */
export interface OperationContract {
  /** `todos.create` */
  readonly name: string
  /** `call` answers once, `stream` answers with many items. */
  readonly kind: 'call' | 'stream'
  /** `false` when it can be called without a session. */
  readonly auth: boolean
  /** Whether it can be called as `POST /rpc/<name>`. */
  readonly rpc: boolean
  readonly routes: readonly RouteContract[]
  readonly errors: readonly ErrorContract[]
  /** The services its handler takes apart; `*` when that cannot be seen, and all are made. */
  readonly services: readonly string[] | '*'
  /** The name of the schema of its input; absent when it takes none. */
  readonly input?: string
  /** The name of the schema of its output, or of each item of a stream; absent when it gives none. */
  readonly output?: string
  /** Absent when the input is JSON. */
  readonly body?: BodyContract
  /** Absent when the output is JSON, or a stream of it. */
  readonly answer?: AnswerContract
  /** The status of its answers that its handler gives no other; absent where that is 200, or 204 without an output. */
  readonly status?: number
  /** Whether its items carry ids, so that a reader who comes back is given what follows. */
  readonly resumable?: true
  /** The module of its schemas, each a {@link Codec} under its name. */
  readonly schemas: () => Promise<object>
  /**
   * The module of its parsers: under `decode<name>` and `encode<name>` functions that do what the schemas do, and
   * give `Symbol.for('zod.compile.invalid')` for what does not fit. Without them the schemas do all the work.
   */
  readonly parsers?: () => Promise<object>
}

/** What a channel sends. */
export interface EventContract {
  /** `posted` */
  readonly name: string
  /** The name of the schema of its data; absent when it carries none. */
  readonly data?: string
}

/** One channel of an app, as `contracts/index.ts` lists it. */
export interface ChannelContract {
  /** `rooms.room`: its module and export. What runs for it are operations below that name: `rooms.room.connect`, `rooms.room.say`. */
  readonly name: string
  /** `/rooms/:room` */
  readonly path: string
  readonly auth: boolean
  /** How the parameters of its path are read from text. */
  readonly parameters: readonly Parameter[]
  /** Opens it; its input is the parameters of the path. It is there though the channel has no handler for it. */
  readonly connect: OperationContract
  /** Absent when the channel has no handler for it. Its input is that of `connect`. */
  readonly disconnect?: OperationContract
  /**
   * In the order of the channel, each named for its message: `rooms.room.say`. Where one takes files, its `body` is a form
   * that names these alone; all else of its input is JSON.
   */
  readonly messages: readonly OperationContract[]
  readonly events: readonly EventContract[]
  /** The modules of the schemas and parsers of its events, as in {@link OperationContract}. */
  readonly schemas: () => Promise<object>
  readonly parsers?: () => Promise<object>
}

/** The table in `contracts/index.ts`. */
export interface Contracts {
  /** The version of this format. */
  readonly version: 1
  /** The services that the session sources take apart; `*` when that cannot be seen, and all are made. */
  readonly session: readonly string[] | '*'
  readonly operations: readonly OperationContract[]
  /** Absent when there are none. */
  readonly channels?: readonly ChannelContract[]
  /** The properties that are `@secret`, by name: their values stay out of logs. */
  readonly secrets?: readonly string[]
  /** Where the OpenAPI document stands. */
  readonly openapi?: () => URL
}
