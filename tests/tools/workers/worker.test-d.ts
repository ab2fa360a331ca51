import type { AppObject, AppObjectClass, ObjectState, toObject, Worker } from '../../../transports/cloudflare.ts'

interface Env {
  readonly NOTES: KVNamespace
}
declare const worker: Worker<Env>

// What `createWorker` makes is a module that Cloudflare runs.
export default worker satisfies ExportedHandler<Env>

// @ts-expect-error with the bindings that it was made for, and no others
export const others: ExportedHandler<{ readonly NOTES: string }> = worker

interface ObjectEnv {
  readonly APP: DurableObjectNamespace
}
declare const App: AppObjectClass<ObjectEnv>
declare const state: DurableObjectState
declare const object: AppObject

// A Durable Object of an app is one that Cloudflare makes, with the state that it has.
export const made: AppObject = new App(state, { APP: {} as DurableObjectNamespace })
export const given: ObjectState = state
export const run: Required<Pick<DurableObject, 'fetch' | 'webSocketMessage' | 'webSocketClose' | 'webSocketError'>> =
  object
export const sent: ExportedHandler<ObjectEnv> = {} as ReturnType<typeof toObject<ObjectEnv>>
export type Namespace = Parameters<typeof toObject<ObjectEnv>>[0]
export const namespace: Namespace = (env) => env.APP

// @ts-expect-error a namespace of something else is none
export const wrong: Namespace = (env: ObjectEnv) => env
