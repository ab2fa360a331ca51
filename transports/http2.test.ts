import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { conformance } from './conformance.ts'
import { NodeRequest } from './http/node-request.ts'
import { listening, overTls } from './http/node-server.ts'
import { serve } from './node.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { openHttp2 } from './testing/http2-fetch.ts'

const pem = (name: string) => readFile(join(import.meta.dirname, 'testing', 'tls', `${name}.pem`), 'utf8')
const [cert, key] = await Promise.all([pem('cert'), pem('key')])
const start = (more: { grace?: number } = {}) =>
  serve(app, { ...setup(), port: 0, signals: false, tls: { cert, key }, ...more })

conformance('Node, HTTP/2', {
  start: async () => {
    const server = await start()
    const client = openHttp2(server.url, cert)
    return {
      url: server.url,
      client,
      async close() {
        client.close()
        await server.close()
      },
    }
  },
})

test('a body that comes over HTTP/2 without a length is read, and refused by its type and size', async () => {
  const server = await start()
  const { fetch, close } = openHttp2(server.url, cert)
  const post = (path: string, size: number, headers: Record<string, string> = {}) => {
    const body = new Blob([new Uint8Array(size)]).stream()
    return fetch(server.url + path, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
  }
  // The first is answered straight, the second through Hono.
  for (const path of ['/rpc/uploads.store?id=8', '/rpc/uploads%2estore?id=8']) {
    assert.equal(((await (await post(path, 70_000)).json()) as { size: number }).size, 70_000)
  }
  assert.equal((await post('/rpc/notes.echo', 10)).status, 415)
  assert.equal((await post('/rpc/notes.small', 70_000, { 'content-type': 'application/json' })).status, 413)
  assert.equal((await fetch(`${server.url}/rpc/notes.mine`, { method: 'POST' })).status, 401)
  close()
  await server.close()
})

test('a body whose sender goes away over HTTP/2 is not taken for whole', async () => {
  const leave = new AbortController()
  const read = Promise.withResolvers<unknown>()
  const server = overTls({ cert, key }, (message, response) => {
    message.once('data', () => leave.abort())
    new NodeRequest(message, response).bytes(1_000_000).then(read.resolve, read.reject)
  })
  const { port, end } = await listening(server, 0, undefined)
  const url = `https://localhost:${port}`
  const { fetch, close } = openHttp2(url, cert)
  const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1_000)) })
  const init = { method: 'POST', body, duplex: 'half', signal: leave.signal }
  const [, given] = await Promise.allSettled([fetch(url, init as RequestInit), read.promise])
  assert.equal(given.status === 'rejected' && given.reason.code, 'CLIENT_CLOSED_REQUEST')
  close()
  await end(0)
})

test('an answer that fails in the middle is not taken for whole over HTTP/2', async () => {
  const server = await start()
  const { fetch, close } = openHttp2(server.url, cert)
  // The first is answered straight, the second through Hono.
  for (const path of ['/rpc/downloads.broken', '/rpc/downloads%2ebroken']) {
    const response = await fetch(server.url + path, { method: 'POST' })
    assert.equal(response.status, 200)
    await assert.rejects(response.arrayBuffer(), path)
  }
  close()
  await server.close()
})

test('a server that stops answers the calls of its HTTP/2 sessions, takes no more, and ends them', async () => {
  const server = await start()
  const { fetch, session } = openHttp2(server.url, cert)
  const headers = { 'content-type': 'application/json' }
  const events: string[] = []
  session.on('goaway', () => events.push('goaway')).on('close', () => events.push('closed'))
  const slow = fetch(`${server.url}/rpc/failures.slow`, { method: 'POST', headers, body: '{}' })
  assert.equal((await fetch(`${server.url}/notes/1`)).status, 200)
  const ended = once(session, 'close')
  const closed = server.close()
  assert.equal((await slow).status, 504)
  await Promise.all([closed, ended])
  assert.deepEqual(events, ['goaway', 'closed'])
  await assert.rejects(fetch(`${server.url}/notes/1`))
})

test('an HTTP/2 session that stays is cut when the grace of its server is over', async () => {
  const server = await start({ grace: 20 })
  const { fetch, session } = openHttp2(server.url, cert)
  const headers = { 'content-type': 'application/json' }
  const cut = assert.rejects(fetch(`${server.url}/rpc/failures.stuck`, { method: 'POST', headers, body: '{}' }))
  assert.equal((await fetch(`${server.url}/notes/1`)).status, 200)
  await Promise.all([server.close(), cut, once(session, 'close')])
})
