import type { AnswerContract } from '../core/index.ts'
import type { Location } from './diagnostic.ts'
import type { SchemaShape, Shape } from './shape.ts'

/** What was read from an app: all that the printers need. */
export interface AppModel {
  /** In the order of the app: RPC tree first, then routes of functions that are in no tree. */
  readonly operations: readonly OperationModel[]
  /** In the order of the app. */
  readonly channels: readonly ChannelModel[]
  /** Every named type that an operation or a channel reaches, by its unique name. */
  readonly types: ReadonlyMap<string, NamedType>
  /** The services that the session sources take apart; `*` when that cannot be seen. */
  readonly sessionServices: readonly string[] | '*'
  /** For the document: how a caller proves who they are. */
  readonly security: readonly SecurityModel[]
}

/** A named type: an interface, alias, enum or class of the user, or a generic one as instantiated (`Page<Todo>` is `PageOfTodo`). */
export interface NamedType {
  readonly name: string
  readonly shape: Shape
  /** Whether it reaches itself. */
  readonly recursive: boolean
  /** The contract module it is written to: one of {@link OperationModel.module}, or `shared`. */
  readonly module: string
}

/** A function and the ways in that lead to it. */
export interface OperationModel {
  /** `todos.create`: its place in the RPC tree, otherwise its module and export. */
  readonly name: string
  /** The contract module, named for the source: `todos` for `src/functions/todos.ts`, `admin/users` for `src/functions/admin/users.ts`. */
  readonly module: string
  /** The source file, relative to the project, with forward slashes. */
  readonly source: string
  /** What the schemas are named for within the module: `create` gives `CreateInput` and `CreateOutput`. */
  readonly exportName: string
  readonly description?: string
  readonly deprecated?: string | true
  /** An `event` is what a channel sends: it has an `output` and nothing else. */
  readonly kind: 'call' | 'stream' | 'event'
  /** Whether the items of a stream carry ids. */
  readonly resumable?: true
  readonly auth: boolean
  /** What its permissions are called, as far as that is written; absent when it has none. */
  readonly permissions?: readonly string[]
  /** Whether calls may, or must, come with an idempotency key. */
  readonly idempotencyKey?: 'taken' | 'needed'
  readonly rpc: boolean
  readonly routes: readonly RouteModel[]
  /** Where it is declared, for diagnostics. */
  readonly at: Location
  /** Absent when the function takes none. */
  readonly input?: Shape
  /** Absent when it gives none (`void`). For streams: of each item. */
  readonly output?: Shape
  /** The exported schemas of the user's that its options name. */
  readonly schemas?: { readonly input?: OwnSchema; readonly output?: OwnSchema }
  /** The media types that it takes, where its options name them. */
  readonly consumes?: readonly string[]
  /** How its output travels when that is not JSON; there is no `output` then. */
  readonly answer?: AnswerContract
  /** The statuses that its options name, the usual one first. */
  readonly statuses?: readonly number[]
  /** The headers that its options name, in lower case, each with what it says. */
  readonly replyHeaders?: readonly { readonly name: string; readonly description: string }[]
  readonly errors: readonly ErrorModel[]
  /** The services that its handler, its permissions and the middleware around it take apart; `*` when that cannot be seen. */
  readonly services: readonly string[] | '*'
}

/** A channel. All that it consists of is told as operations are, so that its schemas are made like theirs. */
export interface ChannelModel {
  /** `rooms.room`: its module and export. */
  readonly name: string
  /** `/rooms/:room` */
  readonly path: string
  /** The contract module, as that of an operation. */
  readonly module: string
  readonly exportName: string
  readonly description?: string
  readonly deprecated?: string | true
  readonly auth: boolean
  /** Where it is wired, for diagnostics. */
  readonly at: Location
  /** Opens it; its input is the parameters of the path. It is there without a handler, too. */
  readonly connect: OperationModel
  /** Absent when it has no handler for it. Its input is that of `connect`. */
  readonly disconnect?: OperationModel
  /** What clients send, in the order of the channel. */
  readonly messages: readonly ChannelMember[]
  /** What clients are sent. */
  readonly events: readonly ChannelMember[]
}

/** A message or an event of a channel. */
export interface ChannelMember {
  /** `say`: its name in the channel. */
  readonly name: string
  /** A message is named `rooms.room.say`, an event `rooms.room:posted`. */
  readonly operation: OperationModel
}

/** A schema that the user wrote and exported, by where the contracts would import it from. */
export type OwnSchema = Pick<SchemaShape, 'module' | 'export' | 'member'>

/** `GET /todos/:id` */
export interface RouteModel {
  readonly method: string
  readonly path: string
  /** Where it is wired, for diagnostics. */
  readonly at: Location
}

export interface ErrorModel {
  readonly code: string
  readonly status: number
  readonly detail?: string
  /** Absent when it carries none. */
  readonly data?: Shape
}

/** A session source, as the document describes it. */
export type SecurityModel =
  | { readonly from: 'bearer'; readonly format?: string }
  | { readonly from: 'cookie' | 'header'; readonly name: string }
