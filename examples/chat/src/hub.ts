import type { Hub } from 'pikku'
import { memoryHub } from 'pikku/hub'

/** The hub that joins this server with the others, by what they all can reach; on its own it needs none. */
export async function openHub(database: string, redis: string | undefined): Promise<{ hub: Hub; name: string }> {
  if (redis) {
    const [{ Redis }, { redisHub }] = await Promise.all([import('ioredis'), import('pikku/hub')])
    return { hub: redisHub(new Redis(redis, { lazyConnect: true })), name: `Redis at ${new URL(redis).host}` }
  }
  return { hub: memoryHub(), name: 'in memory, for this one process' }
}
