import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { Redis } from 'ioredis'
import { findRedis } from '../tests/tools.ts'
import { memoryIdempotency, redisIdempotency } from './idempotency.ts'

const { url, skip } = await findRedis()
const client = new Redis(url, { lazyConnect: true })
after(() => client.disconnect())

const stores = {
  memory: { create: memoryIdempotency, skip: false },
  Redis: { create: () => redisIdempotency(client), skip },
}

describe('calls kept in memory', () => {
  it('are forgotten, the oldest first, when their answers are too much', async () => {
    const store = memoryIdempotency()
    const call = { fingerprint: 'a', answer: { output: 'x'.repeat(1024 * 1024), headers: [] } }
    for (let key = 0; key < 70; key++) await store.keep(`${key}`, call, 60)
    assert.equal(await store.claim('0', { fingerprint: 'b' }, 60), undefined)
    assert.deepEqual(await store.claim('69', { fingerprint: 'b' }, 60), call)
    const large = { ...call, answer: { ...call.answer, output: 'x'.repeat(70 * 1024 * 1024) } }
    await store.keep('large', large, 60)
    assert.equal((await store.claim('large', { fingerprint: 'b' }, 60))?.fingerprint, 'a')
    await store.keep('next', call, 60)
    assert.equal(await store.claim('large', { fingerprint: 'b' }, 60), undefined)
    // What was forgotten makes room.
    for (let key = 0; key < 50; key++) await store.keep(`${key}`, call, 60)
    assert.deepEqual(await store.claim('0', { fingerprint: 'b' }, 60), call)
  })
})

for (const [where, { create, skip }] of Object.entries(stores)) {
  describe(`calls kept in ${where}`, { skip }, () => {
    it('are claimed by one of many who try at once', async () => {
      const store = create()
      const key = randomUUID()
      const tries = Array.from({ length: 20 }, (_, at) => store.claim(key, { fingerprint: `${at}` }, 60))
      const known = await Promise.all(tries)
      const [winner] = known.flatMap((call, at) => (call === undefined ? [at] : []))
      assert.deepEqual(
        known.filter((call) => call !== undefined),
        Array(19).fill({ fingerprint: `${winner}` }),
      )
    })
    it('have their answers for who comes later', async () => {
      const store = create()
      const key = randomUUID()
      const done = {
        fingerprint: 'a',
        answer: { output: { list: [1, 'ü', null] }, status: 201, headers: [['etag', '"1"']] as const },
      }
      await store.claim(key, { fingerprint: 'a' }, 60)
      await store.keep(key, done, 60)
      assert.deepEqual(await store.claim(key, { fingerprint: 'b' }, 60), done)
    })
    it('can be forgotten, and are when their time is over', async () => {
      const store = create()
      const key = randomUUID()
      await store.claim(key, { fingerprint: 'a' }, 60)
      await store.forget(key)
      assert.equal(await store.claim(key, { fingerprint: 'b' }, 1), undefined)
      while (await store.claim(key, { fingerprint: 'c' }, 60));
    })
  })
}
