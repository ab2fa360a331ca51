import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Call, consoleLog, type RateLimit, type RateLimiter } from './index.ts'
import { countCall } from './rate-limit.ts'

const signal = new AbortController().signal

async function keysOf(limits: readonly RateLimit[], call: Partial<Call>, known: 'address' | 'session' = 'address') {
  const keys: string[] = []
  const limiter: RateLimiter = {
    take(key) {
      keys.push(key)
      return { allowed: true, remaining: 1, resets: 1 }
    },
  }
  const whole = { session: undefined, signal, id: '1', operation: 'a.b', log: consoleLog, ...call }
  await countCall(limiter, { name: 'a.b', limits }, whole, known)
  return keys
}

const limit = { limit: 1, window: 1 }

describe('the calls of a function', () => {
  it('are counted by address, those of an IPv6 network together', async () => {
    const of = async (address: string) => (await keysOf([limit], { address }))[0]
    assert.equal(await of('1.2.3.4'), 'a.b:0:1.2.3.4')
    assert.equal(await of('2001:db8:1:2:3:4:5:6'), 'a.b:0:2001:db8:1:2')
    assert.equal(await of('2001:db8:1:2::9'), 'a.b:0:2001:db8:1:2')
    assert.equal(await of('2001:db8::9'), 'a.b:0:2001:db8:0:0')
    assert.equal(await of('::1'), 'a.b:0:0:0:0:0')
  })
  it('are counted together when nothing tells them apart', async () => {
    assert.deepEqual(await keysOf([limit], {}), ['a.b:0:'])
    assert.deepEqual(await keysOf([{ ...limit, by: () => undefined }], {}, 'session'), ['a.b:0:'])
  })
  it('are counted for each limit, once what it goes by is known', async () => {
    const limits = [limit, { ...limit, by: (call: Call) => String(call.session) }, limit]
    assert.deepEqual(await keysOf(limits, { address: '1.2.3.4' }), ['a.b:0:1.2.3.4', 'a.b:2:1.2.3.4'])
    assert.deepEqual(await keysOf(limits, { session: 'ann' }, 'session'), ['a.b:1:ann'])
  })
  it('are refused when nothing can count them', async () => {
    const limiter: RateLimiter = { take: () => Promise.reject(new Error('no connection')) }
    const call = { session: undefined, signal, id: '1', operation: 'a.b', log: consoleLog }
    await assert.rejects(countCall(limiter, { name: 'a.b', limits: [limit] }, call, 'address'), {
      code: 'UNAVAILABLE',
      retryAfter: 1,
    })
  })
})
