import { fileURLToPath } from 'node:url'
import { serveStatic } from '@hono/node-server/serve-static'
import { serve } from 'pikku/node'
import { memoryRateLimiter } from 'pikku/rate-limit'
import { contracts } from '../contracts/index.ts'
import app from './app.ts'
import { openDatabase } from './database/index.ts'
import { openHub } from './hub.ts'
import { buildPage } from './page.ts'
import { createServices } from './services.ts'

const {
  PORT: port = 3000,
  DATABASE_URL: address = fileURLToPath(new URL('../.data/chat', import.meta.url)),
  REDIS_URL: redis,
} = process.env

try {
  const page = await buildPage()
  const db = await openDatabase(address)
  const { hub, name } = await openHub(address, redis)
  const server = await serve(app, {
    contracts,
    services: createServices(db, hub),
    // Each server counts for itself, which is enough against floods.
    rateLimiter: memoryRateLimiter(),
    port: Number(port),
    routes: (hono) => hono.get('/*', serveStatic({ root: page.folder })),
  }).catch(async (error: unknown) => {
    await hub[Symbol.asyncDispose]()
    await db[Symbol.asyncDispose]()
    throw error
  })
  const { host } = URL.parse(address) ?? {}
  console.log(`
  Page       ${server.url}  (${page.size})
  API        ${server.url}/reference
  Database   ${host ? `PostgreSQL at ${host}` : address}
  Hub        ${name}
`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
