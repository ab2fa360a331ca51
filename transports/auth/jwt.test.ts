import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { type JwtKey, type JwtOptions, jwt } from './jwt.ts'
import { callBy } from './testing/call.ts'

interface Session {
  user: string
}
const options: JwtOptions<unknown, Session> = {
  issuer: 'https://login.test',
  audience: 'notes',
  session: (_services, { sub }) => (sub === undefined || sub === 'banned' ? undefined : { user: sub }),
}
const signer = await generateKeyPair('ES256', { extractable: true })
const stranger = await generateKeyPair('ES256')
const pem = await exportSPKI(signer.publicKey)
const tokens = jwt({ ...options, key: pem, algorithms: ['ES256'] })

/** A token that is good, but for what a test changes; a claim that is `undefined` is left out. */
function token(claims: object = {}, header: object = {}): SignJWT {
  const good = { sub: 'ann', iss: 'https://login.test', aud: 'notes', exp: now() + 600 }
  return new SignJWT({ ...good, ...claims }).setProtectedHeader({ alg: 'ES256', ...header })
}
const signed = (claims?: object, header?: object) => token(claims, header).sign(signer.privateKey)
const now = () => Math.floor(Date.now() / 1000)

async function resolve(text: string, source = tokens): Promise<Session | undefined> {
  return source.resolve(undefined, text, callBy().call)
}

describe('a JSON Web Token', () => {
  it('makes the session, whatever form the key has', async () => {
    const jwk = await exportJWK(signer.publicKey)
    for (const key of [pem, jwk, signer.publicKey]) {
      assert.deepEqual(await resolve(await signed(), jwt({ ...options, key, algorithms: ['ES256'] })), { user: 'ann' })
    }
  })
  const wrong: Record<string, () => Promise<string> | string> = {
    'has expired': () => signed({ exp: now() - 6 }),
    'never expires': () => signed({ exp: undefined }),
    'is not valid yet': () => signed({ nbf: now() + 60 }),
    'is of another issuer': () => signed({ iss: 'https://login.evil.test' }),
    'is of nobody': () => signed({ iss: undefined }),
    'is meant for somebody else': () => signed({ aud: ['mail'] }),
    'is meant for nobody': () => signed({ aud: undefined }),
    'is signed by somebody else': () => token().sign(stranger.privateKey),
    'is not signed': () =>
      new UnsecuredJWT({ sub: 'ann', iss: 'https://login.test', aud: 'notes' }).setExpirationTime('1h').encode(),
    'was changed': async () => {
      const [head = '', , signature = ''] = (await signed()).split('.')
      const claims = { sub: 'root', iss: 'https://login.test', aud: 'notes', exp: now() + 600 }
      return [head, btoa(JSON.stringify(claims)).replaceAll('=', ''), signature].join('.')
    },
    'is signed with the public key as a secret': () => token({}, { alg: 'HS256' }).sign(new TextEncoder().encode(pem)),
    'brings its own key': async () => token({}, { jwk: await exportJWK(stranger.publicKey) }).sign(stranger.privateKey),
    'stands for nobody': () => signed({ sub: 'banned' }),
    'is no token': () => 'a.b.c',
    'is not even that': () => '....',
  }
  for (const [what, make] of Object.entries(wrong)) {
    it(`makes none when it ${what}`, async () => assert.equal(await resolve(await make()), undefined))
  }
  it('may differ by the clock tolerance, 5 s unless it is said', async () => {
    const late = await signed({ exp: now() - 3 })
    assert.deepEqual(await resolve(late), { user: 'ann' })
    const strict = jwt({ ...options, key: pem, algorithms: ['ES256'], clockTolerance: 0 })
    assert.equal(await resolve(late, strict), undefined)
  })
  it('must have the type and the claims that are asked for', async () => {
    const source = jwt({ ...options, key: pem, algorithms: ['ES256'], type: 'at+jwt', requiredClaims: ['jti'] })
    const typ = { typ: 'at+jwt' }
    assert.equal(await resolve(await signed({ jti: '1' }), source), undefined)
    assert.equal(await resolve(await signed({}, typ), source), undefined)
    assert.deepEqual(await resolve(await signed({ jti: '1' }, typ), source), { user: 'ann' })
  })
  it('that is refused is told why in the log, and never what it was', async () => {
    const { call, lines } = callBy()
    const expired = await signed({ exp: now() - 60 })
    await tokens.resolve(undefined, expired, call)
    assert.match(lines.join(), /a token was refused .*exp/)
    assert.doesNotMatch(lines.join(), new RegExp(expired.split('.')[2] ?? ''))
  })
})

