import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as z from 'zod'
import * as wire from '../wire.ts'
import {
  areUnique,
  decodeBigInt,
  decodeBytes,
  decodeDate,
  encodeBytes,
  encodeDate,
  invalid,
  isMultiple,
  longer,
  own,
  shorter,
  tooDeep,
  toPairs,
} from './index.ts'

test('a parser that answers invalid hands a value to the schema behind z.withParser', () => {
  assert.equal(invalid, z.INVALID)
})

test('dates on the wire are read as pikku/wire reads them', () => {
  const two = (most: number) => fc.nat(most).map((part) => String(part).padStart(2, '0'))
  const text = fc
    .tuple(
      fc.constantFrom('2024', '2026', '0000', '9999', '1900', '+010000'),
      two(13),
      two(32),
      fc.constantFrom('T', 't', ' ', ''),
      two(25),
      two(61),
      two(61),
      fc.constantFrom('', '.5', '.123', '.123456789', '.', '.000'),
      fc.constantFrom('Z', 'z', '', '+00:00', '-00:00', '+23:59', '-24:00', '+02'),
    )
    .map(([year, month, day, t, hour, minute, second, fraction, offset]) => {
      return `${year}-${month}-${day}${t}${hour}:${minute}:${second}${fraction}${offset}`
    })
  fc.assert(
    fc.property(text, (given) => {
      const expected = wire.date().safeDecode(given)
      assert.deepEqual(decodeDate(given), expected.success ? expected.data : invalid, given)
    }),
    { numRuns: 3000 },
  )
})

test('the schemas of dates, URLs and bytes say what does not fit, and do not throw', () => {
  assert.equal(wire.date().safeDecode('2026-13-01T23:59:60Z').success, false)
  for (const value of [null, undefined, {}, 'x', 1]) {
    for (const schema of [wire.url(), wire.bytes()]) {
      assert.equal(
        z
          .array(schema)
          .min(1)
          .safeEncode([value] as never).success,
        false,
      )
    }
  }
})

test('a date goes over the wire and back, and one that RFC 3339 cannot write does not', () => {
  const years = { min: new Date(-62_167_219_200_000), max: new Date(253_402_300_799_999), noInvalidDate: true }
  fc.assert(fc.property(fc.date(years), (date) => assert.deepEqual(decodeDate(encodeDate(date)), date)))
  for (const time of [NaN, 8.64e15, -62_167_219_200_001, 253_402_300_800_000])
    assert.equal(encodeDate(new Date(time)), invalid)
})

test('a leap second is the second after it, in a month that there is', () => {
  assert.deepEqual(decodeDate('2016-12-31T23:59:60Z'), new Date('2017-01-01T00:00:00Z'))
  assert.equal(decodeDate('2016-12-31T22:59:60Z'), invalid)
  assert.equal(decodeDate('2016-13-01T23:59:60Z'), invalid)
})

test('bytes go over the wire and back; loose base64 does not', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) =>
      assert.deepEqual(decodeBytes(encodeBytes(bytes)), bytes),
    ),
  )
  for (const text of ['a', 'a===', 'YQ', ' YQ==', 'YQ==\n', 'Y=Q=', '===='])
    assert.equal(decodeBytes(text), invalid, text)
})

test('a bigint is decimal digits, and not without end', () => {
  assert.equal(decodeBigInt('-12'), -12n)
  for (const text of ['', '-0', '01', '1e3', '0x1', ' 1', '1n', '9'.repeat(1025)])
    assert.equal(decodeBigInt(text), invalid, text)
})

test('lengths count characters as Zod does', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '😀', '\ud83d', '\ude00', 'é'), maxLength: 8 })
  fc.assert(
    fc.property(text, fc.nat(9), (given, limit) => {
      assert.equal(longer(given, limit), !z.string().max(limit).safeParse(given).success)
      assert.equal(shorter(given, limit), !z.string().min(limit).safeParse(given).success)
    }),
  )
})

test('multiples are those of Zod', () => {
  const steps = fc.oneof(fc.double({ min: 0.001, max: 100, noNaN: true }), fc.constantFrom(0.1, 0.01, 0.07, 1, 3))
  fc.assert(
    fc.property(
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      fc.nat(50),
      steps,
      (value, times, step) => {
        for (const given of [value, times * step]) {
          assert.equal(isMultiple(given, step), z.number().multipleOf(step).safeParse(given).success)
        }
      },
    ),
  )
})

test('what every object inherits is nobody’s own', () => {
  assert.equal(own({}, 'constructor'), undefined)
  assert.equal(own({ constructor: 1 }, 'constructor'), 1)
})

test('a later pair stands for an earlier one with the same key', () => {
  assert.deepEqual(
    toPairs([
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ]),
    new Map([
      ['a', 3],
      ['b', 2],
    ]),
  )
  for (const list of [{}, [['a']], [['a', 1, 2]], [{}], null]) assert.equal(toPairs(list), invalid)
})

test('items are the same when JSON cannot tell them apart', () => {
  assert.equal(areUnique([1, '1', null]), true)
  assert.equal(
    areUnique([
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ]),
    false,
  )
  const circle: unknown[] = []
  circle.push(circle)
  assert.equal(areUnique([circle, 1]), false)
})

test('a value is followed for so deep and so long, and counting starts anew with each', () => {
  assert.equal(tooDeep(256), false)
  assert.equal(tooDeep(257), true)
  assert.equal(tooDeep(0), false)
  for (let step = 0; step < 99_999; step++) tooDeep(1)
  assert.equal(tooDeep(1), true)
  assert.equal(tooDeep(0), false)
  assert.equal(tooDeep(1), false)
})
