import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHono } from '../hono.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { isOwnPage } from './own-page.ts'

test('a page of the app is of the host that was asked, by whichever name of its port', () => {
  for (const [origin, url] of [
    ['https://a.example', 'https://a.example/rpc'],
    ['http://a.example', 'http://a.example/rpc'],
    ['http://localhost:3000', 'http://localhost:3000/rpc'],
    ['https://a.example:8443', 'http://a.example:8443/rpc'],
    // Behind a proxy that ends TLS.
    ['https://a.example', 'http://a.example/rpc'],
    ['https://a.example', 'http://a.example:443/rpc'],
    ['https://a.example', 'https://a.example:443/rpc'],
    ['http://a.example', 'http://a.example:80/rpc'],
    ['https://[::1]', 'http://[::1]:443/rpc'],
    ['https://A.example', 'http://a.EXAMPLE:443/rpc'],
  ] as const)
    assert.equal(isOwnPage(origin, url), true, `${origin} ${url}`)
})

test('no other page is', () => {
  for (const [origin, url] of [
    ['null', 'http://a.example/rpc'],
    ['', 'http://a.example/rpc'],
    ['https://evil.example', 'http://a.example/rpc'],
    ['https://evil.example', 'http://a.example:443/rpc'],
    ['https://evil.example:443', 'http://a.example:443/rpc'],
    ['https://a.example.evil', 'http://a.example:443/rpc'],
    ['https://sub.a.example', 'http://a.example:443/rpc'],
    ['https://a.example:443@evil.example', 'http://a.example:443/rpc'],
    ['https://a.example.', 'http://a.example:443/rpc'],
    // A server at another port is another one.
    ['https://a.example:8443', 'http://a.example:443/rpc'],
    ['https://a.example', 'http://a.example:8443/rpc'],
    ['https://a.example', 'http://a.example:4430/rpc'],
    ['https://a.example', 'https://a.example:80/rpc'],
    ['https://a.example:80', 'http://a.example/rpc'],
    ['http://a.example', 'http://a.example:443/rpc'],
    ['http://a.example:443', 'http://a.example/rpc'],
    ['ftp://a.example', 'http://a.example:443/rpc'],
    ['wss://a.example', 'http://a.example:443/rpc'],
    // Made by whoever is on the way.
    ['http://a.example', 'https://a.example/rpc'],
    ['http://a.example:443', 'https://a.example:443/rpc'],
  ] as const)
    assert.equal(isOwnPage(origin, url), false, `${origin} ${url}`)
})

test('a request with a cookie is taken from a page of the app behind a proxy, and from no other', async () => {
  const hono = createHono(app, setup())
  const from = async (origin: string) => {
    const headers = { cookie: '__Host-sid=ann', origin, 'content-type': 'application/json' }
    return (await hono.request('http://a.example:443/rpc/notes.mine', { method: 'POST', headers, body: '{}' })).status
  }
  assert.equal(await from('https://a.example'), 200)
  for (const origin of ['http://a.example', 'https://a.example:8443', 'https://evil.example', 'null'])
    assert.equal(await from(origin), 403, origin)
})
