import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { createHono } from '../hono.ts'
import { serve } from '../node.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { Target } from '../testing/conformance/target.ts'
import type { HttpRequest } from './endpoint.ts'
import { type TrustProxy, throughProxies } from './proxy.ts'

describe('an app behind a proxy that it trusts', () => {
  const options = { ...setup(), trustProxy: 1 }
  const headers = {
    'x-forwarded-for': '6.6.6.6, 1.2.3.4',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'app.example.org',
  }
  const roads = {
    'straight from node:http': async () => serve(app, { ...options, port: 0, signals: false }),
    'through Hono': async () => {
      const hono = createHono(app, options)
      const server = createServer(getRequestListener(hono.fetch, { overrideGlobalObjects: false })).listen(0)
      await once(server, 'listening')
      const { port } = server.address() as AddressInfo
      return { url: `http://localhost:${port}`, close: async () => void server.close() }
    },
  }
  for (const [road, start] of Object.entries(roads)) {
    it(`knows its callers and its own address, ${road}`, async () => {
      const server = await start()
      const target = new Target(server.url)
      assert.deepEqual(await (await target.rpc('probe.caller', {}, headers)).json(), {
        address: '1.2.3.4',
        protocol: 'https:',
        host: 'app.example.org',
      })
      const { headers: answered } = await target.rpc('notes.signIn', {}, { ...headers, connection: 'close' })
      assert.equal(answered.get('set-cookie'), '__Host-sid=ann; Path=/; HttpOnly; Secure; SameSite=Lax')
      await server.close()
    })
  }
})

function seen(trust: TrustProxy, headers: Record<string, string>, address: string | null = '10.0.0.1') {
  const request = new Request('http://internal:3000/todos?page=2', { headers })
  const through = throughProxies(
    {
      method: 'GET',
      url: request.url,
      address: address ?? undefined,
      request,
      signal: request.signal,
      header: (name) => request.headers.get(name) ?? undefined,
      param: () => undefined,
      queries: () => undefined,
      bytes: async () => new Uint8Array(),
      stream: () => new Blob().stream(),
    } satisfies HttpRequest,
    trust,
  )
  assert.equal(through.request.url, through.url)
  return [through.address, through.url]
}

const untouched = 'http://internal:3000/todos?page=2'
const told = { 'x-forwarded-for': '1.2.3.4', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example.com' }
const outside = 'https://app.example.com/todos?page=2'

describe('a request through proxies', () => {
  it('is as the connection has it when none is trusted', () => {
    assert.deepEqual(seen(0, told), ['10.0.0.1', untouched])
    assert.deepEqual(
      seen((address) => address === '10.0.0.2', told),
      ['10.0.0.1', untouched],
    )
  })
  it('is as the trusted proxy tells', () => {
    assert.deepEqual(seen(1, told), ['1.2.3.4', outside])
    assert.deepEqual(
      seen((address) => address === '10.0.0.1', told),
      ['1.2.3.4', outside],
    )
  })
  it('may come by a socket that has no address', () => {
    assert.deepEqual(seen(1, told, null), ['1.2.3.4', outside])
    assert.deepEqual(
      seen(() => true, told, null),
      [undefined, untouched],
    )
  })
  it('is as the outermost of those trusted tells, not as anybody before it', () => {
    const headers = {
      'x-forwarded-for': '6.6.6.6, 1.2.3.4, 10.0.0.2',
      'x-forwarded-proto': 'gopher, https, http',
      'x-forwarded-host': 'evil.example, app.example.com, internal',
    }
    assert.deepEqual(seen(2, headers), ['1.2.3.4', outside])
    assert.deepEqual(
      seen((address) => address.startsWith('10.'), headers),
      ['1.2.3.4', outside],
    )
    assert.deepEqual(seen(1, headers), ['10.0.0.2', 'http://internal/todos?page=2'])
  })
  it('has the address of the connection when nothing else is told', () => {
    assert.deepEqual(seen(1, {}), ['10.0.0.1', untouched])
    assert.deepEqual(seen(3, { 'x-forwarded-for': '1.2.3.4' }), ['1.2.3.4', untouched])
  })
  it('has addresses without their ports, and the port of the host that is told', () => {
    assert.equal(seen(1, { 'x-forwarded-for': '1.2.3.4:567' })[0], '1.2.3.4')
    assert.equal(seen(1, { 'x-forwarded-for': '[2001:db8::1]:567' })[0], '2001:db8::1')
    assert.equal(seen(1, { 'x-forwarded-host': '[::1]:8443' })[1], 'http://[::1]:8443/todos?page=2')
  })
  it('keeps its own host and scheme when what is told is none', () => {
    for (const host of ['a/b', 'a@b', 'a b', '', 'http://a', 'a:b', '\\', '[', `${'a.'.repeat(5000)}!`]) {
      assert.equal(seen(1, { 'x-forwarded-host': host, 'x-forwarded-proto': 'javascript' })[1], untouched, host)
    }
  })
})
