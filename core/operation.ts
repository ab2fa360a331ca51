import type { AppDefinition } from './app.ts'
import { type Codecs, loadCodecs, type OwnSchemas } from './codecs.ts'
import type { Contracts, OperationContract } from './contract.ts'
import type { FuncOptions } from './func.ts'
import type { IdempotencyOptions } from './idempotency.ts'
import type { Middleware } from './middleware.ts'
import { all, type PermissionCheck } from './permissions.ts'
import { problemOfLimit, type RateLimit } from './rate-limit.ts'

/** A handler as the runtime calls it: its types were checked where it was wired. */
export type AnyHandler = (services: unknown, input: unknown, call: unknown) => unknown

/** One operation, ready to be called: its contract and the function behind it. */
export interface Operation {
  readonly name: string
  readonly contract: OperationContract
  readonly handler: AnyHandler
  readonly auth: boolean
  readonly permission: PermissionCheck<unknown, unknown, unknown> | undefined
  /** The app's, then the function's own. */
  readonly middleware: readonly Middleware<unknown, unknown>[]
  readonly limits: readonly RateLimit[]
  readonly idempotency: IdempotencyOptions | undefined
  /** Milliseconds; 0 is without end. */
  readonly timeout: number
  /** Bytes. */
  readonly maxBody: number
  /** The services to make for a call. */
  readonly services: readonly string[]
  readonly own: OwnSchemas
  /** Set by {@link codecsOf}, at the first call. */
  codecs: Codecs | undefined
}

/** What the operation does with values; loaded when it is first needed. */
export function codecsOf(operation: Operation): Codecs | Promise<Codecs> {
  return operation.codecs ?? load(operation)
}

async function load(operation: Operation): Promise<Codecs> {
  operation.codecs = await loadCodecs(operation.contract, operation.own)
  return operation.codecs
}

/** What an operation has unless its function says otherwise. */
export interface OperationDefaults {
  /** Milliseconds. */
  readonly timeout: number
  /** Bytes. */
  readonly maxBody: number
  /** The names of all services. */
  readonly services: readonly string[]
}

/** An operation, or why it cannot be served. */
export type Bound = { readonly operation: Operation } | { readonly problem: string }

/** The operations of an app by name, and every reason why it cannot be served as it is. */
export function bindOperations(
  app: { readonly definition: unknown },
  contracts: Contracts,
  defaults: OperationDefaults,
) {
  const definition = app.definition as AppDefinition<unknown, unknown>
  const functions = new Map(functionsOf(definition.rpc ?? {}))
  const routes = new Map<string, AnyHandler>(Object.entries(definition.http ?? {}) as [string, AnyHandler][])
  const operations = new Map<string, Operation>()
  const problems: string[] = []
  for (const contract of contracts.operations) {
    const bound = bindWired(contract, functions, routes, definition, defaults)
    if ('problem' in bound) problems.push(bound.problem)
    else operations.set(contract.name, bound.operation)
    functions.delete(contract.name)
    for (const { method, path } of contract.routes) routes.delete(`${method} ${path}`)
  }
  for (const name of [...functions.keys(), ...routes.keys()]) {
    problems.push(`${name} is wired in the app and is not in the contracts. Run \`pikku contracts\`.`)
  }
  problems.push(...openGuards(operations.values()))
  return { operations, problems }
}

/** A function that a route guards is not to be had by its name without the guard. */
function openGuards(operations: Iterable<Operation>): string[] {
  const all = [...operations]
  const open = new Map(all.flatMap(({ contract, handler }) => (contract.rpc ? [[handler, contract.name]] : [])))
  return all.flatMap(({ name, contract, handler }) => {
    const bare = '~guards' in handler ? open.get(handler['~guards'] as AnyHandler) : undefined
    if (bare === undefined) return []
    const [route] = contract.routes
    const guard = route ? `${route.method} ${route.path}` : name
    return [
      `${guard} adds permissions to ${bare}, which can be called by its name without them. ` +
        'Wire the guarded one by that name, or leave the name out of `rpc`.',
    ]
  })
}

function bindWired(
  contract: OperationContract,
  functions: ReadonlyMap<string, AnyHandler>,
  routes: ReadonlyMap<string, AnyHandler>,
  definition: AppDefinition<unknown, unknown>,
  defaults: OperationDefaults,
): Bound {
  const handlers = contract.routes.map(({ method, path }) => routes.get(`${method} ${path}`))
  if (contract.rpc) handlers.push(functions.get(contract.name))
  const [handler] = handlers
  if (!handler || handlers.some((other) => other !== handler)) {
    return {
      problem: `The contracts list ${contract.name} where the app wires something else. Run \`pikku contracts\`.`,
    }
  }
  return bind(contract, handler, optionsOf(handler), definition, defaults)
}

/** A handler with its contract and its options, or why the two do not go together. */
export function bind(
  contract: OperationContract,
  handler: AnyHandler,
  options: FuncOptions<unknown, unknown, unknown>,
  definition: AppDefinition<unknown, unknown>,
  defaults: OperationDefaults,
): Bound {
  const auth = options.auth !== false
  if (auth !== contract.auth) {
    return {
      problem: `${contract.name} changed who may call it since its contract was written. Run \`pikku contracts\`.`,
    }
  }
  const services = contract.services === '*' ? defaults.services : contract.services
  const missing = services.filter((name) => !defaults.services.includes(name))
  if (missing.length > 0) {
    return { problem: `${contract.name} takes ${missing.join(', ')}, which \`services\` has no factory for.` }
  }
  const limits = [options.rateLimit ?? []].flat()
  const wrong = limits.map(problemOfLimit).find((problem) => problem !== undefined)
  if (wrong) return { problem: `${contract.name}: ${wrong}` }
  if (options.idempotency && (contract.kind === 'stream' || contract.body || contract.answer)) {
    return { problem: `${contract.name} has idempotency keys, and these go with JSON in and one JSON answer alone.` }
  }
  const permissions = options.permissions
  return {
    operation: {
      name: contract.name,
      contract,
      handler,
      auth,
      permission: permissions && ('check' in permissions ? permissions : all(...permissions)),
      middleware: [...(definition.middleware ?? []), ...(options.middleware ?? [])],
      limits,
      idempotency: options.idempotency === true ? {} : options.idempotency,
      timeout: options.timeout ?? defaults.timeout,
      maxBody: options.maxBody ?? defaults.maxBody,
      services,
      own: { input: options.input, output: options.output },
      codecs: undefined,
    },
  }
}

/** What `func` was given beside the handler; nothing for a plain function. */
export function optionsOf(handler: object): FuncOptions<unknown, unknown, unknown> {
  return 'options' in handler && typeof handler.options === 'object' && handler.options !== null ? handler.options : {}
}

/** Every function of the tree by its dotted name. Classes, such as errors, are no operations, and schemas and channels no branches. */
function* functionsOf(tree: object, prefix = ''): Generator<[string, AnyHandler]> {
  for (const [name, value] of Object.entries(tree)) {
    if (typeof value === 'function') {
      if (!isClass(value)) yield [prefix + name, value]
    } else if (isBranch(value)) {
      yield* functionsOf(value, `${prefix}${name}.`)
    }
  }
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !('~standard' in value) && !Object.hasOwn(value, '~channel')
}

/** The `prototype` of a class cannot be written, that of a function can, and an arrow has none. */
function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false
}
