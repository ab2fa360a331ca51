import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Shape } from '../shape.ts'
import { templatePattern } from './template-pattern.ts'

const text: Shape = { kind: 'string' }
const number: Shape = { kind: 'number' }
const bigint: Shape = { kind: 'bigint' }

function patternOf(texts: readonly string[], ...holes: readonly Shape[]): RegExp {
  const literal = templatePattern({ kind: 'template', texts, holes }, new Map())
  return new RegExp(literal.slice(1, literal.lastIndexOf('/')), 'u')
}

/** The texts of a template, its holes, what the compiler takes for such a text and what it does not. */
const cases: readonly [texts: string[], holes: Shape[], takes: string[], refuses: string[]][] = [
  [['a', ''], [text], ['a', 'aa', 'a\n'], ['', 'b', 'ba']],
  [
    ['n', ''],
    [number],
    ['n1', 'n-1.5', 'n.5', 'n5.', 'n1e-3', 'n0x1F', 'n0b1', 'n0o7', 'n 1 ', 'n '],
    ['n', 'n1x', 'n1_0', 'nNaN', 'n0x', 'n--1'],
  ],
  [['', 'n'], [bigint], ['1n', '-1n', '0n', '-0n', '0x1fn'], ['n', '01n', '1.0n', '1e3n', ' 1n']],
  [
    ['', '-', ''],
    [text, number],
    ['a-1', '-1'],
    ['a-b-1', '-', '--1x'],
  ],
  [
    ['', '-', ''],
    [number, text],
    ['1-', '1-x-y'],
    ['-1-x', '-'],
  ],
  [
    ['', 'e', ''],
    [number, text],
    ['1e', '1e5', '0xfe'],
    ['e', 'xe'],
  ],
  [
    ['', 'ab', 'ba'],
    [text, text],
    ['abba', 'xabxba'],
    ['aba', 'ab'],
  ],
  [
    ['', '', ''],
    [number, text],
    ['1', '1x'],
    ['-1', 'x1', ''],
  ],
  [
    ['', '', ''],
    [text, bigint],
    ['x1', '11', 'x-1'],
    ['1', 'xx1', ''],
  ],
  [
    ['.*', '(', ''],
    [text, text],
    ['.*(', '.*x((', '.*x(y'],
    ['aa(', '.*'],
  ],
]

for (const [texts, holes, takes, refuses] of cases) {
  test(`a template of ${JSON.stringify(texts)} with ${holes.map(({ kind }) => kind).join(' and ')}`, () => {
    const pattern = patternOf(texts, ...holes)
    for (const value of takes) assert.match(value, pattern)
    for (const value of refuses) assert.doesNotMatch(value, pattern)
  })
}

test('long texts that nearly fit take time in proportion', () => {
  // A pattern that goes back and forth would take hours over this.
  assert.doesNotMatch(`${'1'.repeat(100_000)}x`, patternOf(['', '-', ''], number, number))
  assert.doesNotMatch(`${' '.repeat(100_000)}x`, patternOf(['', ':', ''], number, number))
  assert.doesNotMatch(`${'-'.repeat(100_000)}x`, patternOf(['', '-', '-', ''], text, number, number))
})
