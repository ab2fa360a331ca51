import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { convert, type Plan, type Plans } from './plan.ts'
import { buffer, bytes, map, objectMap, set, tupleEnds, url } from './plan-functions.ts'

const overJson = (plan: Plan | 0, value: unknown, plans: Plans = {}) =>
  convert(plan, JSON.parse(JSON.stringify(convert(plan, value, plans, false))), plans, true)

describe('a plan', () => {
  const date = new Date('2026-11-22T19:15:00.123Z')
  const rows: [string, Plan, unknown, unknown][] = [
    ['date', 'd', date, date.toISOString()],
    ['bigint', 'n', 2n ** 80n, '1208925819614629174706176'],
    ['URL', url, new URL('https://example.com/a?b'), 'https://example.com/a?b'],
    ['bytes', bytes, new Uint8Array([0, 127, 128, 255]), 'AH+A/w=='],
    ['a buffer', buffer, new Uint8Array([0, 127, 128, 255]).buffer, 'AH+A/w=='],
    ['array', ['a', 'd'], [date, null], [date.toISOString(), null]],
    ['record', ['r', 'n'], { a: 1n, constructor: 2n }, { a: '1', constructor: '2' }],
    ['tuple', ['t', 0, 'n'], ['n', 1n], ['n', '1']],
    ['tuple with a rest', ['t', 0, ['…', 'n']], ['n', 1n, 2n], ['n', '1', '2']],
    [
      'tuple that ends after its rest',
      tupleEnds(['t', 0, ['…', 'n']], ['t', 'd', 0], -2),
      ['1', 1n, 2n, date, '3'],
      ['1', '1', '2', date.toISOString(), '3'],
    ],
    ['tuple with nothing in its rest', tupleEnds(['t', ['…', 'n']], ['t', 'd'], -1), [date], [date.toISOString()]],
    ['object', ['o', { at: 'd' }], { at: date, by: 'me' }, { at: date.toISOString(), by: 'me' }],
    ['object with others', ['o', { name: 0 }, 'n'], { name: '7', a: 1n }, { name: '7', a: '1' }],
    ['map as pairs', map('n', 'd'), new Map([[1n, date]]), [['1', date.toISOString()]]],
    ['map with plain values', map('n', 0), new Map([[1n, 'x']]), [['1', 'x']]],
    ['map as object', objectMap('n'), new Map([['__proto__', 1n]]), JSON.parse('{"__proto__":"1"}')],
    ['set', set('n'), new Set([1n, 2n]), ['1', '2']],
    [
      'union, a member with a plan',
      ['v', 'kind', { a: ['o', { n: 'n' }] }],
      { kind: 'a', n: 1n },
      { kind: 'a', n: '1' },
    ],
    ['union, a member without', ['v', 'kind', { a: ['o', { n: 'n' }] }], { kind: 'b', n: '1' }, { kind: 'b', n: '1' }],
    ['union told apart by a number', ['v', 'v', { 1: ['o', { n: 'n' }] }], { v: 1, n: 1n }, { v: 1, n: '1' }],
  ]
  for (const [name, plan, value, wire] of rows) {
    test(`for ${name}`, () => {
      assert.deepEqual(JSON.parse(JSON.stringify(convert(plan, value, {}, false))), wire)
      assert.deepEqual(overJson(plan, value), value)
    })
  }

  test('leaves what it does not name, null and undefined as they are', () => {
    assert.equal(convert('d', null, {}, true), null)
    assert.equal(convert('d', undefined, {}, true), undefined)
    assert.deepEqual(convert(['o', { at: 'd' }], { other: 1 }, {}, true), { other: 1 })
    assert.deepEqual(Object.keys(convert(['o', { at: 'd' }], {}, {}, true) as object), [])
  })

  test('leaves the given value unchanged', () => {
    const value = Object.freeze({ list: Object.freeze([1n]) })
    assert.deepEqual(convert(['o', { list: ['a', 'n'] }], value, {}, false), { list: ['1'] })
  })

  test('of a recursive type goes as deep as the value', () => {
    const plans: Plans = { Node: ['o', { at: 'd', children: ['a', ['#', 'Node']] }] }
    const value = { at: date, children: [{ at: date, children: [{ at: date }] }] }
    assert.deepEqual(overJson(['#', 'Node'], value, plans), value)
  })

  test('refuses what it cannot revive', () => {
    for (const [plan, wire] of [
      ['d', 'yesterday'],
      ['n', '1.5'],
      [url, 'no url'],
      [bytes, '***'],
      [['a', 'd'], { length: 1 }],
      [['t', 'd'], 'text'],
    ] as [Plan, unknown][]) {
      assert.throws(() => convert(plan, wire, {}, true), JSON.stringify(wire))
    }
  })

  test('takes names from the wire for names only', () => {
    const hostile = JSON.parse('{"__proto__":{"polluted":"1"},"constructor":"x","kind":"constructor"}')
    const object = convert(['o', { at: 'd' }, 0], hostile, {}, true) as object
    assert.equal(Object.getPrototypeOf(object), Object.prototype)
    assert.deepEqual(Object.keys(object), ['__proto__', 'constructor', 'kind'])
    assert.equal(convert(['v', 'kind', {}], hostile, {}, true), hostile)
    assert.equal('polluted' in {}, false)
  })
})

