import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCalendar, writeCalendar } from './calendar.ts'

const first = -62_167_219_200_000
const last = 253_402_300_799_999
const day = 86_400_000

test('every day of 400 years, and of the first and the last, is written and read as Date does', () => {
  const start = Date.UTC(1800, 0, 1)
  for (const [from, days] of [
    [start, 146_097],
    [first, 800],
    [last - 800 * day, 800],
  ] as const) {
    for (let count = 0; count < days; count++) {
      const time = from + count * day + ((count * 7_654_321) % day)
      const text = new Date(time).toISOString()
      if (writeCalendar(time) !== text || readCalendar(text) !== time) assert.fail(text)
    }
  }
})

test('any moment is written and read as Date does', () => {
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (time) => {
      const text = new Date(time).toISOString()
      assert.equal(writeCalendar(time), text)
      assert.equal(readCalendar(text), time)
    }),
    { numRuns: 2000 },
  )
})

test('a text with a digit changed is read as Date reads it, or not at all where Date makes something up', () => {
  const change = fc.tuple(fc.nat(23), fc.constantFrom(...'0123456789-:T.Zz /'))
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), change, (time, [at, char]) => {
      const text = new Date(time).toISOString()
      const changed = text.slice(0, at) + char + text.slice(at + 1)
      const read = new Date(changed)
      const kept = !Number.isNaN(read.getTime()) && read.toISOString() === changed
      assert.equal(readCalendar(changed), kept ? read.getTime() : undefined, changed)
    }),
    { numRuns: 5000 },
  )
})
