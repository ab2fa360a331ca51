import type { Hub } from 'pikku'
import { memoryHub, postgresHub, redisHub } from 'pikku/hub'

/** A hub, and what to say of it. */
export interface OpenedHub {
  readonly hub: Hub
  readonly name: string
}

/** The hub that joins this server with the others, by what they can all reach: Redis, or the database. */
export async function openHub(database: string, redis: string | undefined): Promise<OpenedHub> {
  if (redis) {
    const { Redis } = await import('ioredis')
    // The hub opens connections of its own, to where this one would go.
    return { hub: redisHub(new Redis(redis, { lazyConnect: true })), name: `Redis at ${new URL(redis).host}` }
  }
  if (!/^postgres(ql)?:/.test(database)) return { hub: memoryHub(), name: 'in memory, for this one process' }
  const { default: pg } = await import('pg')
  // Apart from the pool of the functions: when these wait for a connection, events do not.
  const pool = new pg.Pool({ connectionString: database, max: 3, allowExitOnIdle: true })
  pool.on('error', (error) => console.warn(`A connection of the hub broke: ${error.message}`))
  return { hub: postgresHub(pool), name: `PostgreSQL at ${new URL(database).host}` }
}
