import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import * as z from 'zod'
import * as wire from './wire.ts'

const first = new Date(-62_167_219_200_000)
const last = new Date(253_402_300_799_999)
const dates = fc.date({ min: first, max: last, noInvalidDate: true })

/** The codec gives the value back from what JSON makes of its wire form. */
function holds(codec: z.ZodType, value: unknown): void {
  const wired = codec.safeEncode(value)
  assert.ok(wired.success, wired.error?.message)
  const read = codec.safeDecode(JSON.parse(JSON.stringify(wired.data)))
  assert.ok(read.success, read.error?.message)
  assert.deepStrictEqual(read.data, value)
}

/** Both ways answer with issues, and throw nothing. */
function refuses(codec: z.ZodType, side: 'decode' | 'encode', values: readonly unknown[]): void {
  for (const value of values) {
    const result = side === 'decode' ? codec.safeDecode(value) : codec.safeEncode(value)
    assert.equal(result.success, false, `${side} takes ${String(value)}`)
  }
}

const junk = [undefined, null, true, 0, Number.NaN, '', 'x', [], {}, Symbol('x'), () => 0, 1n, new Date(Number.NaN)]

test('dates go and come as RFC 3339', () => {
  fc.assert(fc.property(dates, (date) => holds(wire.date(), date)))
  assert.equal(wire.date().encode(new Date('2026-11-22T10:30:00+01:00')), '2026-11-22T09:30:00.000Z')
})

test('a date is read at any offset, to the millisecond', () => {
  const offset = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 })
  const within = fc.date({
    min: new Date(first.getTime() + 864e5),
    max: new Date(last.getTime() - 864e5),
    noInvalidDate: true,
  })
  fc.assert(
    fc.property(within, offset, fc.stringMatching(/^\d{0,6}$/), (date, minutes, digits) => {
      const local = new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, -1)
      const two = (value: number) => String(value).padStart(2, '0')
      const size = Math.abs(minutes)
      const zone = `${minutes < 0 ? '-' : '+'}${two(Math.trunc(size / 60))}:${two(size % 60)}`
      assert.equal(wire.date().decode(`${local}${digits}${zone}`).getTime(), date.getTime())
    }),
  )
  const [lower, none] = ['2024-02-29t23:59:59z', '2024-02-29T23:59:59-00:00'].map((text) => wire.date().decode(text))
  assert.equal(lower?.toISOString(), '2024-02-29T23:59:59.000Z')
  assert.equal(none?.toISOString(), '2024-02-29T23:59:59.000Z')
})

test('a leap second is the second after it, where there can be one', () => {
  assert.equal(wire.date().decode('2016-12-31T23:59:60Z').toISOString(), '2017-01-01T00:00:00.000Z')
  assert.equal(wire.date().decode('2016-12-31T18:59:60.5-05:00').toISOString(), '2017-01-01T00:00:00.000Z')
  refuses(wire.date(), 'decode', ['2016-12-31T23:58:60Z', '2016-12-31T12:00:60Z', '9999-12-31T23:59:60Z'])
})

test('what is no date and time with an offset is refused', () => {
  refuses(wire.date(), 'decode', [
    ...junk,
    '2026-11-22',
    '2026-11-22T09:30Z',
    '2026-11-22T09:30:00',
    '2026-11-22 09:30:00Z',
    '2026-11-22T09:30:00+0100',
    '2026-11-22T09:30:00+24:00',
    '2026-11-22T09:30:00.Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T09:60:00Z',
    '2026-11-22T09:30:61Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-04-00T00:00:00Z',
    '+002026-11-22T09:30:00Z',
    '-000001-01-01T00:00:00Z',
    '0000-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '２026-11-22T09:30:00Z',
    '2026-11-22T09:30:00Z\n',
    ' 2026-11-22T09:30:00Z',
  ])
  fc.assert(fc.property(fc.string(), (text) => refuses(wire.date(), 'decode', [text])))
})

test('a date that RFC 3339 cannot write is an issue, not a throw', () => {
  refuses(wire.date(), 'encode', [
    ...junk,
    new Date(first.getTime() - 1),
    new Date(last.getTime() + 1),
    '2026-11-22T09:30:00Z',
  ])
})

test('a bigint is decimal digits', () => {
  fc.assert(fc.property(fc.bigInt(), (value) => holds(wire.bigint(), value)))
  refuses(wire.bigint(), 'decode', [...junk, '-0', '01', '+1', '1.0', '1e3', '0x1', ' 1', '1n', '٣', '9'.repeat(1025)])
  refuses(wire.bigint(), 'encode', [...junk.filter((value) => typeof value !== 'bigint'), 10n ** 1024n])
  const bounded = wire.bigint({ minimum: -5n, maximum: 5n })
  fc.assert(fc.property(fc.bigInt({ min: -5n, max: 5n }), (value) => holds(bounded, value)))
  refuses(bounded, 'decode', ['6', '-6'])
  refuses(bounded, 'encode', [6n, -6n])
  holds(wire.exactly(7n), 7n)
  refuses(wire.exactly(7n), 'decode', ['8', 7, '07'])
})

