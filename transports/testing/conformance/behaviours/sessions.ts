import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const sessions = group('sessions', (it) => {
  it('refuses a caller without one', async (target) => {
    await problem(await target.rpc('notes.mine', {}), 401, 'UNAUTHENTICATED')
    await problem(await target.rpc('notes.mine', {}, { authorization: 'Bearer wrong' }), 401, 'UNAUTHENTICATED')
    await problem(await target.rpc('notes.mine', {}, { cookie: target.cookie('sid=nobody') }), 401, 'UNAUTHENTICATED')
  })
  it('takes a bearer token or a cookie', async (target) => {
    assert.equal(await (await target.rpc('notes.mine', {}, { authorization: 'Bearer bob-token' })).json(), 'bob')
    assert.equal(
      await (await target.rpc('notes.mine', {}, { cookie: `a=b; ${target.cookie('sid=ann')}` })).json(),
      'ann',
    )
  })
  it('refuses whom a permission refuses', async (target) => {
    const body = { id: '3', text: 'x' }
    await problem(await target.rpc('notes.put', body, { authorization: 'Bearer bob-token' }), 403, 'FORBIDDEN')
    assert.equal(await target.noted('3'), undefined)
  })
  it('sets a cookie that scripts cannot read', async (target) => {
    const response = await target.rpc('notes.signIn', {})
    assert.equal(response.headers.get('set-cookie'), target.setCookie('sid=ann; Path=/'))
  })
  it('sets a __Host- cookie with Secure for every host that is not this machine', async (target) => {
    const { headers } = await target.request('/rpc/notes.signIn', {
      headers: { host: 'app.example.org', 'content-type': 'application/json' },
      body: '{}',
    })
    assert.equal(headers.get('set-cookie'), '__Host-sid=ann; Path=/; HttpOnly; Secure; SameSite=Lax')
  })
  it('trusts a cookie only from its own and from allowed origins', async (target) => {
    const from = (headers: Record<string, string>) =>
      target.rpc('notes.mine', {}, { cookie: target.cookie('sid=ann'), ...headers })
    await problem(await from({ origin: 'https://evil.example' }), 403, 'FORBIDDEN')
    await problem(await from({ origin: 'null' }), 403, 'FORBIDDEN')
    await problem(await from({ 'sec-fetch-site': 'cross-site' }), 403, 'FORBIDDEN')
    assert.equal((await from({ origin: target.url })).status, 200)
    assert.equal((await from({ origin: 'https://app.example.com' })).status, 200)
  })
  it('reflects an allowed origin and no other', async (target) => {
    const preflight = (origin: string) =>
      target.call('/rpc/notes.mine', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const allowed = await preflight('https://app.example.com')
    assert.equal(allowed.headers.get('access-control-allow-origin'), 'https://app.example.com')
    assert.equal((await preflight('https://evil.example')).headers.get('access-control-allow-origin'), null)
  })
})
