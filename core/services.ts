import type { Call } from './call.ts'

/** The singletons, each made when it is first needed: `await services.db`. */
export type LazyServices<Services> = { readonly [Name in keyof Services]: Promise<Services[Name]> }

/** Makes a singleton, at most once. What it makes is disposed at shutdown if it has `Symbol.asyncDispose` or `Symbol.dispose`. */
export type SingletonFactory<Services, Service> = (services: LazyServices<Services>) => Service | Promise<Service>

/** Makes a service for one call; disposed when the call ends. */
export interface PerCallFactory<Services, Service> {
  readonly perCall: (services: LazyServices<Services>, call: Call<unknown>) => Service | Promise<Service>
}

/** How each of the services is made. */
export type ServiceFactories<Services> = {
  readonly [Name in keyof Services]: SingletonFactory<Services, Services[Name]> | PerCallFactory<Services, Services[Name]>
}

/** Marks a factory whose service lives as long as one call. */
export function perCall<Services, Service>(
  make: PerCallFactory<Services, Service>['perCall'],
): PerCallFactory<Services, Service> {
  return { perCall: make }
}
