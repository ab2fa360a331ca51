import type { Hub } from 'pikku'
import { memoryHub, redisHub } from 'pikku/hub'

/** The hub that joins this server with the others, by what they all can reach; on its own it needs none. */
export async function openHub(redis: string | undefined): Promise<{ hub: Hub; name: string }> {
  if (!redis) return { hub: memoryHub(), name: 'in memory, for this one process' }
  const { Redis } = await import('ioredis')
  return { hub: redisHub(new Redis(redis, { lazyConnect: true })), name: `Redis at ${new URL(redis).host}` }
}
