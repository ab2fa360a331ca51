import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { createClient } from '@redis/client'
import { Redis } from 'ioredis'
import { findRedis } from '../../tests/tools.ts'
import { memoryConnections, redisConnections } from '../lambda.ts'

const { url, skip } = await findRedis()
const one = new Redis(url, { lazyConnect: true })
const other = createClient({ url })
if (!skip) await other.connect()
after(() => {
  one.disconnect()
  if (!skip) other.destroy()
})

const prefix = `test:${randomUUID()}`
const stores = {
  memory: { create: memoryConnections, skip: false },
  'Redis, by ioredis': { create: () => redisConnections(one, { prefix }), skip },
  'Redis, by redis': { create: () => redisConnections(other, { prefix }), skip },
}

for (const [where, { create, skip }] of Object.entries(stores)) {
  describe(`connections kept in ${where}`, { skip }, () => {
    it('are changed by one of many who try at once', async () => {
      const [store, id] = [create(), randomUUID()]
      assert.equal(await store.get(id), undefined)
      const tries = async (before?: string) =>
        (await Promise.all(['a', 'b', 'c'].map((after) => store.swap(id, before, after)))).filter(Boolean).length
      assert.equal(await tries(), 1)
      const first = await store.get(id)
      assert.ok(first)
      assert.equal(await store.swap(id, undefined, 'x'), false)
      assert.equal(await store.swap(id, `${first}x`, 'x'), false)
      assert.equal(await store.swap(id, first, 'ü\u0000"'), true)
      assert.equal(await store.get(id), 'ü\u0000"')
      assert.equal(await store.swap(id, first, undefined), false)
      assert.equal(await store.swap(id, 'ü\u0000"', undefined), true)
      assert.equal(await store.get(id), undefined)
    })

    it('join topics and leave them, whatever their names are', async () => {
      const store = create()
      for (const name of [randomUUID(), '__proto__', 'a b\u0000:*']) {
        await Promise.all(['1 a', '1 a', '2 b'].map((member) => store.join(name, member)))
        assert.deepEqual((await store.joined(name)).toSorted(), ['1 a', '2 b'])
        await store.leave(name, '1 a')
        await store.leave(name, '3 c')
        assert.deepEqual(await store.joined(name), ['2 b'])
        await store.leave(name, '2 b')
        assert.deepEqual(await store.joined(name), [])
      }
    })
  })
}
