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
  it('lets a link of another site lead to reads alone, whatever else it says', async (target) => {
    const link = { cookie: target.cookie('sid=ann'), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
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
  it('lets pages of the origins that it trusts call with cookies, and those that it admits without', async (target) => {
    for (const [origin, allowed, credentials] of [
      ['https://app.example.com', 'https://app.example.com', 'true'],
      ['https://reader.example.com', 'https://reader.example.com', null],
      ['https://evil.example', null, null],
      ['null', null, null],
    ] as const) {
      for (const [path, status] of [
        ['/notes/1', 200],
        ['/notes/9', 404],
        ['/nothing', 404],
      ] as const) {
        const response = await target.call(path, { headers: { origin } })
        assert.equal(response.status, status)
        assert.equal(response.headers.get('access-control-allow-origin'), allowed, `${path} from ${origin}`)
        assert.equal(response.headers.get('access-control-allow-credentials'), credentials)
        const exposed = response.headers.get('access-control-expose-headers')
        assert.equal(exposed?.includes('x-request-id') && exposed.includes('x-both'), allowed ? true : undefined)
        await response.text()
      }
    }
  })
  it('tells caches that answers differ by origin, whoever asks', async (target) => {
    for (const path of ['/notes/1', '/downloads/page', '/nothing']) {
      const response = await target.call(path)
      assert.match(response.headers.get('vary') ?? '', /\borigin\b/i, path)
      await response.text()
    }
  })
  it('tells a page before it calls whether it may, and how', async (target) => {
    const ask = async (origin: string, headers: Record<string, string>) =>
      (await target.call('/rpc/notes.mine', { method: 'OPTIONS', headers: { origin, ...headers } })).headers
    const wanted = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-api-key',
    }
    const allowed = await ask('https://app.example.com', wanted)
    assert.equal(allowed.get('access-control-allow-origin'), 'https://app.example.com')
    assert.equal(allowed.get('access-control-allow-credentials'), 'true')
    assert.equal(allowed.get('access-control-allow-methods'), 'GET, HEAD, POST, PUT, PATCH, DELETE')
    assert.equal(allowed.get('access-control-allow-headers'), 'content-type,x-api-key')
    assert.equal(allowed.get('access-control-max-age'), '600')
    assert.equal((await ask('https://reader.example.com', wanted)).get('access-control-allow-credentials'), null)
    for (const name of ['origin', 'credentials', 'methods', 'headers'])
      assert.equal((await ask('https://evil.example', wanted)).get(`access-control-allow-${name}`), null)
    assert.notEqual((await ask('https://app.example.com', {})).get('allow'), null)
  })
})
