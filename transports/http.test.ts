import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import fc from 'fast-check'
import { createHono } from './hono.ts'
import { type NodeServer, type ServeOptions, serve } from './node.ts'
import { keepingLog, type Services, testApp, testContracts } from './testing/app.ts'

const options = {
  contracts: testContracts,
  port: 0,
  signals: false,
  origins: ['https://app.example.com'],
}

/** The roads that a request can take on Node. Each is asked the same over real sockets, and answers the same. */
const roads: Record<string, (more: Pick<ServeOptions<Services>, 'services' | 'log'>) => Promise<Served>> = {
  'straight from node:http': (more) => serve(testApp, { ...options, ...more }),
  'through Hono': async (more) => {
    const hono = createHono(testApp, { ...options, ...more })
    const server = createServer(getRequestListener(hono.fetch, { overrideGlobalObjects: false })).listen(0)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const close = async () => {
      server.close()
      server.closeAllConnections()
      await hono.dispose()
    }
    return { url: `http://localhost:${port}`, port, close }
  },
}

for (const [road, start] of Object.entries(roads))
  describe(`HTTP ${road}`, () => {
    const log = keepingLog()
    const notes: Services['notes'] = new Map([['1', 'first']])
    let server: Served

    before(async () => {
      server = await start({ services: { notes: () => notes }, log })
    })
    after(() => server.close())

    const call = (path: string, init: RequestInit = {}) => fetch(server.url + path, init)
    const rpc = (name: string, body: unknown, headers: Record<string, string> = {}) =>
      call(`/rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      })
    async function problem(response: Response, status: number, code: string): Promise<Record<string, unknown>> {
      const body = (await response.json()) as Record<string, unknown>
      assert.equal(response.status, status, JSON.stringify(body))
      assert.equal(response.headers.get('content-type'), 'application/problem+json')
      assert.equal(body.code, code)
      assert.equal(body.status, status)
      assert.equal(body.requestId, response.headers.get('x-request-id'))
      return body
    }

    describe('what fits', () => {
      it('answers an RPC call with the decoded and encoded value', async () => {
        const response = await rpc('notes.echo', { text: 'hi', at: '2026-01-02T04:04:05+01:00' })
        assert.equal(response.status, 200)
        assert.deepEqual(await response.json(), { text: 'hi', at: '2026-01-02T03:04:05.000Z' })
      })
      it('drops keys that the contract does not name, on both sides', async () => {
        assert.deepEqual(await (await rpc('notes.echo', { text: 'hi', admin: true })).json(), { text: 'hi' })
        assert.deepEqual(await (await call('/notes/1')).json(), { id: '1', text: 'first' })
      })
      it('reads numbers, booleans and lists from the query by contract', async () => {
        const response = await call('/notes/find?tags=a&tags=b&page=2&open=false&other=1')
        assert.deepEqual(await response.json(), { tags: ['a', 'b'], page: 2, open: false })
      })
      it('takes a list that must be there for empty when the query has none of it', async () => {
        assert.deepEqual(await (await call('/notes/tagged?tags=a&tags=b')).json(), ['a', 'b'])
        assert.deepEqual(await (await call('/notes/tagged')).json(), [])
        await problem(await rpc('notes.tagged', {}), 400, 'INVALID_INPUT')
      })
      it('prefers a fixed path to one with a parameter', async () => {
        assert.deepEqual(await (await call('/notes/find')).json(), {})
      })
      it('answers 204 when there is no output', async () => {
        const response = await call('/notes/2', {
          method: 'PUT',
          headers: { 'content-type': 'application/json', cookie: 'sid=ann' },
          body: '{"text":"second"}',
        })
        assert.equal(response.status, 204)
        assert.equal(notes.get('2'), 'second')
      })
      it('answers HEAD as GET without the body', async () => {
        const response = await call('/notes/1', { method: 'HEAD' })
        assert.equal(response.status, 200)
        assert.equal(await response.text(), '')
      })
      it('keeps the request id it was given, and makes one otherwise', async () => {
        const given = await call('/notes/1', { headers: { 'x-request-id': 'abc-1' } })
        assert.equal(given.headers.get('x-request-id'), 'abc-1')
        const odd = await call('/notes/1', { headers: { 'x-request-id': 'a b<script>' } })
        assert.match(odd.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
      })
    })

    describe('sessions', () => {
      it('refuses a caller without one', async () => {
        await problem(await rpc('notes.mine', {}), 401, 'UNAUTHENTICATED')
        await problem(await rpc('notes.mine', {}, { authorization: 'Bearer wrong' }), 401, 'UNAUTHENTICATED')
        await problem(await rpc('notes.mine', {}, { cookie: 'sid=nobody' }), 401, 'UNAUTHENTICATED')
      })
      it('takes a bearer token or a cookie', async () => {
        assert.equal(await (await rpc('notes.mine', {}, { authorization: 'Bearer bob-token' })).json(), 'bob')
        assert.equal(await (await rpc('notes.mine', {}, { cookie: 'a=b; sid=ann' })).json(), 'ann')
      })
      it('refuses whom a permission refuses', async () => {
        const body = { id: '3', text: 'x' }
        await problem(await rpc('notes.put', body, { authorization: 'Bearer bob-token' }), 403, 'FORBIDDEN')
        assert.equal(notes.has('3'), false)
      })
      it('sets a cookie that scripts cannot read', async () => {
        const response = await rpc('notes.signIn', {})
        assert.equal(response.headers.get('set-cookie'), 'sid=ann; Path=/; HttpOnly; SameSite=Lax')
      })
      it('sets a __Host- cookie with Secure for every host that is not this machine', async () => {
        const { headers } = await raw(server, {
          method: 'POST',
          path: '/rpc/notes.signIn',
          headers: { host: 'app.example.org', 'content-type': 'application/json' },
          body: '{}',
        })
        assert.deepEqual(headers['set-cookie'], ['__Host-sid=ann; Path=/; HttpOnly; Secure; SameSite=Lax'])
      })
      it('trusts a cookie only from its own and from allowed origins', async () => {
        const from = (headers: Record<string, string>) => rpc('notes.mine', {}, { cookie: 'sid=ann', ...headers })
        await problem(await from({ origin: 'https://evil.example' }), 403, 'FORBIDDEN')
        await problem(await from({ origin: 'null' }), 403, 'FORBIDDEN')
        await problem(await from({ 'sec-fetch-site': 'cross-site' }), 403, 'FORBIDDEN')
        assert.equal((await from({ origin: server.url })).status, 200)
        assert.equal((await from({ origin: 'https://app.example.com' })).status, 200)
      })
      it('reflects an allowed origin and no other', async () => {
        const preflight = (origin: string) =>
          call('/rpc/notes.mine', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })
        const allowed = await preflight('https://app.example.com')
        assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example.com')
        assert.equal((await preflight('https://evil.example')).headers.get('access-control-allow-origin'), null)
      })
    })

    describe('bad input', () => {
      const malformed = [
        '',
        ' ',
        '{',
        '{"text":}',
        '[1,]',
        'nul',
        '{"text":"a"} x',
        '\u0000',
        '{"a":1e}',
        '"\\x"',
        'undefined',
      ]
      for (const body of malformed) {
        it(`answers 400 to the body ${JSON.stringify(body)}`, async () => {
          await problem(await rpc('notes.echo', body), 400, 'BAD_REQUEST')
        })
      }
      it('answers no body with a 5xx, whatever its bytes are', async () => {
        const body = fc.oneof(
          fc.json().map((text) => Buffer.from(text)),
          fc.string().map(Buffer.from),
          fc.uint8Array(),
        )
        await fc.assert(
          fc.asyncProperty(body, fc.constantFrom('notes.echo', 'notes.small', 'notes.put'), async (bytes, name) => {
            const headers = { 'content-type': 'application/json', authorization: 'Bearer bob-token' }
            const { status } = await call(`/rpc/${name}`, { method: 'POST', headers, body: new Uint8Array(bytes) })
            assert.ok(status < 500, String(status))
          }),
          { numRuns: 300 },
        )
      })
      it('answers 400 to bytes that are no UTF-8', async () => {
        const response = await call('/rpc/notes.echo', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
        })
        await problem(response, 400, 'BAD_REQUEST')
      })
      it('names each place that does not fit, and never what was sent', async () => {
        const body = await problem(await rpc('notes.echo', { text: 5, count: 'hunter2' }), 400, 'INVALID_INPUT')
        assert.deepEqual(
          (body.issues as { path: unknown }[]).map(({ path }) => path),
          [['text'], ['count']],
        )
        assert.doesNotMatch(JSON.stringify(body), /hunter2/)
      })
      for (const wire of [null, 1, 'text', [], [{}], true]) {
        it(`answers 400 to ${JSON.stringify(wire)} in place of an object`, async () => {
          await problem(await rpc('notes.echo', JSON.stringify(wire)), 400, 'INVALID_INPUT')
        })
      }
      it('answers 400 to a missing key', async () => {
        const body = await problem(await rpc('notes.echo', {}), 400, 'INVALID_INPUT')
        assert.deepEqual((body.issues as { path: unknown }[])[0]?.path, ['text'])
      })
      it('answers 400 to query values that are not what the contract has', async () => {
        for (const query of ['page=x', 'page=', 'page=0x10', 'page=1&page=2', 'page=Infinity', 'open=1', 'open=']) {
          await problem(await call(`/notes/find?${query}`), 400, 'INVALID_INPUT')
        }
      })
      it('answers 415 to another content type, and to none', async () => {
        for (const type of [
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data; boundary=x',
          'application/jsonp',
        ]) {
          await problem(
            await rpc('notes.echo', '{"text":"a"}', { 'content-type': type }),
            415,
            'UNSUPPORTED_MEDIA_TYPE',
          )
        }
        const response = await call('/rpc/notes.echo', { method: 'POST', body: new Uint8Array([0x7b, 0x7d]) })
        await problem(response, 415, 'UNSUPPORTED_MEDIA_TYPE')
      })
      it('takes a request without a body for one with {}', async () => {
        await problem(await call('/rpc/notes.echo', { method: 'POST' }), 400, 'INVALID_INPUT')
        const init = { method: 'POST', headers: { authorization: 'Bearer bob-token' } }
        assert.equal(await (await call('/rpc/notes.mine', init)).json(), 'bob')
      })
      it('takes JSON with a charset', async () => {
        const response = await rpc('notes.echo', '{"text":"a"}', { 'content-type': 'application/json; charset=UTF-8' })
        assert.equal(response.status, 200)
      })
      it('answers 413 by the announced length, before the body is read', async () => {
        await problem(await rpc('notes.echo', { text: 'x'.repeat(1_048_577) }), 413, 'PAYLOAD_TOO_LARGE')
        await problem(await rpc('notes.small', { text: 'x'.repeat(64) }), 413, 'PAYLOAD_TOO_LARGE')
      })
      it('answers 413 to chunks that announce no length', async () => {
        const chunks = new ReadableStream({
          pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(65_536))),
        })
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: chunks, duplex: 'half' }
        await problem(await call('/rpc/notes.echo', init as RequestInit), 413, 'PAYLOAD_TOO_LARGE')
      })
      it('reads chunks that announce no length and fit', async () => {
        const body = new Blob(['{"text":', '"a"}']).stream()
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
        assert.deepEqual(await (await call('/rpc/notes.echo', init as RequestInit)).json(), { text: 'a' })
      })
      it('answers 400 to deep JSON, whatever it is made of', async () => {
        await problem(await rpc('notes.echo', '['.repeat(5000)), 400, 'BAD_REQUEST')
        await problem(await rpc('notes.echo', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`), 400, 'BAD_REQUEST')
        const brackets = JSON.stringify({ text: '"[{\\'.repeat(1000) })
        assert.equal((await rpc('notes.echo', brackets)).status, 200)
      })
      it('refuses __proto__ as a key, spelled out or escaped, and pollutes nothing', async () => {
        await problem(await rpc('notes.echo', '{"text":"a","__proto__":{"polluted":1}}'), 400, 'BAD_REQUEST')
        await problem(await rpc('notes.echo', '{"text":"a","\\u005f_proto__":{"polluted":1}}'), 400, 'BAD_REQUEST')
        assert.deepEqual(await (await rpc('notes.echo', '{"text":"__proto__","constructor":{"prototype":1}}')).json(), {
          text: '__proto__',
        })
        assert.equal('polluted' in {}, false)
      })
      for (const name of [
        '__proto__',
        'constructor',
        'prototype',
        'toString',
        'notes',
        'notes.',
        'notes.__proto__',
        'notes.nope',
      ]) {
        it(`answers 404 to the operation ${name}`, async () => {
          await problem(await rpc(name, {}), 404, 'NOT_FOUND')
        })
      }
      it('answers 404 to unknown and hostile routes', async () => {
        for (const path of ['/nothing', '/__proto__', '/notes', '/rpc', '/rpc/', '/notes/1/2', '/%2e%2e/etc/passwd']) {
          await problem(await call(path), 404, 'NOT_FOUND')
        }
        await problem(await call('/notes/constructor'), 404, 'NOTE_MISSING')
        await problem(await call('/notes/%E0%A4%A'), 404, 'NOTE_MISSING')
      })
      it('answers 405 with Allow to another method, and 204 to OPTIONS', async () => {
        const response = await call('/notes/1', { method: 'DELETE' })
        assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS, PUT')
        await problem(response, 405, 'METHOD_NOT_ALLOWED')
        await problem(await call('/rpc/notes.echo'), 405, 'METHOD_NOT_ALLOWED')
        assert.equal((await call('/rpc/notes.echo', { method: 'OPTIONS' })).status, 204)
      })
      it('is not held up by paths that are made for it', async () => {
        const path = `/${'a'.repeat(4000)}%21`
        await problem(await call(path), 404, 'NOT_FOUND')
        await problem(await call(`/${'a/'.repeat(2000)}%21`), 404, 'NOT_FOUND')
      })
      it('lives through request targets that are no addresses', async () => {
        for (const target of ['//', 'http://[', '/\\', '*', '/%', '/rpc/%00', '///x', 'notes']) {
          const answer = await rawLine(server, `GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
          assert.match(answer, /^HTTP\/1\.1 4\d\d /, target)
        }
        assert.equal((await call('/notes/1')).status, 200)
      })
    })

    describe('errors', () => {
      it('answers a declared error with its data', async () => {
        const body = await problem(await call('/notes/9'), 404, 'NOTE_MISSING')
        assert.deepEqual(body.data, { id: '9' })
      })
      it('keeps what an unknown error says on the server', async () => {
        const body = await problem(await rpc('notes.fail', {}), 500, 'INTERNAL')
        assert.doesNotMatch(JSON.stringify(body), /hunter2|stack|\.ts/)
        assert.ok(log.lines.some((line) => line.includes('hunter2') && line.includes(String(body.requestId))))
      })
      it('answers 500 when a handler returns what its contract does not allow', async () => {
        const body = await problem(await rpc('notes.lie', {}), 500, 'INTERNAL')
        assert.doesNotMatch(JSON.stringify(body), /no number|expected/)
      })
      it('cuts a handler at its deadline', async () => {
        await problem(await rpc('notes.slow', {}), 504, 'TIMEOUT')
      })
    })

    describe('streams', () => {
      it('sends each item as an event, and says when it is done', async () => {
        const response = await call('/notes/ticks/3')
        assert.equal(response.headers.get('content-type'), 'text/event-stream')
        assert.equal(await response.text(), 'data: 1\n\ndata: 2\n\ndata: 3\n\nevent: done\ndata:\n\n')
      })
      it('refuses a bad input before the stream begins', async () => {
        await problem(await call('/notes/ticks/x'), 400, 'INVALID_INPUT')
      })
      it('says that it failed, and not why', async () => {
        const text = await (await call('/notes/ticks/20')).text()
        assert.match(text, /data: 12\n\nevent: error\ndata: \{.*"code":"INTERNAL"/)
        assert.doesNotMatch(text, /unlucky/)
      })
      it('ends the generator when the reader leaves', async () => {
        notes.delete('ticks')
        const leave = new AbortController()
        await call('/notes/ticks/0', { signal: leave.signal })
        leave.abort()
        const ended = (async () => {
          while (!notes.has('ticks')) await new Promise((resolve) => setImmediate(resolve))
        })()
        await ended
      })
    })
  })

/** What the tests need of a server. */
type Served = Pick<NodeServer, 'url' | 'port' | 'close'>

interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** A request with headers that `fetch` does not let one set. */
function raw(server: Served, { body, ...options }: RawRequest): Promise<{ headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: server.port, ...options }, (response) => {
      response.resume()
      response.on('end', () => resolve(response))
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** What the server answers to exactly these bytes. */
function rawLine(server: Served, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(server.port, 'localhost', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
