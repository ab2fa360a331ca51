import type { App, AppDefinition } from './app.ts'
import { AppRuntime } from './app-runtime.ts'
import type { Reply } from './call.ts'
import { type BoundChannel, bindChannels, type ServedChannel } from './channels.ts'
import type { Contracts } from './contract.ts'
import type { PikkuError } from './errors.ts'
import type { IdempotencyStore } from './idempotency.ts'
import { lacking } from './lacking.ts'
import { consoleLog, type Log } from './log.ts'
import { bindOperations, type Operation } from './operation.ts'
import type { RateLimiter } from './rate-limit.ts'
import { redacting } from './redaction.ts'
import type { Caller } from './run.ts'
import { type LazyServices, ServiceContainer, type ServiceFactories } from './services.ts'
import type { SessionSource } from './session.ts'

/** What an app needs to be served, whatever the way in. */
export interface RuntimeOptions<Services> {
  /** The table of `contracts/index.ts`. */
  readonly contracts: Contracts
  /** How the services are made. Left out when the app has none. */
  readonly services?: ServiceFactories<Services>
  /** Where log lines go. Default: JSON lines on the console. */
  readonly log?: Log
  /** Writes a line for each call, with what it took and how it ended. Default `false`; `serve` does in production. */
  readonly logCalls?: boolean
  /** Counts the calls of functions that have a `rateLimit`. */
  readonly rateLimiter?: RateLimiter
  /** Keeps the answers of functions that have `idempotency`. */
  readonly idempotency?: IdempotencyStore
  /** Milliseconds until a call is cut, unless its function says otherwise; 0 never cuts. Default 30,000. */
  readonly timeout?: number
  /** The largest body in bytes, unless a function says otherwise. Default 1 MiB. */
  readonly maxBody?: number
}

/** One call as it arrives, before anything is known of it. */
export interface Incoming {
  /** The request id. */
  readonly id: string
  /** Fires when the caller goes away. */
  readonly signal?: AbortSignal
  /** The credential that a session source looks for. An empty one is there and cannot be read. */
  credential(source: SessionSource<never, unknown>): string | undefined
  /** What makes this call the same as an earlier one. */
  readonly idempotencyKey?: string | undefined
  /** The id of the trace that the call belongs to, for log lines. */
  readonly trace?: string | undefined
  /** The network address of the caller. */
  readonly address?: string | undefined
  /** The id after which a stream is to go on; only for an operation whose contract is `resumable`. */
  readonly lastEventId?: string | undefined
  readonly request?: Request
  readonly reply?: Reply
  /** The session, where the connection that the call came by has found it already. */
  readonly session?: { readonly value: unknown } | undefined
  /** The channel that the call came through. */
  readonly channel?: ServedChannel | undefined
}

/**
 * Runs calls. Every way in ends in {@link Runtime.call}, and nothing else runs a handler:
 * session, auth, decode, permissions, middleware, handler, encode.
 */
export interface Runtime {
  readonly operations: ReadonlyMap<string, Operation>
  /** The channels by the pattern of their paths. */
  readonly channels: ReadonlyMap<string, BoundChannel>
  readonly log: Log
  /** Where sessions come from, in the order in which they are asked. */
  readonly sources: readonly SessionSource<never, unknown>[]
  /** The services, each made when it is asked for; those of one call cannot be had here. */
  readonly services: LazyServices<object>
  /**
   * Answers one call: the output as it goes on the wire, `undefined` when there is none, an async generator
   * of wire values for a stream, each {@link Tracked} where its contract is `resumable`. Throws nothing but {@link PikkuError}, ready to be sent.
   *
   * @param read gives the input as it came on the wire; asked only once the caller may call, and only when the operation takes an input.
   */
  call(operation: Operation, read: () => unknown, incoming: Incoming): Promise<unknown>
  /** As {@link Runtime.call}, without a promise, which costs as much as all else that a short call does. */
  run(operation: Operation, read: () => unknown, incoming: Incoming, caller: Caller): void
  /**
   * The session of a connection that is to stay, `undefined` when it has no credential.
   *
   * @param time milliseconds that it may take.
   * @throws PikkuError ready to be sent, as when a token is wrong, or it took too long.
   */
  session(incoming: Incoming, time: number): Promise<unknown>
  /** The error as it may be sent: an unknown one becomes `INTERNAL`, and what it says is logged. */
  toProblem(error: unknown, about: { readonly id: string; readonly operation?: string }): PikkuError
  /** Has `dispose` wait for what nobody else waits for, such as that a channel is left. */
  finish(work: Promise<unknown>): void
  /**
   * Waits two seconds at the most for what is to be finished, cuts the calls that still run, waits as long for what those
   * have to put away, and disposes the services.
   */
  dispose(): Promise<void>
}

/** Makes the runtime of an app, or throws one error that names everything that is wrong with it. */
export function createRuntime<Services, Session>(
  app: App<Services, Session>,
  options: RuntimeOptions<Services>,
): Runtime {
  const { contracts, services = {}, timeout = 30_000, maxBody = 1_048_576 } = options
  const log = redacting(options.log ?? consoleLog, contracts.secrets ?? [])
  const container = new ServiceContainer(services)
  const definition = app.definition as AppDefinition<unknown, unknown>
  const sources = [definition.session ?? []].flat()
  const defaults = { timeout, maxBody, services: container.names }
  const { operations, problems } = bindOperations(app, contracts, defaults)
  const { channels, problems: problemsOfChannels } = bindChannels(app, contracts, defaults)
  problems.push(...problemsOfChannels)
  const sessionServices = contracts.session === '*' ? container.names : contracts.session
  const all = [...operations.values(), ...[...channels.values()].flatMap(({ operations }) => operations)]
  problems.push(...lacking({ operations: all, sources, sessionServices, container, options }))
  if (contracts.version !== 1) problems.unshift('The contracts are of another version of Pikku. Run `pikku contracts`.')
  if (problems.length > 0)
    throw new Error(`This app cannot be served:\n${problems.map((text) => `  - ${text}`).join('\n')}`)
  return new AppRuntime(operations, channels, container, sources, sessionServices, log, options)
}
