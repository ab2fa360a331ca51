import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { type ServeOptions, serve } from './node.ts'
import { keepingLog, type Services, testApp, testContracts, WatchedNotes } from './testing/app.ts'

function start(more: Partial<ServeOptions<Services>> = {}) {
  const services = { notes: () => new Map([['1', 'first']]) }
  return serve(testApp, { contracts: testContracts, services, port: 0, log: keepingLog(), signals: false, ...more })
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
    const server = await start({ services: { notes: () => notes } })
    const slow = fetch(`${server.url}/rpc/notes.slow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    }).then((response) => events.push(`answered ${response.status}`))
    await notes.written('slow')
    await Promise.all([slow, server.close().then(() => events.push('closed'))])
    assert.deepEqual(events, ['answered 504', 'disposed', 'closed'])
    await assert.rejects(fetch(`${server.url}/notes/1`))
  })

  it('tells the readers of streams to come back, and does not wait for them', async () => {
    const server = await start({ grace: 0 })
    const response = await fetch(`${server.url}/notes/ticks/0`)
    const [text] = await Promise.all([response.text(), server.close()])
    assert.match(text, /^event: error\ndata: \{.*"code":"UNAVAILABLE"/)
  })

  it('cuts what still runs when its grace is over', async () => {
    const notes = new WatchedNotes()
    const server = await start({ grace: 20, services: { notes: () => notes } })
    const cut = assert.rejects(
      fetch(`${server.url}/rpc/notes.stuck`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }),
    )
    await notes.written('stuck')
    await server.close()
    await cut
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
})

describe('the API reference', () => {
  let folder: string
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pikku-'))
    await writeFile(join(folder, 'openapi.json'), '{"openapi":"3.1.0"}')
  })
  after(() => rm(folder, { recursive: true }))
  const contracts = { ...testContracts, openapi: () => pathToFileURL(join(folder, 'openapi.json')) }

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

  it('is off where it is not wanted', async () => {
    const server = await start({ contracts, reference: false })
    assert.equal((await fetch(`${server.url}/openapi.json`)).status, 404)
    assert.equal((await fetch(`${server.url}/reference`)).status, 404)
    await server.close()
  })
})
