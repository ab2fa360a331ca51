import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { Redis } from 'ioredis'
import { findRedis } from '../tests/tools.ts'
import { memoryRateLimiter, redisRateLimiter } from './rate-limit.ts'

const { url, skip } = await findRedis()
const client = new Redis(url, { lazyConnect: true })
after(() => client.disconnect())

const limiters = {
  'in memory': { create: memoryRateLimiter, skip: false },
  'in Redis': { create: () => redisRateLimiter(client), skip },
}

for (const [where, { create, skip }] of Object.entries(limiters)) {
  describe(`calls counted ${where}`, { skip }, () => {
    it('are allowed up to the limit, and not beyond it', async () => {
      const limiter = create()
      const key = randomUUID()
      const taken = [await limiter.take(key, 2, 60), await limiter.take(key, 2, 60), await limiter.take(key, 2, 60)]
      assert.deepEqual(
        taken.map(({ allowed, remaining }) => [allowed, remaining]),
        [
          [true, 1],
          [true, 0],
          [false, 0],
        ],
      )
      for (const { resets } of taken) assert.ok(resets > 0 && resets <= 60, String(resets))
    })
    it('are counted apart by key and by limit', async () => {
      const limiter = create()
      const [ann, bob] = [randomUUID(), randomUUID()]
      assert.equal((await limiter.take(ann, 1, 60)).allowed, true)
      assert.equal((await limiter.take(bob, 1, 60)).allowed, true)
      assert.equal((await limiter.take(ann, 1, 30)).allowed, true)
      assert.equal((await limiter.take(ann, 1, 60)).allowed, false)
    })
    it('are allowed again when the window has passed', async () => {
      const limiter = create()
      const key = randomUUID()
      assert.equal((await limiter.take(key, 1, 1)).allowed, true)
      while (!(await limiter.take(key, 1, 1)).allowed);
    })
  })
}

describe('calls counted in Redis', { skip }, () => {
  it('are counted for all processes together', async () => {
    const key = randomUUID()
    assert.equal((await redisRateLimiter(client).take(key, 1, 60)).allowed, true)
    assert.equal((await redisRateLimiter(client).take(key, 1, 60)).allowed, false)
    assert.equal((await redisRateLimiter(client, { prefix: 'another' }).take(key, 1, 60)).allowed, true)
  })
  it('are not counted while it is away, which is told', async () => {
    const away = new Redis('redis://127.0.0.1:1', { lazyConnect: true, retryStrategy: null })
    away.on('error', () => {})
    await assert.rejects(async () => redisRateLimiter(away).take('key', 1, 60))
    away.disconnect()
  })
})
