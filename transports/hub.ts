export type { HubOptions } from './hub/create-hub.ts'
export { memoryHub } from './hub/memory.ts'
export { type PostgresHubOptions, postgresHub } from './hub/postgres.ts'
export { type RedisHubOptions, redisHub } from './hub/redis.ts'
