import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Replays } from './replays.ts'

/** Replays of 100 events a second, or 200 at once, on a clock that a test moves. */
function setUp({ mock }: TestContext) {
  let now = 0
  mock.method(performance, 'now', () => now)
  mock.timers.enable({ apis: ['setTimeout'] })
  const replays = new Replays({ rate: 2, burst: 4 })
  const { signal } = new AbortController()
  /** Whose turn it was, in order. */
  const turns: string[] = []
  const take = async (name: string, events: number, until = signal) => {
    const done = await replays.turn(until)
    turns.push(name)
    done(events)
  }
  const pass = async (milliseconds: number) => {
    now += milliseconds
    mock.timers.tick(milliseconds)
    await new Promise(setImmediate)
  }
  return { replays, turns, take, pass, signal }
}

test('what was missed is given in turn, and what is too much is waited for', async (context) => {
  const { turns, take, pass } = setUp(context)
  take('a', 150)
  take('b', 150)
  take('c', 1)
  await pass(0)
  assert.deepEqual(turns, ['a', 'b'])
  await pass(1_000)
  assert.deepEqual(turns, ['a', 'b'])
  await pass(100)
  assert.deepEqual(turns, ['a', 'b', 'c'])
})

test('who has left is waited for by nobody', async (context) => {
  const { replays, turns, take, pass, signal } = setUp(context)
  const [reading, waiting] = [new AbortController(), new AbortController()]
  await replays.turn(reading.signal)
  take('b', 1, waiting.signal)
  take('c', 300)
  take('d', 0, signal)
  waiting.abort()
  await pass(0)
  assert.deepEqual(turns, [])
  reading.abort()
  await pass(0)
  assert.deepEqual(turns, ['b', 'c'])
  await pass(10_000)
  assert.deepEqual(turns, ['b', 'c', 'd'])
})
