import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Deadlines, type Due } from './deadlines.ts'

class Task implements Due<Task> {
  readonly start = performance.now()
  readonly late = Promise.withResolvers<number>()
  time: number
  before: Task | undefined
  behind: Task | undefined

  constructor(time: number) {
    this.time = time
  }
}

describe('deadlines', () => {
  const make = () => new Deadlines<Task>((task) => task.late.resolve(performance.now()))
  const begin = (deadlines: Deadlines<Task>, time: number) => {
    const task = new Task(time)
    deadlines.add(task)
    return task
  }

  it('cut what takes too long, each in its time, and leave alone what has ended', async () => {
    const alive = setTimeout(() => {}, 10_000)
    const deadlines = make()
    const [first, ended, spared] = [begin(deadlines, 30), begin(deadlines, 30), begin(deadlines, 30)]
    for (const task of [ended, spared]) void task.late.promise.then(() => assert.fail('its time was over'))
    deadlines.delete(ended)
    deadlines.spare(spared)
    const longer = begin(deadlines, 60)
    assert.ok((await first.late.promise) - first.start >= 29)
    // It waited in the same line, behind one that is gone.
    const second = begin(deadlines, 30)
    assert.ok((await second.late.promise) - second.start >= 29)
    assert.ok((await longer.late.promise) - longer.start >= 59)
    clearTimeout(alive)
  })
  it('that are later than timers can be do not come at once', async () => {
    const alive = setTimeout(() => {}, 10_000)
    const deadlines = make()
    for (const time of [2 ** 31, Infinity]) {
      void begin(deadlines, time).late.promise.then(() => assert.fail('it is not over'))
    }
    const warned: unknown[] = []
    const hear = (warning: unknown) => warned.push(warning)
    process.on('warning', hear)
    await begin(deadlines, 20).late.promise
    process.off('warning', hear)
    assert.deepEqual(warned, [])
    clearTimeout(alive)
  })
  it('know all that runs, whoever leaves first', () => {
    const deadlines = make()
    const tasks = [0, 5_000, 0, 5_000, 0].map((time) => begin(deadlines, time))
    const places = () => [...deadlines].map((task) => tasks.indexOf(task))
    assert.deepEqual(places(), [0, 2, 4, 1, 3])
    for (const [at, left] of [
      [2, [0, 4, 1, 3]],
      [0, [4, 1, 3]],
      [3, [4, 1]],
      [3, [4, 1]],
      [4, [1]],
      [1, []],
    ] as const) {
      deadlines.delete(tasks[at] as Task)
      assert.deepEqual(places(), left)
    }
    deadlines.add(tasks[4] as Task)
    assert.deepEqual(places(), [4])
  })
})
