import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatSpread, formatTime, spreadOf } from './statistics.ts'

test('the median of an even number of values lies between the two in the middle', () => {
  assert.deepEqual(spreadOf([10, 1, 3, 2]), { median: 2.5, low: 1, high: 10 })
  assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, low: 1, high: 3 })
})

test('nothing measured is an error, not a zero', () => assert.throws(() => spreadOf([]), /Nothing was measured/))

test('times are shown with the digits that mean something', () => {
  assert.deepEqual([0.42, 9.96, 999.4, 999.6, 12_345].map(formatTime), [
    '0.4 ms',
    '10 ms',
    '999 ms',
    '1.00 s',
    '12.3 s',
  ])
  assert.equal(formatSpread([1200, 1100, 1500]), '1.20 s (1.10 to 1.50)')
  assert.equal(formatSpread([12, 10, 40]), '12 ms (10 to 40)')
})
