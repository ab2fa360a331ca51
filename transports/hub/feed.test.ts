import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { consoleLog } from '../../core/index.ts'
import type { Arrival, HubEngine, Past } from './engine.ts'
import { Feed } from './feed.ts'

const epoch = 'a'
const arrivalOf = (number: number): Arrival => ({
  position: { epoch, number },
  previous: number - 1,
  text: JSON.stringify([number]),
})

/** A feed whose engine has kept the numbers up to `kept`, and fails as often as it is told to; `end` is when so many came. */
function setUp(count = 9) {
  const state = { kept: 0, failures: 0, reads: 0 }
  const never = () => Promise.reject(new Error('Nobody asks for this.'))
  const engine: HubEngine = {
    attach: async () => {},
    detach() {},
    async read(_topic, after): Promise<Past> {
      state.reads++
      if (state.failures-- > 0) throw new Error('The engine is away.')
      const from = after?.number ?? state.kept
      const numbers = Array.from({ length: state.kept - from }, (_, at) => from + at + 1)
      const entries = numbers.map((number) => ({ position: { epoch, number }, text: JSON.stringify([number]) }))
      return { whole: true, at: { epoch, number: state.kept }, entries }
    },
    publish: never,
    touch: never,
    put: never,
    lists: never,
    renew: never,
    [Symbol.asyncDispose]: never,
  }
  const feed = new Feed({ engine, topic: 'topic', log: { ...consoleLog, warn() {}, error() {} }, idle() {} })
  const heard: unknown[] = []
  const { promise: end, resolve } = Promise.withResolvers<void>()
  const listener = {
    entry: ({ value }: { value: unknown }) => {
      heard.push(value)
      if (heard.length === count) resolve()
    },
    lost() {},
  }
  return { state, feed, heard, listener, end, signal: new AbortController().signal }
}

describe('a feed', () => {
  it('reads what has not arrived, however often that fails, and keeps the order', async () => {
    const { state, feed, heard, listener, end, signal } = setUp(10)
    await feed.join(listener, undefined, signal)
    state.kept = 4
    state.failures = 2
    feed.receive(arrivalOf(1))
    feed.receive(arrivalOf(4))
    feed.receive({ text: '["passing"]' })
    feed.receive(arrivalOf(5))
    state.kept = 9
    feed.receive(arrivalOf(9))
    await end
    assert.deepEqual(
      heard.filter((value) => value !== 'passing'),
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    assert.ok(heard.indexOf('passing') > heard.indexOf(4))
  })
  it('passes over what has come before', async () => {
    const { state, feed, heard, listener, end, signal } = setUp()
    await feed.join(listener, undefined, signal)
    for (const number of [1, 1, 2, 1, 2, 3]) feed.receive(arrivalOf(number))
    assert.deepEqual(heard, [1, 2, 3])
    assert.equal(state.reads, 1)
    state.kept = 9
    feed.receive({})
    await end
    assert.deepEqual(heard, [1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
  it('gives who comes back ahead of it nothing twice', async () => {
    const { state, feed, heard, listener, end, signal } = setUp(8)
    await feed.join({ entry() {}, lost() {} }, undefined, signal)
    state.kept = 3
    const start = await feed.join(listener, 'a-1', signal)
    assert.deepEqual(start, { whole: true, at: 'a-3' })
    for (let number = 1; number <= 9; number++) feed.receive(arrivalOf(number))
    await end
    assert.deepEqual(heard, [2, 3, 4, 5, 6, 7, 8, 9])
  })
  it('passes over what no hub has written', async () => {
    const { feed, heard, listener, signal } = setUp()
    await feed.join(listener, undefined, signal)
    feed.receive({ text: '{"not": "ours"' })
    feed.receive(arrivalOf(1))
    assert.deepEqual(heard, [1])
  })
})
