import type { Call } from './call.ts'

/** The services, each made when it is first asked for: `await services.db`. */
export type LazyServices<Services> = { readonly [Name in keyof Services]: Promise<Services[Name]> }

/**
 * Makes a singleton, at most once. It is disposed at shutdown, in reverse order of making, when it has
 * `Symbol.asyncDispose` or `Symbol.dispose`.
 */
export type SingletonFactory<Services, Service> = (services: LazyServices<Services>) => Service | Promise<Service>

/** Makes a service for one call; disposed when the call ends. */
export interface PerCallFactory<Services, Service> {
  readonly perCall: (services: LazyServices<Services>, call: Call<unknown>) => Service | Promise<Service>
}

/** How each of the services is made. */
export type ServiceFactories<Services> = {
  readonly [Name in keyof Services]:
    | SingletonFactory<Services, Services[Name]>
    | PerCallFactory<Services, Services[Name]>
}

/**
 * Marks a factory whose service lives as long as one call.
 *
 * ```ts
 * services({ db: () => connect(), audit: perCall(async ({ db }, call) => new Audit(await db, call.id)) })
 * ```
 */
export function perCall<Services, Service>(
  make: PerCallFactory<Services, Service>['perCall'],
): PerCallFactory<Services, Service> {
  return { perCall: make }
}

/** Services by name. */
type Services = Record<string, unknown>

type Factory = SingletonFactory<object, unknown> | PerCallFactory<object, unknown>

/** The services of a running app, by name; singletons are made once, on first need. */
export class ServiceContainer {
  readonly #factories: ReadonlyMap<string, Factory>
  readonly #singletons = new Map<string, Promise<unknown>>()
  /** The singletons that are made. */
  readonly #ready = new Map<string, unknown>()
  /** In the order in which they were made. */
  readonly #made: unknown[] = []

  constructor(factories: object) {
    this.#factories = new Map(Object.entries(factories) as [string, Factory][])
  }

  get names(): readonly string[] {
    return [...this.#factories.keys()]
  }

  /** Every singleton by name, made when it is asked for. */
  get lazy(): LazyServices<object> {
    return this.#lazy({ chain: [] })
  }

  has(name: string): boolean {
    return this.#factories.has(name)
  }

  /**
   * Makes what is named. Services of this one call are kept in `scope`, which the caller disposes. A promise only where
   * something is to be made.
   */
  make(names: readonly string[], call: Call<unknown>, scope: CallScope): Services | Promise<Services> {
    const services: Services = {}
    for (const name of names) {
      if (!this.#ready.has(name)) return this.#makeAll(names, call, scope)
      services[name] = this.#ready.get(name)
    }
    return services
  }

  async #makeAll(names: readonly string[], call: Call<unknown>, scope: CallScope): Promise<Services> {
    const entries = names.map(async (name) => [name, await this.#get(name, { call, scope, chain: [] })] as const)
    return Object.fromEntries(await Promise.all(entries))
  }

  /** Disposes the singletons, the youngest first. What one throws does not keep the others. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.#singletons.values())
    this.#ready.clear()
    await disposeAll(this.#made.splice(0))
    this.#singletons.clear()
  }

  #get(name: string, within: Within): Promise<unknown> {
    const factory = this.#factories.get(name)
    if (!factory) return Promise.reject(new TypeError(`There is no service named ${name}.`))
    if (within.chain.includes(name)) {
      const circle = [...within.chain, name].join(' -> ')
      return Promise.reject(new TypeError(`These services need each other, so none can be made first: ${circle}.`))
    }
    const inner = { ...within, chain: [...within.chain, name] }
    if (typeof factory === 'function') return this.#singleton(name, factory, inner)
    const { call, chain, scope } = within
    if (!call || !scope) {
      const longer = chain.at(-1) ?? 'What asks for it'
      return Promise.reject(new TypeError(`${longer} lives longer than one call, and ${name} does not.`))
    }
    return scope.once(name, () => factory.perCall(this.#lazy(inner), call))
  }

  #singleton(name: string, factory: SingletonFactory<object, unknown>, { chain }: Within): Promise<unknown> {
    const known = this.#singletons.get(name)
    if (known) return known
    const making = (async () => {
      const service = await factory(this.#lazy({ chain }))
      this.#made.push(service)
      this.#ready.set(name, service)
      return service
    })()
    this.#singletons.set(name, making)
    // A database that was down at the first call must not stay down for every later one.
    making.catch(() => this.#singletons.delete(name))
    return making
  }

  #lazy(within: Within): object {
    const lazy = {}
    for (const name of this.#factories.keys()) {
      Object.defineProperty(lazy, name, { enumerable: true, get: () => this.#get(name, within) })
    }
    return lazy
  }
}

/** What is being made, and for which call; without one, only singletons can be made. */
interface Within {
  readonly chain: readonly string[]
  readonly call?: Call<unknown>
  readonly scope?: CallScope
}

/** The services of one call. */
export class CallScope {
  #services: Map<string, Promise<unknown>> | undefined
  readonly #made: unknown[] = []

  /** Makes a service unless this call has it already. */
  once(name: string, make: () => unknown): Promise<unknown> {
    this.#services ??= new Map()
    const known = this.#services.get(name)
    if (known) return known
    const making = (async () => {
      const service = await make()
      this.#made.push(service)
      return service
    })()
    this.#services.set(name, making)
    return making
  }

  /** Whether nothing was made for the call. */
  get isEmpty(): boolean {
    return this.#services === undefined
  }

  /** Disposes what was made for the call, the youngest first. */
  async dispose(): Promise<void> {
    await Promise.allSettled(this.#services?.values() ?? [])
    await disposeAll(this.#made.splice(0))
  }
}

async function disposeAll(services: readonly unknown[]): Promise<void> {
  const failures: unknown[] = []
  for (const service of services.toReversed()) {
    try {
      await disposeOf(service)?.call(service)
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} services could not be disposed.`)
}

function disposeOf(service: unknown): (() => unknown) | undefined {
  if (typeof service !== 'object' || service === null) return undefined
  const disposable = service as { [Symbol.asyncDispose]?: () => unknown; [Symbol.dispose]?: () => unknown }
  return disposable[Symbol.asyncDispose] ?? disposable[Symbol.dispose]
}
