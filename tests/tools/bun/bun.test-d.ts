import type { BunRuntime, BunServer } from '../../../transports/bun.ts'

// What Bun is has the shape that `pikku/bun` takes it for.
export const runtime: BunRuntime = Bun

// @ts-expect-error a server of Bun is no promise of one
export const server: Promise<BunServer> = Bun.serve({ fetch: () => new Response() })
