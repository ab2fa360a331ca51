import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { within } from './deadlines.ts'

describe('deadlines', () => {
  /** Something due, and a promise of when it was late. */
  const due = () => {
    const { promise, resolve } = Promise.withResolvers<number>()
    return { start: performance.now(), late: () => resolve(performance.now()), promise }
  }

  it('cut what takes too long, each in its time, and leave alone what has ended', async () => {
    const alive = setTimeout(() => {}, 10_000)
    const first = due()
    within(30, first)
    const ended = due()
    ended.late = () => assert.fail('it had ended')
    within(30, ended).delete(ended)
    const longer = due()
    within(60, longer)
    const late = await first.promise
    assert.ok(late - first.start >= 29)
    // It waited in the same line, behind one that is gone.
    const second = due()
    within(30, second)
    assert.ok((await second.promise) - second.start >= 29)
    assert.ok((await longer.promise) - longer.start >= 59)
    clearTimeout(alive)
  })
  it('that are later than timers can be do not come at once', async () => {
    const alive = setTimeout(() => {}, 10_000)
    const watches = [2 ** 31, Infinity].map((time) => {
      const never = { start: performance.now(), late: () => assert.fail('it is not over') }
      return { watch: within(time, never), never }
    })
    const warned: unknown[] = []
    const hear = (warning: unknown) => warned.push(warning)
    process.on('warning', hear)
    const other = due()
    within(20, other)
    await other.promise
    process.off('warning', hear)
    assert.deepEqual(warned, [])
    for (const { watch, never } of watches) watch.delete(never)
    clearTimeout(alive)
  })
})
