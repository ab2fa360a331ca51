import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem, type Target } from '../target.ts'

export const idempotency = group('idempotency keys', (it) => {
  const add = (target: Target, key: string | undefined, body: object) =>
    target.rpc('notes.addOnce', body, key === undefined ? {} : { 'idempotency-key': key })

  it('make a call once, and answer it alike when it comes again', async (target) => {
    const id = crypto.randomUUID()
    const first = await add(target, id, { id })
    const again = await add(target, `"${id}"`, { id })
    assert.deepEqual([first.status, first.headers.get('idempotency-replayed')], [201, null])
    assert.deepEqual([again.status, again.headers.get('idempotency-replayed')], [201, 'true'])
    assert.deepEqual(await first.json(), { times: 1, at: '1970-01-01T00:00:00.000Z' })
    assert.deepEqual(await again.json(), { times: 1, at: '1970-01-01T00:00:00.000Z' })
    assert.equal(await target.noted(id), '1')
  })
  it('are not needed, and each makes a call of its own', async (target) => {
    const id = crypto.randomUUID()
    for (const key of [undefined, undefined, `${id}a`, `${id}b`])
      assert.equal((await add(target, key, { id })).status, 201)
    assert.equal(await target.noted(id), '4')
  })
  it('answer an error alike too, with its data', async (target) => {
    const id = crypto.randomUUID()
    const first = await problem(await add(target, id, { id, fail: true }), 404, 'NOTE_MISSING')
    const again = await problem(await add(target, id, { id, fail: true }), 404, 'NOTE_MISSING')
    assert.deepEqual([first.data, again.data], [{ id }, { id }])
    assert.equal(await target.noted(id), '1')
  })
  it('are refused with another input, which is not run', async (target) => {
    const id = crypto.randomUUID()
    await add(target, id, { id })
    await problem(await add(target, id, { id, fail: true }), 422, 'IDEMPOTENCY_KEY_REUSED')
    assert.equal(await target.noted(id), '1')
  })
  it('of several callers have nothing to do with each other', async (target) => {
    const id = crypto.randomUUID()
    const as = (headers: Record<string, string>) =>
      target.rpc('notes.addOnce', { id }, { 'idempotency-key': id, ...headers })
    await as({})
    await as({ cookie: target.cookie('sid=ann') })
    await as({ authorization: 'Bearer bob-token' })
    assert.equal((await as({ cookie: target.cookie('sid=ann') })).headers.get('idempotency-replayed'), 'true')
    assert.equal(await target.noted(id), '3')
  })
  it('that are none are refused', async (target) => {
    for (const key of ['', '""', 'a b', '"', 'x'.repeat(256)]) {
      await problem(await add(target, key, { id: 'none' }), 400, 'BAD_REQUEST')
    }
    assert.equal(await target.noted('none'), undefined)
  })
})
