import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const sessions = group('sessions', (it) => {
  it('refuses a caller without one', async (target) => {
    await problem(await target.rpc('notes.mine', {}), 401, 'UNAUTHENTICATED')
    await problem(await target.rpc('notes.mine', {}, { authorization: 'Bearer wrong' }), 401, 'UNAUTHENTICATED')
    await problem(await target.rpc('notes.mine', {}, { cookie: 'sid=nobody' }), 401, 'UNAUTHENTICATED')
  })
  it('takes a bearer token or a cookie', async (target) => {
    assert.equal(await (await target.rpc('notes.mine', {}, { authorization: 'Bearer bob-token' })).json(), 'bob')
    assert.equal(await (await target.rpc('notes.mine', {}, { cookie: 'a=b; sid=ann' })).json(), 'ann')
  })
  it('refuses whom a permission refuses', async (target) => {
    const body = { id: '3', text: 'x' }
    await problem(await target.rpc('notes.put', body, { authorization: 'Bearer bob-token' }), 403, 'FORBIDDEN')
    assert.equal(await target.noted('3'), undefined)
  })
  it('sets a cookie that scripts cannot read', async (target) => {
    const response = await target.rpc('notes.signIn', {})
    assert.equal(response.headers.get('set-cookie'), 'sid=ann; Path=/; HttpOnly; SameSite=Lax')
  })
  it('sets a __Host- cookie with Secure for every host that is not this machine', async (target) => {
    const { headers } = await target.request('/rpc/notes.signIn', {
      headers: { host: 'app.example.org', 'content-type': 'application/json' },
      body: '{}',
    })
    assert.equal(headers.get('set-cookie'), '__Host-sid=ann; Path=/; HttpOnly; Secure; SameSite=Lax')
  })
  it('trusts a cookie only from its own and from allowed origins', async (target) => {
    const from = (headers: Record<string, string>) => target.rpc('notes.mine', {}, { cookie: 'sid=ann', ...headers })
    await problem(await from({ origin: 'https://evil.example' }), 403, 'FORBIDDEN')
    await problem(await from({ origin: 'null' }), 403, 'FORBIDDEN')
    await problem(await from({ 'sec-fetch-site': 'cross-site' }), 403, 'FORBIDDEN')
    assert.equal((await from({ origin: target.url })).status, 200)
    assert.equal((await from({ origin: 'https://app.example.com' })).status, 200)
  })
  it('lets a link of another site lead to reads alone, whatever else it says', async (target) => {
    const link = { cookie: 'sid=ann', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
    const read = await target.call('/notes/1', { headers: link })
    assert.deepEqual([read.status, read.headers.get('access-control-allow-origin')], [200, null])
    for (const override of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const text = `by ${override}`
      const path = `/notes/5?text=${encodeURIComponent(text)}&_method=PUT`
      await (await target.call(path, { headers: { ...link, [override]: 'PUT' } })).text()
      assert.equal(await target.noted('5'), undefined)
    }
    await problem(await target.call('/rpc/notes.put?id=5&text=x', { headers: link }), 405, 'METHOD_NOT_ALLOWED')
    const form = { ...link, 'content-type': 'application/x-www-form-urlencoded' }
    for (const method of ['PUT', 'POST']) {
      const path = method === 'PUT' ? '/notes/5' : '/rpc/notes.put'
      const response = await target.call(path, { method, headers: form, body: 'id=5&text=x' })
      assert.ok([403, 415].includes(response.status), String(response.status))
      await response.text()
    }
    assert.equal(await target.noted('5'), undefined)
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
