import type { Call, ReplyOptions } from './call.ts'
import type { AnyErrorClass } from './errors.ts'
import type { IdempotencyOptions } from './idempotency.ts'
import type { Middleware } from './middleware.ts'
import type { PermissionCheck } from './permissions.ts'
import type { RateLimit } from './rate-limit.ts'
import type { SchemaInput, SchemaOutput, StandardSchema } from './schema.ts'
import type { Tracked } from './tracked.ts'

/** How a function may be called, and what stands around it. */
export interface FuncOptions<Services = never, Input = never, Session = never, CallType = Call<Session>> {
  /** `false` lets callers without a session in; `session` is then possibly `undefined`. Default `true`. */
  readonly auth?: boolean
  /** A schema of yours for the input, in place of the one made from the handler's type: its refinements and transforms run. */
  readonly input?: StandardSchema
  /**
   * A schema of yours for the output, or for each item of a stream. One of Zod 4 is run backwards, from what the
   * handler returns to what is sent; any other is run forwards.
   */
  readonly output?: StandardSchema
  /** The errors this function throws, so that clients and documents know their data. */
  readonly errors?: readonly AnyErrorClass[]
  /** Checks that must pass before the handler runs: one, a list (all of them), or `any(…)`/`all(…)`. */
  readonly permissions?:
    | PermissionCheck<Services, Input, Session, CallType>
    | readonly PermissionCheck<Services, Input, Session, CallType>[]
  /** Runs around the handler, the first one outermost. */
  readonly middleware?: readonly Middleware<Services, Session, CallType>[]
  /** How often it may be called. Needs a `rateLimiter` where the app is served. */
  readonly rateLimit?: RateLimit<Session, CallType> | readonly RateLimit<Session, CallType>[]
  /**
   * Whether a call that comes with an `idempotency-key` is made once, and answered alike when it comes again. Needs an
   * `idempotency` store where the app is served; the generated client sends keys by itself.
   */
  readonly idempotency?: true | IdempotencyOptions<Session, CallType>
  /** Milliseconds until the call is cut and answered with `TIMEOUT`. Default 30,000. */
  readonly timeout?: number
  /**
   * The media types of the body that this function takes, where it is not JSON: `text/csv` for a string,
   * `image/*` for a `Blob`, `application/x-www-form-urlencoded` for an object. Write it out, so that the contract has it.
   */
  readonly consumes?: string | readonly string[]
  /** The media type of what this function gives, where it is not JSON: `text/csv` for a string. */
  readonly produces?: string
  /** The status and the headers of its answers: `{ status: 201, headers: { location: 'Where it is.' } }`. */
  readonly reply?: ReplyOptions
  /** The largest body this function takes, in bytes. Default: that of the server, 1 MiB. */
  readonly maxBody?: number
}

/** The logic of one operation: services, input and the call in; a value, a promise or a stream out. */
export type Handler<Services, Input, Output, Session> = (
  services: Services,
  input: Input,
  call: Call<Session>,
) => Output

/** A function made by `func`: still an ordinary function, with its options beside it. */
export interface Func<Services, Input, Output, Session, Options = unknown> {
  (services: Services, input: Input, call: Call<Session>): Output
  /** What `func` was given. */
  readonly options: Options
}

/** What `call.session` is under these options. */
export type SessionUnder<Options, Session> = Options extends { readonly auth: false } ? Session | undefined : Session

/** `void` for a handler that takes no input. */
export type Given<Input> = [Input] extends [never] ? void : Input

/** What the input schema of these options makes; `never` when they have none. */
export type InputUnder<Options> = Options extends { readonly input: infer Schema } ? SchemaOutput<Schema> : never

/** What a handler may return under these options: anything, unless they have an output schema. */
export type OutputUnder<Options> = Options extends { readonly output: infer Schema }
  ? Returned<ReturnedValue<Schema>>
  : unknown

type ReturnedValue<Schema> = Schema extends { readonly _zod: unknown } ? SchemaOutput<Schema> : SchemaInput<Schema>
type Returned<Value> = Value | Promise<Value> | AsyncIterable<Value> | AsyncIterable<Tracked<Value>>

// Asked for beside the type of the schema only where it does not fit: methods of `zod/v3` speak of `this`, and so no
// schema of an object is one of itself and of something else at the same time.
type Fitting<Options, Input> = [InputUnder<Options>] extends [Input]
  ? unknown
  : { readonly input?: StandardSchema<unknown, Input> }

/** Makes functions whose services and session types are bound. */
export interface DefineFunc<Services, Session> {
  // `never` stands for an input that is not inferred yet: the checker looks at the options before the handler.
  /** A function that needs a session. */
  <Input = never, Output = unknown>(
    handler: Handler<Services, Input, Output, Session>,
  ): Func<Services, Given<Input>, Output, Session, {}>
  /** A function with options. */
  <
    const Options extends FuncOptions,
    Input = InputUnder<Options>,
    Output extends OutputUnder<Options> = OutputUnder<Options>,
  >(
    options: Options &
      Omit<FuncOptions<Services, NoInfer<Input>, SessionUnder<Options, Session>>, 'input' | 'output'> &
      Fitting<Options, NoInfer<Input>>,
    handler: Handler<Services, Input, Output, SessionUnder<Options, Session>>,
  ): Func<Services, Given<Input>, Output, SessionUnder<Options, Session>, Options>
}