test('a URL is its text', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (text) =>
      holds(wire.url(), new URL(text)),
    ),
    { numRuns: 30 },
  )
  refuses(wire.url(), 'decode', [...junk, '/path', 'http://[', '//host'])
  refuses(wire.url(), 'encode', [...junk, 'https://example.com'])
})

test('bytes are base64', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (value) => holds(wire.bytes(), value)))
  const large = new Uint8Array(200_000).map((_, at) => at % 251)
  assert.deepStrictEqual(wire.bytes().decode(wire.bytes().encode(large)), large)
  const part = Buffer.from('hello world').subarray(6)
  assert.equal(wire.bytes().encode(part), Buffer.from('world').toString('base64'))
  const bad = junk.filter((value) => value !== '')
  refuses(wire.bytes(), 'decode', [...bad, 'a', 'ab', 'abc', 'ab=', 'a===', 'ab c', 'ab\nc', 'ab-_', '=abc'])
  refuses(wire.bytes(), 'encode', [...junk, new Uint16Array(1), new ArrayBuffer(1)])
})

test('an ArrayBuffer is its bytes', () => {
  const buffer = Uint8Array.from([0, 127, 255]).buffer
  assert.equal(wire.arrayBuffer().encode(buffer), 'AH//')
  assert.deepStrictEqual(wire.arrayBuffer().decode('AH//'), buffer)
  refuses(wire.arrayBuffer(), 'decode', ['a', 'ab c', 'ab-_', 1, null])
  refuses(wire.arrayBuffer(), 'encode', ['', null, new Uint8Array(1), new SharedArrayBuffer(1)])
  assert.equal(wire.unique([buffer, Uint8Array.from([0, 127, 255]).buffer]), false)
  assert.equal(wire.unique([buffer, new ArrayBuffer(3)]), true)
})

test('a tuple can go on after its rest', () => {
  const schema = wire.tuple([z.string()], wire.date(), [wire.bigint(), z.string()])
  const value: z.output<typeof schema> = ['a', new Date(0), new Date(1), 5n, 'b']
  const onWire: z.input<typeof schema> = ['a', '1970-01-01T00:00:00.000Z', '1970-01-01T00:00:00.001Z', '5', 'b']
  assert.deepEqual(schema.encode(value), onWire)
  assert.deepEqual(schema.decode(onWire), value)
  assert.deepEqual(schema.decode(['a', '5', 'b']), ['a', 5n, 'b'])
  refuses(schema, 'decode', [['a', '5'], [], ['a', 'x', '5', 'b'], {}, null])
  refuses(schema, 'encode', [
    ['a', '5', 'b'],
    ['a', 5n],
  ])
  const { error } = schema.safeDecode(['a', '1970-01-01T00:00:00Z', 'x', '5', 6 as never])
  assert.deepEqual(
    error?.issues.map(({ path }) => path),
    [[2], [4]],
  )
})

test('an object holds what the forms of its keys say', () => {
  const schema = wire.keyed(z.object({ id: z.string() }), [
    [wire.text<`x-${string}`>(/^x-/u), wire.date()],
    [z.number(), z.boolean()],
  ])
  const value: z.output<typeof schema> = { id: 'a', 'x-b': new Date(0), 7: true }
  const onWire: z.input<typeof schema> = { id: 'a', 'x-b': '1970-01-01T00:00:00.000Z', 7: true }
  assert.deepEqual(schema.encode({ ...value, other: 1 } as never), onWire)
  assert.deepEqual(schema.decode({ ...onWire, other: 1 } as never), value)
  const hostile: unknown = JSON.parse('{"id":"a","__proto__":{"x-b":1}}')
  assert.deepEqual(Object.entries(schema.decode(hostile as never)), [['id', 'a']])
  refuses(schema, 'decode', [{}, [], null, { id: 'a', 'x-b': 'x' }, { id: 'a', 7: 1 }])
  const { error } = schema.safeDecode({ 'x-b': 'x' } as never)
  assert.deepEqual(
    error?.issues.map(({ path }) => path),
    [['id'], ['x-b']],
  )
})

test('an object with forms of keys waits for what is asked elsewhere', async () => {
  const slow = z.string().refine(async (text) => text !== 'taken')
  const schema = wire.keyed(z.object({}), [[z.string(), slow]])
  assert.deepEqual(await schema.safeDecodeAsync({ a: 'free' }), { success: true, data: { a: 'free' } })
  assert.equal((await schema.safeDecodeAsync({ a: 'taken' })).success, false)
})

test('maps and sets carry what is in them', () => {
  const keys = fc.string().filter((key) => key !== '__proto__')
  fc.assert(
    fc.property(fc.array(fc.tuple(keys, dates)), (entries) => {
      // JSON keeps no order of keys that are whole numbers.
      const map = new Map(Object.entries(Object.fromEntries(entries)))
      holds(wire.map(z.string(), wire.date()), map)
    }),
  )
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.bigInt())), (entries) =>
      holds(wire.pairs(z.number(), wire.bigint()), new Map(entries)),
    ),
  )
  fc.assert(fc.property(fc.array(fc.bigInt()), (items) => holds(wire.set(wire.bigint()), new Set(items))))
  assert.deepEqual(wire.set(z.number()).decode([1, 1, 2] as never), new Set([1, 2]))
})

