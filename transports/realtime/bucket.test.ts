import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Bucket } from './bucket.ts'

describe('a bucket', () => {
  it('gives what it holds at once, and then as fast as it fills', (context) => {
    let now = 0
    context.mock.method(performance, 'now', () => now)
    const bucket = new Bucket(10, 3)
    const take = (times: number) => Array.from({ length: times }, () => bucket.take()).filter(Boolean).length
    assert.equal(take(5), 3)
    now += 100
    assert.equal(take(5), 1)
    now += 60_000
    assert.equal(take(50), 3)
  })
  it('that is filled now and then lets no second burst through after a long life', (context) => {
    let now = 0
    context.mock.method(performance, 'now', () => now)
    const bucket = new Bucket(10, 100)
    for (; now < 3_600_000; now += 1_000) bucket.fill(now)
    now -= 1_000
    assert.equal(Array.from({ length: 500 }, () => bucket.take()).filter(Boolean).length, 100)
    now += 500
    bucket.fill(now)
    assert.equal(Array.from({ length: 500 }, () => bucket.take()).filter(Boolean).length, 5)
  })
})
