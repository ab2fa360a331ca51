import type { RedisClient } from '../idempotency.ts'
import type { ConnectionStore } from './connection-store.ts'

/** Milliseconds for which something is kept: somewhat longer than API Gateway lets a connection live. */
const lifetime = 9_000_000

/** Puts a text in the place of another one. KEYS: connection. ARGV: text before, text, milliseconds; an empty text is none. */
const swapScript = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then redis.call('DEL', KEYS[1]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 1
`

/** Adds to a set that is kept for a while. KEYS: topic. ARGV: name, milliseconds. */
const joinScript = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
`

/** How connections are kept in Redis. */
export interface RedisConnectionsOptions {
  /** What the keys begin with. Default `pikku:connections`. */
  readonly prefix?: string
}

/** Keeps connections in Redis, for all functions of an app together. */
export function redisConnections(client: RedisClient, options: RedisConnectionsOptions = {}): ConnectionStore {
  const { prefix = 'pikku:connections' } = options
  const send = (command: string, ...args: string[]) =>
    'call' in client ? client.call(command, ...args) : client.sendCommand([command, ...args])
  const idKey = (id: string) => `${prefix}:id:${id}`
  const topicKey = (topic: string) => `${prefix}:topic:${topic}`
  return {
    get: async (id) => ((await send('GET', idKey(id))) as string | null) ?? undefined,
    swap: async (id, before = '', after = '') =>
      (await send('EVAL', swapScript, '1', idKey(id), before, after, `${lifetime}`)) === 1,
    async join(topic, member) {
      await send('EVAL', joinScript, '1', topicKey(topic), member, `${lifetime}`)
    },
    async leave(topic, member) {
      await send('SREM', topicKey(topic), member)
    },
    joined: async (topic) => (await send('SMEMBERS', topicKey(topic))) as string[],
  }
}
