import { serveStatic } from '@hono/node-server/serve-static'
import { serve } from 'pikku/node'
import { contracts } from '../contracts/index.ts'
import app from './app.ts'
import { buildPage } from './page.ts'
import { createServices } from './services.ts'

const database = process.env['DATABASE_URL'] ?? new URL('../.data/todos', import.meta.url).pathname
const port = Number(process.env['PORT'] ?? 3000)

try {
  const page = await buildPage()
  const server = await serve(app, {
    contracts,
    services: createServices(database),
    port,
    routes: (hono) => hono.get('/*', serveStatic({ root: page.folder })),
  })
  // The first call that needs the database opens it; we make one ourselves, so that no visitor waits for it.
  await fetch(`${server.url}/session`)
  console.log(`\n  Todos    ${server.url}\n  API      ${server.url}/reference\n  Data     ${where(database)}\n  Page     ${page.size}\n`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

function where(database: string): string {
  return /^postgres/.test(database) ? `PostgreSQL at ${new URL(database).host}` : database
}
