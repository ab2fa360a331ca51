import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { printedUrl } from './readme.ts'
import { cleanEnvironment, root } from './tools.ts'

// A folder of its own, so that somebody's running example keeps its database.
const data = await mkdtemp(join(tmpdir(), 'pikku-start-'))
after(() => rm(data, { recursive: true }))

test('`npm start` makes the contracts, serves the example, and stops when it is told', async () => {
  await running(['start'], 'todos', async (url) => {
    const page = await fetch(url)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<title>/)
    const document = await fetch(new URL('/openapi.json', url))
    assert.match(((await document.json()) as { openapi: string }).openapi, /^3\.1/)
    const refused = await fetch(new URL('/rpc/todos.list', url), { method: 'POST' })
    assert.equal(refused.status, 401)
  })
})

test('`npm start --workspace chat` serves the other one', async () => {
  await running(['start', '--workspace', 'chat'], 'chat', async (url) => {
    const page = await fetch(url)
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<title>Chat/)
    const refused = await fetch(new URL('/rpc/rooms.list', url), { method: 'POST' })
    assert.equal(refused.status, 401)
  })
})

/** Runs npm until the work is done, with a database of its own. */
async function running(args: readonly string[], database: string, work: (url: string) => Promise<void>) {
  // A process group of its own, since npm stands between this test and the server.
  const npm = spawn('npm', args, {
    cwd: root,
    env: { ...cleanEnvironment(), PORT: '0', DATABASE_URL: join(data, database) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const ended = once(npm, 'exit')
  try {
    await work(await printedUrl(npm.stdout))
  } finally {
    if (npm.pid && npm.exitCode === null) process.kill(-npm.pid, 'SIGTERM')
    await ended
  }
}
