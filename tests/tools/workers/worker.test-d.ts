import type { Worker } from '../../../transports/cloudflare.ts'

interface Env {
  readonly NOTES: KVNamespace
}
declare const worker: Worker<Env>

// What `createWorker` makes is a module that Cloudflare runs.
export default worker satisfies ExportedHandler<Env>

// @ts-expect-error with the bindings that it was made for, and no others
export const others: ExportedHandler<{ readonly NOTES: string }> = worker
