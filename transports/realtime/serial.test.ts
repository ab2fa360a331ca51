import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Serial } from './serial.ts'

describe('tasks one after the other', () => {
  it('run in their order, and one alone', async () => {
    const serial = new Serial(10)
    const seen: string[] = []
    const done = Promise.withResolvers<void>()
    for (const name of ['a', 'b', 'c']) {
      serial.run(async () => {
        seen.push(`${name} begins`)
        await Promise.resolve()
        seen.push(`${name} ends`)
        serial.next()
        if (name === 'c') done.resolve()
      })
    }
    await done.promise
    assert.deepEqual(seen, ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })
  it('are refused when too many wait, and taken again later', async () => {
    const serial = new Serial(1)
    let ran = 0
    const task = () => void ran++
    assert.deepEqual([serial.run(task), serial.run(task), serial.run(task)], [true, true, false])
    assert.equal(ran, 1)
    serial.next()
    assert.equal(ran, 2)
    assert.ok(serial.run(task))
    serial.clear()
    serial.next()
    assert.equal(ran, 2)
    assert.ok(serial.run(task))
    assert.equal(ran, 3)
  })
})
