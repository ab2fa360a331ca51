import assert from 'node:assert/strict'
import { after, before, describe, it, mock } from 'node:test'
import { createHono } from '../hono.ts'
import { type RunningServer, serve } from '../node.ts'
import { channels, sockets } from '../testing/conformance/behaviours/sockets.ts'
import { RequestSocket } from '../testing/conformance/request-socket.ts'
import { TestSocket } from '../testing/conformance/socket.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { http1, Target } from '../testing/conformance/target.ts'
import { addSocketFallback } from './socket-fallback.ts'
import { Sockets } from './sockets.ts'

const overHttp = (url: string) =>
  new Target(url, [], { ...http1, connect: (url, headers) => new RequestSocket(url, headers) })

let server: RunningServer
before(async () => {
  server = await serve(app, { ...setup(), port: 0, signals: false })
})
after(() => server.close())

/** What is about the handshake of a WebSocket. */
const isHandshake = /^(?:knows who comes|refuses a handshake|refuses odd targets|refuses a target)/

describe('what goes over a socket goes by requests too', () => {
  for (const { group, name, run } of [...sockets, ...channels]) {
    if (!isHandshake.test(name)) {
      it(`${group}: ${name}`, () => run(overHttp(server.url)))
    }
  }
})

describe('connections without sockets', () => {
  it('end with the server, which answers what runs first', async () => {
    const server = await serve(app, { ...setup(), port: 0, signals: false })
    const target = overHttp(server.url)
    const [one, two] = [await TestSocket.open(target), await TestSocket.open(target)]
    const running = one.ask({ call: 1, to: 'failures.slow', input: {} })
    await target.untilNoted('slow')
    await server.close()
    assert.equal((await running).problem?.code, 'TIMEOUT')
    assert.deepEqual(await Promise.all([one.closed, two.closed]), [1012, 1012])
  })

  it('are not there in an app without sockets, and can be added to one that answers already', async () => {
    const hono = createHono(app, setup())
    const open = () => hono.request('/rpc/socket', { headers: { accept: 'text/event-stream' } })
    assert.equal((await open()).status, 405)
    addSocketFallback(hono, new Sockets(hono.operations.runtime, () => false))
    const { status, body } = await open()
    assert.equal(status, 200)
    await body?.cancel()
    await hono.dispose()
  })

  it('are refused to pages that do not say of which origin they are', async () => {
    const hono = createHono(app, setup())
    const sockets = new Sockets(hono.operations.runtime, () => false)
    addSocketFallback(hono, sockets)
    const open = (site: string) =>
      hono.request('/rpc/socket', { headers: { accept: 'text/event-stream', 'sec-fetch-site': site } })
    assert.equal((await open('cross-site')).status, 403)
    assert.equal((await open('same-site')).status, 403)
    assert.equal(sockets.size, 0)
    const { status, body } = await open('same-origin')
    assert.equal(status, 200)
    await body?.cancel()
    assert.equal(sockets.size, 0)
    await hono.dispose()
  })

  it('are cut when nobody reads what was said before the end', async (context) => {
    const timers = mock.timers
    context.after(() => timers.reset())
    const hono = createHono(app, setup())
    const sockets = new Sockets(hono.operations.runtime, () => false, { unsent: 1000 })
    addSocketFallback(hono, sockets)
    const { body } = await hono.request('/rpc/socket', { headers: { accept: 'text/event-stream' } })
    const reader = (body as ReadableStream<Uint8Array>).getReader()
    const { value } = await reader.read()
    const [, key] = /^event: open\ndata: (.*)\n\n$/.exec(new TextDecoder().decode(value)) ?? []
    timers.enable({ apis: ['setTimeout'] })
    const pings = '{"ping":0}\n'.repeat(100)
    const sent = await hono.request(`/rpc/socket/${key}`, { method: 'POST', body: pings })
    assert.equal(sent.status, 204)
    assert.equal(sockets.size, 0)
    timers.tick(1_000)
    await assert.rejects(reader.closed)
    await hono.dispose()
  })
})
