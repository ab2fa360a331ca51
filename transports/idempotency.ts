import type { IdempotencyStore, KeptCall } from '../core/index.ts'

/** The most calls that a process keeps, and the most characters of JSON; beyond it the oldest are forgotten. */
const [most, longest] = [100_000, 64 * 1024 * 1024]

/** Keeps calls in the memory of this process: for one process, and until it ends. */
export function memoryIdempotency(): IdempotencyStore {
  const kept = new Map<string, { readonly json: string; readonly until: number }>()
  let length = 0
  const forget = (key: string) => {
    length -= kept.get(key)?.json.length ?? 0
    kept.delete(key)
  }
  const put = (key: string, call: KeptCall, seconds: number) => {
    // Put at the end, so that the oldest come first.
    forget(key)
    const json = JSON.stringify(call)
    kept.set(key, { json, until: Date.now() + seconds * 1000 })
    length += json.length
    for (const [oldest, { until }] of kept) {
      const isFull = kept.size > most || (length > longest && oldest !== key)
      if (until > Date.now() && !isFull) break
      forget(oldest)
    }
  }
  return {
    async claim(key, call, seconds) {
      const known = kept.get(key)
      if (known && known.until > Date.now()) return JSON.parse(known.json)
      put(key, call, seconds)
      return undefined
    },
    keep: async (key, call, seconds) => put(key, call, seconds),
    forget: async (key) => forget(key),
  }
}

/** A client of `ioredis`, or one of `redis`, described by shape. */
export type RedisClient =
  | { call(command: string, ...args: string[]): Promise<unknown> }
  | { sendCommand(args: string[]): Promise<unknown> }

/** How calls are kept in Redis. */
export interface RedisIdempotencyOptions {
  /** What the keys begin with. Default `pikku:call`. */
  readonly prefix?: string
}

/** Keeps calls in Redis, for all processes of an app together. */
export function redisIdempotency(client: RedisClient, options: RedisIdempotencyOptions = {}): IdempotencyStore {
  const { prefix = 'pikku:call' } = options
  const send = (command: string, key: string, ...args: string[]) =>
    'call' in client
      ? client.call(command, `${prefix}:${key}`, ...args)
      : client.sendCommand([command, `${prefix}:${key}`, ...args])
  return {
    async claim(key, call, seconds) {
      // In one step: what was there before, if something was, and otherwise the new one.
      const before = await send('SET', key, JSON.stringify(call), 'NX', 'GET', 'EX', String(seconds))
      return before === null ? undefined : JSON.parse(String(before))
    },
    async keep(key, call, seconds) {
      await send('SET', key, JSON.stringify(call), 'EX', String(seconds))
    },
    async forget(key) {
      await send('DEL', key)
    },
  }
}
