import { connect } from '@nats-io/transport-node'
import { createClient } from '@redis/client'
import { Redis } from 'ioredis'
import { Pool } from 'pg'
import type { Hub } from '../../../core/index.ts'
import type { HubOptions } from '../create-hub.ts'
import { natsHub } from '../nats.ts'
import { postgresHub } from '../postgres.ts'
import { redisHub } from '../redis.ts'

/** Opens a hub on an engine of this machine. */
export type Connect = (url: string, prefix: string, options?: HubOptions) => Connected | Promise<Connected>

/** A hub with connections of its own. */
export interface Connected {
  readonly hub: Hub
  /** The name by which the engine knows its connections. */
  readonly name: string
  /** Closes what the hub was given. */
  close(): Promise<void>
}

/** How to connect to each engine, by the name of the client. */
export const connects = {
  ioredis(url, prefix, options) {
    const name = `hub-${crypto.randomUUID()}`
    const client = new Redis(url, { lazyConnect: true, connectionName: name, retryStrategy: () => 10 })
    return { hub: redisHub(client, { prefix, ...options }), name, close: async () => client.disconnect() }
  },
  redis(url, prefix, options) {
    const name = `hub-${crypto.randomUUID()}`
    const client = createClient({ url, name, socket: { reconnectStrategy: () => 10 } })
    return { hub: redisHub(client, { prefix, ...options }), name, close: async () => {} }
  },
  postgres(url, prefix, options) {
    const name = `hub-${crypto.randomUUID()}`
    const pool = new Pool({ connectionString: url, application_name: name, max: 5 })
    pool.on('error', () => {})
    return { hub: postgresHub(pool, { prefix, ...options }), name, close: () => pool.end() }
  },
  async nats(url, prefix, options) {
    const servers = new URL(url).host
    // Told of by the server, another way to it would lead past the proxy of a test.
    const ignoreClusterUpdates = true
    const connection = await connect({ servers, maxReconnectAttempts: -1, reconnectTimeWait: 10, ignoreClusterUpdates })
    return { hub: natsHub(connection, { prefix, ...options }), name: '', close: () => connection.close(), connection }
  },
} satisfies Record<string, Connect>
