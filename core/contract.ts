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
 * How the text of a path or query parameter becomes a wire value. `many` takes every occurrence, as an array; where
 * that is `required`, no occurrence is an empty one, of which a query has no other form.
 */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly type: 'string' | 'number' | 'boolean'
  readonly many?: true
  readonly required?: true
}

/** An HTTP route of an operation. What is no parameter of it comes from the JSON body. */
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
  /** The module of its schemas, each a {@link Codec} under its name. */
  readonly schemas: () => Promise<object>
  /**
   * The module of its parsers: under `decode<name>` and `encode<name>` functions that do what the schemas do, and
   * give `Symbol.for('zod.compile.invalid')` for what does not fit. Without them the schemas do all the work.
   */
  readonly parsers?: () => Promise<object>
}

/** The table in `contracts/index.ts`. */
export interface Contracts {
  /** The version of this format. */
  readonly version: 1
  /** The services that the session sources take apart; `*` when that cannot be seen, and all are made. */
  readonly session: readonly string[] | '*'
  readonly operations: readonly OperationContract[]
  /** Where the OpenAPI document stands. */
  readonly openapi?: () => URL
}
