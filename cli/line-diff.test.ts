import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { diffLines } from './line-diff.ts'

test('tells the lines that differ, with their numbers', () => {
  assert.deepEqual(diffLines('a\nb\nc\nd\ne', 'a\nx\nc\nd\ny\ne', 8), {
    lines: [
      { sign: '-', line: 2, text: 'b' },
      { sign: '+', line: 2, text: 'x' },
      { sign: '+', line: 5, text: 'y' },
    ],
    more: 0,
  })
})

test('stops at the limit and counts the rest', () => {
  const { lines, more } = diffLines('1\n2\n3', '4\n5\n6', 2)
  assert.deepEqual([lines.length, more], [2, 4])
})

test('leads from one text to the other', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const { lines } = diffLines(before, after, Number.POSITIVE_INFINITY)
      const gone = new Set(lines.filter(({ sign }) => sign === '-').map(({ line }) => line))
      const result = before.split('\n').filter((_, index) => !gone.has(index + 1))
      for (const { sign, line, text } of lines) if (sign === '+') result.splice(line - 1, 0, text)
      assert.equal(result.join('\n'), after)
    }),
    { numRuns: 2000 },
  )
})