describe('the algorithms of tokens', () => {
  const secret = 'x'.repeat(32)
  it('take a secret where they are made of one', async () => {
    const source = jwt({ ...options, secret, algorithms: ['HS256'] })
    const good = await token({}, { alg: 'HS256' }).sign(new TextEncoder().encode(secret))
    assert.deepEqual(await resolve(good, source), { user: 'ann' })
    assert.equal(await resolve(await signed(), source), undefined)
  })
  const mistakes: Record<string, { readonly [option: string]: unknown }> = {
    'HS256 with a public key': { key: pem, algorithms: ['HS256'] },
    'HS256 with keys from an address': { jwks: new URL('https://login.test/keys'), algorithms: ['ES256', 'HS256'] },
    'ES256 with a secret': { secret, algorithms: ['ES256'] },
    none: { key: pem, algorithms: ['none'] },
    'no algorithm': { key: pem, algorithms: [] },
    'a secret that is too short': { secret: 'x'.repeat(63), algorithms: ['HS512'] },
    'keys fetched without https': { jwks: new URL('http://login.test/keys'), algorithms: ['ES256'] },
  }
  for (const [what, mistake] of Object.entries(mistakes)) {
    it(`are refused at the start: ${what}`, () => {
      assert.throws(() => jwt({ ...options, ...(mistake as JwtKey) }), { name: 'TypeError' })
    })
  }
})

describe('keys from an address', () => {
  const served: { keys: JWK[]; status: number; requests: number } = { keys: [], status: 200, requests: 0 }
  const server = createServer((_request, response) => {
    served.requests++
    response.writeHead(served.status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: served.keys }))
  })
  let jwks: URL
  before(async () => {
    server.listen(0)
    await once(server, 'listening')
    jwks = new URL(`http://localhost:${(server.address() as AddressInfo).port}/keys`)
    served.keys = [{ ...(await exportJWK(signer.publicKey)), kid: 'first', alg: 'ES256' }]
  })
  after(() => server.close())
  const remote = () => jwt({ ...options, jwks, algorithms: ['ES256'] })
  const withKid = (kid: string, key = signer.privateKey) => token({}, { kid }).sign(key)

  it('are fetched once for many tokens', async () => {
    served.requests = 0
    const source = remote()
    const good = await withKid('first')
    const sessions = await Promise.all(Array.from({ length: 5 }, () => resolve(good, source)))
    assert.deepEqual(sessions, Array(5).fill({ user: 'ann' }))
    assert.deepEqual(await resolve(good, source), { user: 'ann' })
    assert.equal(served.requests, 1)
  })
  it('are not fetched again and again for keys that are not among them', async () => {
    served.requests = 0
    const source = remote()
    await resolve(await withKid('first'), source)
    for (const kid of ['a', 'b', 'c']) assert.equal(await resolve(await withKid(kid), source), undefined)
    assert.equal(served.requests, 1)
  })
  it('are fetched again for a new key, once the cooldown is over', async (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const source = remote()
    await resolve(await withKid('first'), source)
    served.keys.push({ ...(await exportJWK(stranger.publicKey)), kid: 'second', alg: 'ES256' })
    context.mock.timers.tick(31_000)
    assert.deepEqual(await resolve(await withKid('second', stranger.privateKey), source), { user: 'ann' })
    served.keys.pop()
  })
  it('that cannot be had make nobody wrong: the answer is 503, and they are asked for again after a second', async (context) => {
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() })
    const good = await withKid('first')
    const unavailable = { code: 'UNAVAILABLE', status: 503 }
    served.status = 500
    served.requests = 0
    const source = remote()
    for (let call = 0; call < 3; call++) await assert.rejects(resolve(good, source), unavailable)
    assert.equal(served.requests, 1)
    served.status = 200
    context.mock.timers.tick(1000)
    assert.deepEqual(await resolve(good, source), { user: 'ann' })
    const nobody = jwt({ ...options, jwks: new URL('http://localhost:1/keys'), algorithms: ['ES256'] })
    await assert.rejects(resolve(good, nobody), unavailable)
  })
  it('are not asked for tokens whose algorithm does not count', async () => {
    served.requests = 0
    const other = await token({}, { alg: 'HS256' }).sign(new Uint8Array(32))
    assert.equal(await resolve(other, remote()), undefined)
    assert.equal(served.requests, 0)
  })
})