/** A plan, and values it is for. */
interface Sample {
  readonly plan: Plan | 0
  readonly value: fc.Arbitrary<unknown>
}

const key = fc.string({ maxLength: 5 })
const leaves: readonly Sample[] = [
  { plan: 0, value: fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null)) },
  { plan: 'd', value: fc.date({ noInvalidDate: true }) },
  { plan: 'n', value: fc.bigInt() },
  { plan: url, value: fc.webUrl().map((text) => new URL(text)) },
  { plan: bytes, value: fc.uint8Array({ maxLength: 20 }).map((items) => new Uint8Array(items)) },
]

function grow(depth: number): fc.Arbitrary<Sample> {
  const leaf = fc.constantFrom(...leaves)
  if (depth === 0) return leaf
  const inner = grow(depth - 1)
  const few = { maxLength: 3 }
  return fc.oneof(
    leaf,
    inner.map(({ plan, value }): Sample => ({ plan: ['a', plan], value: fc.array(value, few) })),
    inner.map(
      ({ plan, value }): Sample => ({
        plan: ['r', plan],
        value: fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }),
      }),
    ),
    inner.map(
      ({ plan, value }): Sample => ({ plan: set(plan), value: fc.array(value, few).map((items) => new Set(items)) }),
    ),
    inner.map(
      ({ plan, value }): Sample => ({
        plan: objectMap(plan),
        value: fc.array(fc.tuple(key, value), few).map((pairs) => new Map(pairs)),
      }),
    ),
    fc.tuple(inner, inner).map(
      ([left, right]): Sample => ({
        plan: map(left.plan, right.plan),
        value: fc.array(fc.tuple(left.value, right.value), few).map((pairs) => new Map(pairs)),
      }),
    ),
    fc
      .tuple(inner, inner)
      .map(
        ([left, right]): Sample => ({ plan: ['t', left.plan, right.plan], value: fc.tuple(left.value, right.value) }),
      ),
    fc.tuple(inner, inner).map(
      ([left, right]): Sample => ({
        plan: ['t', left.plan, ['…', right.plan]],
        value: fc.tuple(left.value, fc.array(right.value, few)).map(([first, rest]) => [first, ...rest]),
      }),
    ),
    fc.tuple(inner, inner, inner).map(
      ([left, middle, right]): Sample => ({
        plan: tupleEnds(['t', left.plan, ['…', middle.plan]], ['t', right.plan], -1),
        value: fc
          .tuple(left.value, fc.array(middle.value, few), right.value)
          .map(([first, rest, last]) => [first, ...rest, last]),
      }),
    ),
    fc.tuple(inner, inner).map(
      ([left, right]): Sample => ({
        plan: ['o', { left: left.plan, right: right.plan }],
        value: fc.record(
          { left: left.value, right: right.value, other: fc.string() },
          { requiredKeys: ['left'], noNullPrototype: true },
        ),
      }),
    ),
    fc.tuple(inner, inner).map(
      ([left, right]): Sample => ({
        plan: ['v', 'kind', { left: ['o', { value: left.plan }], right: ['o', { value: right.plan }] }],
        value: fc.oneof(
          left.value.map((value) => ({ kind: 'left', value })),
          right.value.map((value) => ({ kind: 'right', value })),
        ),
      }),
    ),
  )
}

test('every value that fits a plan comes back whole over JSON', () => {
  const cases = grow(3).chain(({ plan, value }) => fc.tuple(fc.constant(plan), value))
  fc.assert(
    fc.property(cases, ([plan, value]) => assert.deepEqual(overJson(plan, value), value)),
    { numRuns: 500 },
  )
})

test('whatever JSON comes is revived or refused, and pollutes nothing', () => {
  const cases = fc.tuple(grow(2), fc.json())
  fc.assert(
    fc.property(cases, ([{ plan }, json]) => {
      try {
        convert(plan, JSON.parse(json), {}, true)
      } catch (error) {
        assert.ok(error instanceof Error)
      }
      assert.deepEqual(Object.keys(Object.prototype), [])
    }),
    { numRuns: 500 },
  )
})
