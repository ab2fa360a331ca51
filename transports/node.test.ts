import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { LazyServices } from '../core/index.ts'
import { createHono } from './hono.ts'
import { addHealth } from './http/health.ts'
import { type ServeOptions, serve } from './node.ts'
import app from './testing/conformance/src/app.ts'
import { KeptLines } from './testing/conformance/src/kept-lines.ts'
import type { Services } from './testing/conformance/src/pikku.ts'
import { setup } from './testing/conformance/src/setup.ts'

function start(more: Partial<ServeOptions<Services>> = {}) {
  return serve(app, { ...setup(), port: 0, signals: false, ...more })
}

describe('serve', () => {
  it('says which port is taken', async () => {
    const first = await start()
    await assert.rejects(start({ port: first.port }), { message: `Port ${first.port} is taken by another program.` })
    await first.close()
  })

  it('finishes the calls that run before it stops, and disposes the services after them', async () => {
    const events: string[] = []
    const notes = Object.assign(new WatchedNotes(), { [Symbol.dispose]: () => void events.push('disposed') })
    const server = await start({ services: { ...setup().services, notes: () => notes } })
    const slow = fetch(`${server.url}/rpc/failures.slow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    await notes.written('slow')
    await server.close().then(() => events.push('closed'))
    // By its own timeout: what still runs when services are disposed is answered 503.
    assert.equal((await slow).status, 504)
    assert.deepEqual(events, ['disposed', 'closed'])
    await assert.rejects(fetch(`${server.url}/notes/1`))
  })

  it('takes no stream any more when it stops, by whatever connection its reader comes back', async () => {
    const server = await start({ grace: 2 ** 30 })
    const socket = connect(server.port)
    const ask = () => socket.write('GET /ticks/0 HTTP/1.1\r\nhost: localhost\r\n\r\n')
    let closing: Promise<void> | undefined
    let text = ''
    ask()
    for await (const chunk of socket) {
      text += chunk
      const before = closing
      closing ??= server.close()
      // The first stream has ended: the connection takes another request.
      if (before && text.endsWith('0\r\n\r\n') && !text.includes(' 503 ')) ask()
    }
    assert.match(text, /"code":"UNAVAILABLE"/)
    await closing
  })

  it('tells the readers of streams to come back, and does not wait for them', async () => {
    const server = await start({ grace: 0 })
    const response = await fetch(`${server.url}/ticks/0`)
    const [text] = await Promise.all([response.text(), server.close()])
    assert.match(text, /^:\n\nevent: error\ndata: \{.*"code":"UNAVAILABLE"/)
  })

  it('cuts what still runs when its grace is over', async () => {
    const notes = new WatchedNotes()
    const server = await start({ grace: 20, services: { ...setup().services, notes: () => notes } })
    const cut = assert.rejects(
      fetch(`${server.url}/rpc/failures.stuck`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    )
    await notes.written('stuck')
    await server.close()
    await cut
  })

  it('answers 431 to headers that are too long', async () => {
    const server = await start()
    const headers = { 'x-long': 'x'.repeat(20_000) }
    assert.equal((await fetch(`${server.url}/notes/1`, { headers })).status, 431)
    await server.close()
  })

  it('ends idle connections when it stops', async () => {
    const server = await start()
    const socket = connect(server.port, 'localhost')
    await once(socket, 'connect')
    socket.write('GET /notes/1 HTTP/1.1\r\nhost: localhost\r\n\r\n')
    await once(socket, 'data')
    await Promise.all([server.close(), once(socket, 'close')])
  })

  it('takes routes of the user after its own', async () => {
    const server = await start({ routes: (hono) => hono.get('/*', (context) => context.text('page')) })
    assert.equal(await (await fetch(`${server.url}/anything`)).text(), 'page')
    assert.deepEqual(await (await fetch(`${server.url}/notes/1`)).json(), { id: '1', text: 'first' })
    await server.close()
  })

  it('answers below a base path, and nowhere else', async () => {
    const server = await start({ basePath: '/api' })
    assert.deepEqual(await (await fetch(`${server.url}/api/notes/1`)).json(), { id: '1', text: 'first' })
    assert.match(await (await fetch(`${server.url}/api/ticks/1`)).text(), /^data: 1$/m)
    assert.equal((await fetch(`${server.url}/api/rpc/notes.mine`, { method: 'POST' })).status, 401)
    for (const path of ['/notes/1', '/rpc/notes.mine']) {
      assert.equal((await fetch(server.url + path, { method: 'POST' })).status, 404)
    }
    await server.close()
  })
})

describe('health', () => {
  const statusOf = async (server: { url: string }, path: string) => (await fetch(server.url + path)).status

  it('is told while the server runs', async () => {
    const server = await start()
    const response = await fetch(`${server.url}/ready`)
    assert.deepEqual([response.status, await response.json()], [200, { status: 'ready' }])
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(await statusOf(server, '/health'), 200)
    await server.close()
  })

  it('is not ready when the check of the app throws, says no, and says nothing of why', async () => {
    const log = new KeptLines()
    let answer: () => unknown = () => Promise.reject(new Error('the password is hunter2'))
    const server = await start({ log, health: { ready: '/up', check: () => answer() } })
    const response = await fetch(`${server.url}/up`)
    assert.equal(response.status, 503)
    assert.equal(response.headers.get('content-type'), 'application/problem+json')
    assert.doesNotMatch(await response.text(), /hunter2/)
    assert.match(log.lines.join(), /hunter2/)
    answer = () => false
    assert.equal(await statusOf(server, '/up'), 503)
    answer = () => undefined
    assert.equal(await statusOf(server, '/up'), 200)
    assert.equal(await statusOf(server, '/health'), 200)
    assert.equal(await statusOf(server, '/ready'), 404)
    await server.close()
  })

  it('asks once for all who ask at the same time, with the services of the app', async () => {
    const notes = new Map([['1', 'first']])
    const hono = createHono(app, { ...setup(), services: { ...setup().services, notes: () => notes } })
    const seen: unknown[] = []
    const check = async (services: LazyServices<Services>) => seen.push(await services.notes)
    addHealth<Services>(hono, { check }, () => false)
    const answers = await Promise.all([hono.request('/ready'), hono.request('/ready')])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    assert.deepEqual(seen, [notes])
    await hono.request('/ready')
    assert.equal(seen.length, 2)
    await hono.dispose()
  })

  it('is not ready while the server stops, which answers as before until its delay is over', async () => {
    const server = await start({ delay: 300 })
    const stopped = server.close()
    assert.equal(await statusOf(server, '/ready'), 503)
    const response = await fetch(`${server.url}/notes/1`)
    assert.deepEqual([response.status, response.headers.get('connection')], [200, 'close'])
    await stopped
    await assert.rejects(fetch(`${server.url}/health`))
  })

  it('is not told where it is not wanted, nor in place of a route of the app', async () => {
    const none = await start({ health: false })
    assert.deepEqual([await statusOf(none, '/health'), await statusOf(none, '/ready')], [404, 404])
    await none.close()
    const other = await start({ health: { ready: '/notes/1' } })
    assert.deepEqual(await (await fetch(`${other.url}/notes/1`)).json(), { id: '1', text: 'first' })
    await other.close()
  })
})

describe('the API reference', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pikku-'))
    await writeFile(join(folder, 'openapi.json'), '{"openapi":"3.1.0"}')
  })
  after(() => rm(folder, { recursive: true }))
  const contracts = { ...setup().contracts, openapi: () => pathToFileURL(join(folder, 'openapi.json')) }

  it('is served from this machine alone', async () => {
    const server = await start({ contracts })
    assert.deepEqual(await (await fetch(`${server.url}/openapi.json`)).json(), { openapi: '3.1.0' })
    const page = await (await fetch(`${server.url}/reference`)).text()
    assert.deepEqual(page.match(/(?:src|href)="[^"]*"/g), ['href="data:,"', 'src="/reference/scalar.js"'])
    const script = await fetch(`${server.url}/reference/scalar.js`)
    assert.equal(script.status, 200)
    assert.ok((await script.text()).length > 1_000_000)
    await server.close()
  })

  it('is off in production, unless it is asked for', async () => {
    const before = process.env.NODE_ENV
    process.env.NODE_ENV = 'production'
    try {
      for (const [options, status] of [
        [{}, 404],
        [{ reference: true }, 200],
      ] as const) {
        const server = await start({ contracts, log: new KeptLines(), ...options })
        assert.equal((await fetch(`${server.url}/openapi.json`)).status, status)
        assert.equal((await fetch(`${server.url}/reference`)).status, status)
        await server.close()
      }
    } finally {
      if (before === undefined) delete process.env.NODE_ENV
      else process.env.NODE_ENV = before
    }
  })

  it('is off where it is not wanted', async () => {
    const server = await start({ contracts, reference: false })
    assert.equal((await fetch(`${server.url}/openapi.json`)).status, 404)
    assert.equal((await fetch(`${server.url}/reference`)).status, 404)
    await server.close()
  })
})

/** Notes that tell when one is written. */
class WatchedNotes extends Map<string, string> {
  readonly #heard = new Map<string, PromiseWithResolvers<void>>()

  /** Resolves when this note is written. */
  written(id: string): Promise<void> {
    return this.#of(id).promise
  }

  override set(id: string, text: string): this {
    this.#of(id).resolve()
    return super.set(id, text)
  }

  #of(id: string): PromiseWithResolvers<void> {
    const known = this.#heard?.get(id) ?? Promise.withResolvers<void>()
    this.#heard?.set(id, known)
    return known
  }
}
