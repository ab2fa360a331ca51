import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { consoleLog } from '../../core/index.ts'
import type { Arrival, HubEngine, Past } from './engine.ts'
import { Feed } from './feed.ts'
import { Recents } from './recent.ts'

const epoch = 'a'
const arrivalOf = (number: number): Arrival => ({
  position: { epoch, number },
  previous: number - 1,
  text: JSON.stringify([number]),
})

/** A feed whose engine has the numbers from `forgotten` to `kept`, and fails as often as it is told to; `end` is when so many came. */
function setUp(count = 9, recents = new Recents(1000)) {
  const state = { kept: 0, forgotten: 0, failures: 0, reads: 0 }
  const never = () => Promise.reject(new Error('Nobody asks for this.'))
  const engine: HubEngine = {
    attach: async () => {},
    detach() {},
    async read(_topic, after): Promise<Past> {
      state.reads++
      if (state.failures-- > 0) throw new Error('The engine is away.')
      const from = after?.number ?? state.kept
      if (from < state.forgotten) return { whole: false, at: { epoch, number: state.kept }, entries: [] }
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
  const log = { ...consoleLog, warn() {}, error() {} }
  const feed = new Feed({ engine, topic: 'topic', log, recents, idle() {} })
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

describe('the history of a topic', () => {
  /** Listens from an id on, and gives the entries that were there. */
  async function comeBack({ feed, signal }: ReturnType<typeof setUp>, after: string) {
    const entries: unknown[] = []
    const { whole } = await feed.join({ entry: (entry) => entries.push(entry), lost() {} }, after, signal)
    return whole ? entries : undefined
  }
  const values = (entries: unknown[] = []) => entries.map((entry) => (entry as { value: unknown }).value)

  it('is read once for all who come back, whenever they do', async () => {
    const set = setUp()
    const { state, feed } = set
    state.kept = 5
    await feed.join(set.listener, undefined, set.signal)
    const reads = state.reads
    const first = await Promise.all(['a-1', 'a-1', 'a-3'].map((id) => comeBack(set, id)))
    assert.deepEqual(first.map(values), [
      [2, 3, 4, 5],
      [2, 3, 4, 5],
      [4, 5],
    ])
    state.kept = 6
    feed.receive(arrivalOf(6))
    const later = await comeBack(set, 'a-1')
    assert.deepEqual(values(later), [2, 3, 4, 5, 6])
    assert.equal(later?.[0], first[0]?.[0])
    assert.deepEqual(values(await comeBack(set, 'a-0')), [1, 2, 3, 4, 5, 6])
    assert.equal(state.reads - reads, 2)
    assert.equal((await comeBack(set, 'a-0'))?.[1], later?.[0])
  })
  it('is still there for the next one when all have left', async () => {
    const recents = new Recents(1000)
    const set = setUp(9, recents)
    set.state.kept = 5
    const before = await comeBack(set, 'a-1')
    set.feed.close()
    const other = setUp(9, recents)
    other.state.kept = 7
    const after = await comeBack(other, 'a-1')
    assert.deepEqual(values(after), [2, 3, 4, 5, 6, 7])
    assert.equal(after?.[3], before?.[3])
  })
  it('is held ready only for so many entries, and so many bytes', async () => {
    const few = setUp(9, new Recents(3))
    few.state.kept = 5
    assert.deepEqual(values(await comeBack(few, 'a-1')), [2, 3, 4, 5])
    const { reads } = few.state
    assert.equal(await comeBack(few, 'a-1'), undefined)
    assert.deepEqual(values(await comeBack(few, 'a-2')), [3, 4, 5])
    assert.equal(few.state.reads, reads)
    const short = setUp(9, new Recents(1000, 10))
    short.state.kept = 5
    for (let time = 1; time <= 3; time++) {
      assert.deepEqual(values(await comeBack(short, 'a-1')), [2, 3, 4, 5])
      assert.equal(short.state.reads, 1 + time)
    }
  })
  it('that a feed of before has read takes no room beside that of the one that is there', () => {
    const recents = new Recents(1000)
    const position = { epoch, number: 1 }
    const [before, now] = [recents.of('topic'), recents.of('topic')]
    for (const recent of [before, now]) {
      recent.begin({ epoch, number: 0 })
      recent.add({ position, entry: { value: 1 }, length: 1 })
      recents.keep('topic', recent)
    }
    assert.deepEqual([before.at, now.at], [undefined, position])
  })
  it('is not asked for again where it is known to be gone', async () => {
    const set = setUp()
    await set.feed.join(set.listener, undefined, set.signal)
    set.state.kept = 5
    set.state.forgotten = 3
    const { reads } = set.state
    for (const id of ['a-2', 'a-2', 'a-1']) assert.equal(await comeBack(set, id), undefined)
    assert.equal(set.state.reads - reads, 1)
    assert.deepEqual(values(await comeBack(set, 'a-3')), [4, 5])
  })
  it('that cannot be read is read for the next one who waits', async () => {
    const set = setUp()
    await set.feed.join(set.listener, undefined, set.signal)
    set.state.kept = 5
    set.state.failures = 1
    const [first, second] = await Promise.allSettled([comeBack(set, 'a-1'), comeBack(set, 'a-1')])
    assert.equal(first.status, 'rejected')
    assert.deepEqual(second.status === 'fulfilled' && values(second.value), [2, 3, 4, 5])
  })
})
