import assert from 'node:assert/strict'
import { SignJWT } from 'jose'
import { group } from '../behaviour.ts'
import { tokenSecret } from '../src/session.ts'
import { problem, type Target } from '../target.ts'

const who = async (target: Target, headers: Record<string, string>) =>
  (await target.rpc('access.who', {}, headers)).json()

const token = (claims: object) =>
  new SignJWT({ iss: 'https://login.example.com', aud: 'conformance', sub: 'dora', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(tokenSecret))

/** The cookie of whoever signs in. */
async function sealedFor(target: Target, user: string): Promise<string> {
  const response = await target.rpc('access.seal', { user })
  const [cookie = ''] = response.headers.getSetCookie()
  const [pair = ''] = cookie.split(';')
  assert.equal(cookie.replace(/(?<=box=)Fe26\.2[^;]+/, ''), target.setCookie('box=; Max-Age=604800; Path=/'))
  return pair
}

export const credentials = group('credentials', (it) => {
  it('takes a JSON Web Token', async (target) => {
    assert.equal(await who(target, { authorization: `Bearer ${await token({})}` }), 'dora')
    assert.equal(await who(target, { authorization: `bearer ${await token({})}` }), 'dora')
  })
  it('takes an API key', async (target) => {
    assert.equal(await who(target, { 'x-api-key': 'key-of-carl' }), 'carl')
  })
  it('takes the cookie that it sealed', async (target) => {
    assert.equal(await who(target, { cookie: await sealedFor(target, 'eve') }), 'eve')
  })
  it('lets no cache keep an answer that sets a cookie, whatever its function says', async (target) => {
    const response = await target.rpc('access.seal', { user: 'eve' })
    assert.equal(response.headers.get('cache-control'), 'no-store')
  })
  it('takes a cookie that was changed for none', async (target) => {
    const cookie = await sealedFor(target, 'eve')
    assert.equal(await who(target, { cookie: `${cookie}x` }), null)
    assert.equal(await who(target, { cookie: target.cookie('box=Fe26.2*******') }), null)
  })
  it('refuses a token and a key that are not valid, though nobody has to sign in', async (target) => {
    const wrong: Record<string, string>[] = [
      { authorization: 'Bearer nonsense' },
      { authorization: 'Bearer ' },
      { authorization: 'Bearer a b' },
      { authorization: 'Bearer "quoted"' },
      { authorization: `Bearer ${await token({ aud: 'others' })}` },
      { 'x-api-key': 'key-of-nobody' },
      { 'x-api-key': '' },
    ]
    for (const headers of wrong) {
      const body = await problem(await target.rpc('access.who', {}, headers), 401, 'UNAUTHENTICATED')
      assert.equal(body.detail, 'The credential of this request is not valid.', JSON.stringify(headers))
    }
  })
  it('takes no cookie in place of a token or a key that is not valid', async (target) => {
    for (const headers of [{ authorization: 'Bearer nonsense' }, { 'x-api-key': 'nonsense' }]) {
      const refused = await target.rpc('notes.mine', {}, { ...headers, cookie: target.cookie('sid=ann') })
      await problem(refused, 401, 'UNAUTHENTICATED')
    }
  })
  it('leaves other schemes of authorization alone', async (target) => {
    assert.equal(await who(target, { authorization: 'Basic YTpi' }), null)
    assert.equal(await who(target, { authorization: 'Basic YTpi', cookie: target.cookie('sid=ann') }), 'ann')
  })
  it('says with 401 how to come back, and of a token that it is not valid', async (target) => {
    const cookies = ['sid', 'box'].map((name) => `Cookie cookie-name="${target.cookie(name)}"`)
    const others = `ApiKey header="x-api-key", ${cookies.join(', ')}`
    const without = await target.rpc('notes.mine', {})
    assert.equal(without.headers.get('www-authenticate'), `Bearer, ${others}`)
    const wrong = await target.rpc('notes.mine', {}, { authorization: 'Bearer nonsense' })
    assert.equal(wrong.headers.get('www-authenticate'), `Bearer error="invalid_token", ${others}`)
    const refused = await target.rpc('notes.put', { id: '4', text: 'x' }, { authorization: 'Bearer bob-token' })
    assert.equal(refused.headers.get('www-authenticate'), null)
  })
  it('removes its cookies', async (target) => {
    const response = await target.rpc('access.signOut', {}, { cookie: target.cookie('sid=ann') })
    assert.deepEqual(response.headers.getSetCookie(), [
      target.setCookie('sid=; Max-Age=0; Path=/'),
      target.setCookie('box=; Max-Age=0; Path=/'),
    ])
  })
  it('believes the browser about where a request with a cookie comes from', async (target) => {
    const from = (headers: Record<string, string>) =>
      target.rpc('notes.mine', {}, { cookie: target.cookie('sid=ann'), ...headers })
    // A proxy that names another host: the page's origin is not that of the request.
    const page = { origin: 'https://public.example' }
    assert.equal((await from({ ...page, 'sec-fetch-site': 'same-origin' })).status, 200)
    assert.equal((await from({ 'sec-fetch-site': 'none' })).status, 200)
    assert.equal((await from({ origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' })).status, 200)
    for (const site of ['cross-site', 'same-site', 'nonsense']) {
      await problem(await from({ ...page, 'sec-fetch-site': site }), 403, 'FORBIDDEN')
      // By its host alone a page without https would pass for this one.
      await problem(await from({ origin: target.url, 'sec-fetch-site': site }), 403, 'FORBIDDEN')
    }
  })
  it('lets no form of another origin use a cookie, where forms are taken and where they are not', async (target) => {
    const files = new FormData()
    files.append('title', 'Summer')
    files.append('cover', new File(['png'], 'cover.png'))
    const forms = [
      ['/rpc/uploads.sign', new URLSearchParams({ name: 'Ann', age: '40' })],
      ['/rpc/uploads.album', files],
    ] as const
    for (const [path, body] of forms) {
      const from = (headers: Record<string, string>) =>
        target.refusal(() =>
          target.call(path, { method: 'POST', body, headers: { cookie: target.cookie('sid=ann'), ...headers } }),
        )
      await problem(await from({ origin: 'https://evil.example' }), 403, 'FORBIDDEN')
      await problem(await from({ origin: 'null' }), 403, 'FORBIDDEN')
      await problem(await from({ 'sec-fetch-site': 'same-site' }), 403, 'FORBIDDEN')
      assert.equal((await from({ origin: target.url })).status, 200)
    }
    const headers = { cookie: target.cookie('sid=ann'), origin: 'https://evil.example', 'content-type': 'text/plain' }
    await problem(await target.rpc('notes.mine', 'a=1', headers), 403, 'FORBIDDEN')
  })
  it('asks no token and no key where they come from: no browser sends them by itself', async (target) => {
    const origin = { origin: 'https://evil.example' }
    const answer = await target.rpc('notes.mine', {}, { authorization: 'Bearer bob-token', ...origin })
    assert.equal(await answer.json(), 'bob')
    const byKey = await target.rpc('notes.mine', {}, { 'x-api-key': 'key-of-carl', ...origin })
    assert.equal(await byKey.json(), 'carl')
  })
  it('asks at a route for the permissions that it adds, and for those of its function', async (target) => {
    const post = (path: string, headers: Record<string, string>) => target.call(path, { method: 'POST', headers })
    const bob = { authorization: 'Bearer bob-token' }
    const ann = { cookie: target.cookie('sid=ann') }
    assert.equal(await (await post('/owners/ann', ann)).json(), 'ann')
    await problem(await post('/admin/owners/ann', ann), 403, 'FORBIDDEN')
    assert.equal(await (await post('/admin/owners/bob', bob)).json(), 'bob')
    await problem(await post('/admin/owners/ann', bob), 403, 'FORBIDDEN')
    await problem(await post('/admin/owners/bob', {}), 401, 'UNAUTHENTICATED')
    for (const name of ['guarded.open', 'app.open', 'app.postAdminOwnersOwner'])
      await problem(await target.rpc(name, { owner: 'bob' }, bob), 404, 'NOT_FOUND')
  })
})