test('maps and sets say where they do not fit', () => {
  const map = wire.map(z.string().max(3), wire.date())
  assert.deepEqual(map.safeDecode({ a: 'no date' }).error?.issues[0]?.path, ['a'])
  refuses(map, 'decode', [
    ...junk.filter((value) => String(value) !== '[object Object]'),
    { long: '2026-11-22T09:30:00Z' },
    [['a', 1]],
  ])
  refuses(map, 'encode', [
    ...junk,
    new Map([['a', new Date(Number.NaN)]]),
    new Map([['a', 'x']]),
    new Map([[1, new Date()]]),
  ])
  refuses(wire.pairs(z.number(), z.number()), 'decode', [{}, [[1]], [[1, 2, 3]], [['1', 2]], '[[1,2]]'])
  refuses(wire.set(wire.date()), 'decode', [{}, ['x'], 'x', null])
  refuses(wire.set(wire.date()), 'encode', [[], [new Date()], new Set(['x']), new Set([new Date(Number.NaN)])])
})

test('a map cannot set a prototype', () => {
  const map = wire.map(z.string(), z.unknown())
  const read = map.decode(JSON.parse('{"__proto__":{"admin":true},"a":1}') as never)
  assert.deepEqual([...read], [['a', 1]])
  refuses(map, 'encode', [new Map([['__proto__', { admin: true }]])])
})

test('numbers that JSON cannot carry are refused', () => {
  for (const number of [z.number(), z.int()]) refuses(number, 'encode', [Number.NaN, Infinity, -Infinity])
})

test('a time has an offset', () => {
  for (const text of ['00:00:00Z', '23:59:60z', '09:30:00.123456+01:00']) assert.equal(wire.time().decode(text), text)
  refuses(wire.time(), 'decode', [...junk, '09:30', '09:30:00', '24:00:00Z', '09:30:00+24:00'])
})

test('text of a form is of it as a whole', () => {
  const user = wire.text<`user_${number}`>(/^user_\d+$/u)
  assert.equal(user.decode('user_1'), 'user_1')
  refuses(user, 'decode', [...junk, 'user_', ' user_1', 'user_1\n'])
})

test('a record whose keys are of one form drops the others on both ways', () => {
  const headers = wire.record(wire.text<`x-${string}`>(/^x-/), wire.date())
  const at = '2026-11-22T09:30:00.000Z'
  assert.deepEqual(headers.decode({ 'x-a': at, other: 1, 'X-A': at }), { 'x-a': new Date(at) })
  assert.deepEqual(headers.encode({ 'x-a': new Date(at), other: 1 } as never), { 'x-a': at })
  refuses(headers, 'decode', [
    { 'x-a': 'soon' },
    ...junk.filter((value) => typeof value !== 'object'),
    null,
    [],
    new Date(),
  ])
  refuses(headers, 'encode', [{ 'x-a': at }, null, [], 'x', 1, new Map()])
  const seats = wire.record(z.number(), z.string())
  assert.deepEqual(seats.decode({ 1: 'a', '2.5': 'b', c: 3 } as never), { 1: 'a', '2.5': 'b' })
  refuses(seats, 'decode', [{ 1: 1 }])
})

test('items are unique when no two are the same on the wire', () => {
  const same: unknown[][] = [
    [1, 1],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [new Date(0), new Date(0)],
    [1n, 1n],
    [new Map([['a', 1]]), new Map([['a', 1]])],
    [{ a: undefined }, {}],
  ]
  const other: unknown[][] = [[1, '1'], [{ a: 1 }, { b: 1 }], [[], {}], [1n, 2n], [new Date(0), new Date(1)], []]
  for (const items of same) assert.equal(wire.unique(items), false)
  for (const items of other) assert.equal(wire.unique(items), true)
})

test('what is large takes time in proportion', () => {
  // A pattern that goes back and forth would take hours over this.
  refuses(wire.date(), 'decode', [`2026-11-22T09:30:00.${'0'.repeat(1_000_000)}`])
  refuses(wire.bytes(), 'decode', [`${'A'.repeat(999_999)}*`])
  refuses(wire.bigint(), 'decode', ['1'.repeat(1_000_000)])
  refuses(wire.time(), 'decode', [`09:30:00.${'0'.repeat(1_000_000)}`])
})

test('objects that may be several at once are a union to whoever looks', () => {
  const either = wire.anyOf([z.object({ one: z.string() }), z.object({ other: z.number() })])
  assert.deepEqual(either.parse({ one: 'a', other: 1, more: true }), { one: 'a', other: 1 })
  assert.equal(either.options[1].shape.other.type, 'number')
  assert.equal(z.toJSONSchema(either).anyOf?.length, 2)
})
