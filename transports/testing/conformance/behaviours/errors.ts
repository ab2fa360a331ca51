import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const errors = group('errors', (it) => {
  it('answers a declared error with its data', async (target) => {
    const body = await problem(await target.call('/notes/9'), 404, 'NOTE_MISSING')
    assert.deepEqual(body.data, { id: '9' })
  })
  it('keeps what an unknown error says on the server', async (target) => {
    const body = await problem(await target.rpc('failures.unknown', {}), 500, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(body), /hunter2|stack|\.ts/)
    const lines = await target.logged(body.requestId)
    assert.ok(lines.some((line) => line.includes('hunter2')))
  })
  it('answers 500 when a handler returns what its contract does not allow', async (target) => {
    const body = await problem(await target.rpc('failures.lie', {}), 500, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(body), /no number|expected/)
  })
  it('cuts a handler at its deadline', async (target) => {
    await problem(await target.rpc('failures.slow', {}), 504, 'TIMEOUT')
  })
  it('answers 429 with Retry-After to more calls than are allowed', async (target) => {
    const first = await target.rpc('failures.seldom', {})
    assert.equal(first.status, 204)
    assert.equal(first.headers.get('ratelimit-policy'), '"0";q=2;w=60')
    assert.equal(first.headers.get('ratelimit'), '"0";r=1;t=60')
    assert.equal((await target.rpc('failures.seldom', {})).status, 204)
    const refused = await target.rpc('failures.seldom', {})
    assert.equal(refused.headers.get('retry-after'), '60')
    await problem(refused, 429, 'TOO_MANY_REQUESTS')
  })
  it('counts the calls of each session apart, once it is known and before the body is read', async (target) => {
    const call = (user: 'ann' | 'bob', body: unknown = { text: user }) =>
      target.rpc(
        'failures.seldomEach',
        body,
        user === 'ann' ? { cookie: target.cookie('sid=ann') } : { authorization: 'Bearer bob-token' },
      )
    assert.equal((await target.rpc('failures.seldomEach', {})).status, 401)
    assert.equal((await call('ann')).status, 200)
    await problem(await call('ann', '{'), 429, 'TOO_MANY_REQUESTS')
    assert.equal((await call('bob')).status, 200)
  })
})
