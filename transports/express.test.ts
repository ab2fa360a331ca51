import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { type ExpressHandler, toExpressHandler } from './express.ts'
import { createHono } from './hono.ts'
import { attachSockets } from './sockets.ts'
import { refusal, TestSocket } from './testing/conformance/socket.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { Target } from './testing/conformance/target.ts'

interface ExpressModule {
  default: { (): RequestListener & { use(...handlers: unknown[]): void }; json(): ExpressHandler }
}

const { skip, load } = await tool('mounts')
const express = skip ? undefined : (await load<ExpressModule>('express')).default

/** Express on a free port, with the app at a path. */
async function start(path: string, ...before: unknown[]) {
  assert.ok(express)
  const hono = createHono(app, setup())
  const handler = express()
  for (const other of before) handler.use(other)
  handler.use(path, toExpressHandler(hono))
  handler.use('/own', ((_request, response) => response.end('own')) satisfies RequestListener)
  const server = createServer(handler).listen(0)
  await once(server, 'listening')
  const sockets = attachSockets(server, hono, { prefix: path === '/' ? '' : path })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      sockets.cut()
      await hono.dispose()
    },
  }
}

conformance('Express 5', { skip, start: () => start('/') })

describe('an Express mount', { skip }, () => {
  it('answers below its path, and leaves the rest to others', async () => {
    const { url, close } = await start('/api')
    assert.deepEqual(await (await fetch(`${url}/api/notes/1`)).json(), { id: '1', text: 'first' })
    assert.equal((await fetch(`${url}/api/nothing`)).headers.get('content-type'), 'application/problem+json')
    assert.equal(await (await fetch(`${url}/own`)).text(), 'own')
    assert.equal((await fetch(`${url}/notes/1`)).status, 404)
    await close()
  })

  it('opens sockets below its path', async () => {
    const { url, close } = await start('/api')
    const socket = await TestSocket.open(new Target(`${url}/api`))
    assert.equal((await socket.ask({ call: 1, to: 'access.who', input: {} })).output, null)
    assert.equal((await refusal(new Target(url), {})).status, 404)
    await close()
    assert.equal(await socket.closed, 1006)
  })

  it('says what is wrong when a body parser stands before it', async () => {
    const { url, close } = await start('/', express?.json())
    const response = await fetch(`${url}/rpc/notes.echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"text":"a"}',
    })
    assert.equal(response.status, 500)
    assert.match(await response.text(), /Mount Pikku before `express.json\(\)`/)
    assert.equal((await fetch(`${url}/notes/1`)).status, 200)
    await close()
  })
})
