import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { sealed } from './sealed.ts'
import { callBy } from './testing/call.ts'

interface Session {
  user: string
}
const [older, newer] = [
  'an older secret of forty-two characters ..',
  'a newer secret of forty-two characters ..',
] as const
const cookie = sealed<Session>({ secrets: [newer], maxAge: 1000, lifetime: 1500 })

/** The cookie that somebody has who signed in. */
async function signedIn(source = cookie, session: Session = { user: 'ann' }): Promise<string> {
  const { call, cookie: sent } = callBy()
  await source.set(call, session)
  return sent(source.name)?.value ?? ''
}

function clock(context: TestContext) {
  context.mock.timers.enable({ apis: ['Date'], now: 1_800_000_000_000 })
  return (seconds: number) => context.mock.timers.tick(seconds * 1000)
}

describe('a sealed session', () => {
  it('is read back, and cannot be read by whoever has the cookie', async () => {
    const value = await signedIn()
    assert.doesNotMatch(value, /ann/)
    assert.deepEqual(await cookie.resolve(undefined, value, callBy().call), { user: 'ann' })
  })
  it('travels in a cookie that only this host gets, and no script', async () => {
    const { call, cookies } = callBy()
    await cookie.set(call, { user: 'ann' })
    const [{ value: _value, ...attributes } = { value: '' }] = cookies
    assert.deepEqual(attributes, {
      name: '__Host-session',
      maxAge: 1000,
      path: '/',
      httpOnly: true,
      sameSite: 'Lax',
      secure: true,
    })
  })
  it('is none when one character of it was changed, wherever', async () => {
    const value = await signedIn()
    for (let at = 0; at < value.length; at += 7) {
      const changed = value.slice(0, at) + (value[at] === 'A' ? 'B' : 'A') + value.slice(at + 1)
      assert.equal(await cookie.resolve(undefined, changed, callBy().call), undefined, `changed at ${at}`)
    }
  })
  it('is none when the cookie is anything else', async () => {
    for (const value of ['', 'x', 'Fe26.2', 'Fe26.2*******', '*'.repeat(7), 'Fe26.2**a*b*c**d*e', '{}', '__proto__']) {
      assert.equal(await cookie.resolve(undefined, value, callBy().call), undefined)
    }
  })
  it('of one cookie is none in another with the same secret', async () => {
    const admin = sealed<Session, 'admin'>({ name: 'admin', secrets: [newer] })
    assert.equal(await admin.resolve(undefined, await signedIn(), callBy().call), undefined)
  })
  it('is replaced by the one that is set after it, and removed by clear', async () => {
    const { call, cookies } = callBy()
    await cookie.set(call, { user: 'ann' })
    await cookie.set(call, { user: 'bob' })
    assert.equal(cookies.length, 1)
    assert.deepEqual(await cookie.resolve(undefined, cookies[0]?.value ?? '', callBy().call), { user: 'bob' })
    cookie.clear(call)
    assert.deepEqual([cookies.length, cookies[0]?.value, cookies[0]?.maxAge], [1, '', 0])
  })
})

describe('the secrets of sealed sessions', () => {
  it('all open, and what an older one opened is sealed with the first', async () => {
    const before = await signedIn(sealed<Session>({ secrets: [older] }))
    const rotated = sealed<Session>({ secrets: [newer, older] })
    const { call, cookie: sent } = callBy()
    assert.deepEqual(await rotated.resolve(undefined, before, call), { user: 'ann' })
    assert.deepEqual(await cookie.resolve(undefined, sent('session')?.value ?? '', callBy().call), { user: 'ann' })
    assert.equal(await cookie.resolve(undefined, before, callBy().call), undefined)
  })
  it('must be there, and long enough', () => {
    for (const secrets of [[], [''], ['short'], [newer, 'short']]) {
      assert.throws(() => sealed<Session>({ secrets }), {
        name: 'TypeError',
        message: /needs (a secret|secrets of 32)/,
      })
    }
  })
})

describe('the age of sealed sessions', () => {
  it('renews the cookie in its second half, and not before', async (context) => {
    const pass = clock(context)
    const value = await signedIn()
    pass(499)
    const early = callBy()
    assert.ok(await cookie.resolve(undefined, value, early.call))
    assert.equal(early.cookies.length, 0)
    pass(2)
    const late = callBy()
    assert.ok(await cookie.resolve(undefined, value, late.call))
    assert.equal(late.cookie('session')?.maxAge, 999)
  })
  it('ends them when they were not used, whatever the browser keeps', async (context) => {
    const pass = clock(context)
    const value = await signedIn()
    pass(1000)
    assert.equal(await cookie.resolve(undefined, value, callBy().call), undefined)
  })
  it('ends them at the end of their lifetime, however often they were renewed', async (context) => {
    const pass = clock(context)
    let value = await signedIn()
    for (let step = 0; step < 2; step++) {
      pass(600)
      const { call, cookie: sent } = callBy()
      assert.ok(await cookie.resolve(undefined, value, call))
      value = sent('session')?.value ?? value
    }
    pass(300)
    assert.equal(await cookie.resolve(undefined, value, callBy().call), undefined)
  })
})

describe('what is sealed', () => {
  it('fits into a cookie, or is refused with its size', async () => {
    const session = { user: 'x'.repeat(4000) }
    await assert.rejects(cookie.set(callBy().call, session), {
      name: 'TypeError',
      message: /^notes\.test sets the cookie __Host-session with \d{4} bytes, and browsers keep 4096\./,
    })
  })
  it('is JSON', async () => {
    const dated = sealed<{ at: Date }>({ secrets: [newer] })
    await assert.rejects(dated.set(callBy().call, { at: new Date() }), /notes\.test seals a session that is not JSON/)
  })
  it('counts only as long as the app says so', async () => {
    const checked = sealed({
      secrets: [newer],
      check: ({ banned }: { banned: Set<string> }, { user }: Session) => !banned.has(user),
    })
    const value = await signedIn(cookie)
    assert.deepEqual(await checked.resolve({ banned: new Set() }, value, callBy().call), { user: 'ann' })
    assert.equal(await checked.resolve({ banned: new Set(['ann']) }, value, callBy().call), undefined)
  })
})
