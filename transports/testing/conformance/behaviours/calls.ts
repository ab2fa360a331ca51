import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const calls = group('calls', (it) => {
  it('answers an RPC call with the decoded and encoded value', async (target) => {
    const response = await target.rpc('notes.echo', { text: 'hi', at: '2026-01-02T04:04:05+01:00' })
    assert.equal(response.status, 200)
    assert.deepEqual(await response.json(), { text: 'hi', at: '2026-01-02T03:04:05.000Z' })
  })
  it('drops keys that the contract does not name, on both sides', async (target) => {
    assert.deepEqual(await (await target.rpc('notes.echo', { text: 'hi', admin: true })).json(), { text: 'hi' })
    assert.deepEqual(await (await target.call('/notes/1')).json(), { id: '1', text: 'first' })
  })
  it('reads numbers, booleans and lists from the query by contract', async (target) => {
    const response = await target.call('/notes/find?tags=a&tags=b&page=2&open=false&other=1')
    assert.deepEqual(await response.json(), { tags: ['a', 'b'], page: 2, open: false })
  })
  it('takes a list that must be there for empty when the query has none of it', async (target) => {
    assert.deepEqual(await (await target.call('/notes/tagged?tags=a&tags=b')).json(), ['a', 'b'])
    assert.deepEqual(await (await target.call('/notes/tagged')).json(), [])
    await problem(await target.rpc('notes.tagged', {}), 400, 'INVALID_INPUT')
  })
  it('prefers a fixed path to one with a parameter', async (target) => {
    assert.deepEqual(await (await target.call('/notes/find')).json(), {})
  })
  it('answers 204 when there is no output', async (target) => {
    const response = await target.call('/notes/2', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', cookie: target.cookie('sid=ann') },
      body: '{"text":"second"}',
    })
    assert.equal(response.status, 204)
    assert.equal(await target.noted('2'), 'second')
  })
  it('answers HEAD as GET without the body', async (target) => {
    const response = await target.call('/notes/1', { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
  })
  it('knows the address of who calls', 'addresses', async (target) => {
    const { address } = await target.ask<{ address?: string }>('probe.caller', {})
    assert.match(address ?? '', /^(?:127\.0\.0\.1|::1)$/)
  })
  it('believes no proxy that it was not told of', 'proxies', async (target) => {
    const before = await target.ask('probe.caller', {})
    const headers = {
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'app.example.org',
    }
    assert.deepEqual(await (await target.rpc('probe.caller', {}, headers)).json(), before)
  })
  it('keeps the request id it was given, and makes one otherwise', async (target) => {
    const given = await target.call('/notes/1', { headers: { 'x-request-id': 'abc-1' } })
    assert.equal(given.headers.get('x-request-id'), 'abc-1')
    const odd = await target.call('/notes/1', { headers: { 'x-request-id': 'a b<script>' } })
    assert.match(odd.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/)
  })
  it('tells browsers to take data for nothing else, whether it succeeds or not', async (target) => {
    for (const response of [
      await target.call('/notes/1'),
      await target.call('/nothing'),
      await target.rpc('notes.mine', {}),
    ]) {
      await response.text()
      const { headers } = response
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
      assert.equal(headers.get('content-security-policy'), "default-src 'none'; frame-ancestors 'none'")
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      const https = target.isSecure ? 'max-age=15552000' : null
      assert.equal(headers.get('strict-transport-security'), https)
    }
  })
})
