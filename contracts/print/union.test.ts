import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import * as z from 'zod'
import type { Property, Shape } from '../shape.ts'
import * as wire from '../wire.ts'
import { checkRoutes } from './index.ts'
import { render } from './layout.ts'
import { resolve } from './overlap.ts'
import { valuesOf } from './testing/arbitrary.ts'
import { array, boolean, date, literal, model, number, object, operation, ref, string, union } from './testing/model.ts'
import { arrange } from './union.ts'
import { zodLayout } from './zod-text.ts'

const types = model([]).types

/** The schema that is printed for a shape without names. */
function schemaOf(shape: Shape): z.ZodType {
  const text = render(
    zodLayout(shape, {
      types,
      input: false,
      nameOf: (name) => name,
      isLate: () => false,
      arranged: (union) => arrange(union, types),
      userSchema: () => assert.fail(),
      isRecursive: () => false,
    }),
  )
  return new Function('z', 'wire', `return ${text}`)(z, wire) as z.ZodType
}

function codes(output: Shape, named: Readonly<Record<string, Shape>> = {}): string[] {
  return checkRoutes(model([operation('unions.test', { output })], named)).map(({ code }) => code)
}

/** A value goes through the union as it is, both ways. */
function keeps(shape: Shape, wired: unknown, value: unknown = wired): void {
  assert.deepEqual(codes(shape), [])
  const schema = schemaOf(shape)
  assert.deepStrictEqual(schema.decode(wired), value)
  assert.deepStrictEqual(schema.encode(value), wired)
}

// Few names and few types, so that members overlap in every way.
const field = fc.constantFrom<Shape>(
  string,
  number,
  date,
  literal('x'),
  object({ a: string }),
  object({ a: string, b: string }),
)
const member = fc
  .uniqueArray(fc.record({ name: fc.constantFrom('a', 'b', 'c'), shape: field, optional: fc.boolean() }), {
    selector: ({ name }) => name,
    maxLength: 3,
  })
  .map((properties: Property[]): Shape => ({ kind: 'object', properties }))

test('a value of any member of a union keeps all of its keys, or the union is refused', () => {
  let kept = 0
  const trial = fc.array(member, { minLength: 2, maxLength: 3 }).chain((members) =>
    fc.tuple(
      fc.constant(union(...members)),
      fc.constantFrom(...members).chain((one) => valuesOf(one, types) ?? fc.constant({})),
    ),
  )
  fc.assert(
    fc.property(trial, ([shape, value]) => {
      if (codes(shape).length > 0) return
      kept++
      const schema = schemaOf(shape)
      const told = () => `${inspect(value)} in ${inspect(shape, { depth: 9 })}`
      const encoded = schema.encode(value)
      assert.deepStrictEqual(encoded, JSON.parse(JSON.stringify(value)), told())
      assert.deepStrictEqual(schema.decode(encoded), value, told())
    }),
    { numRuns: 500 },
  )
  assert.ok(kept > 100, `${kept} of 500 were tried`)
})

test('the member with more keys is tried first', () => {
  const shape = union(
    object({ a: string }),
    object({ a: string, b: number }),
    object({ a: string, b: number, 'c?': date }),
  )
  keeps(shape, { a: 'x' })
  keeps(shape, { a: 'x', b: 1 })
  keeps(shape, { a: 'x', b: 1, c: '1970-01-01T00:00:00.000Z' }, { a: 'x', b: 1, c: new Date(0) })
})

test('of what fits several members, the keys of all are kept, deep down too', () => {
  const shape = union(object({ a: string, 'b?': number }), object({ a: string, 'c?': date }), object({ d: boolean }))
  keeps(shape, { a: 'x', b: 1 })
  keeps(shape, { a: 'x', c: '1970-01-01T00:00:00.000Z', d: true, b: 1 }, { a: 'x', c: new Date(0), d: true, b: 1 })
  assert.deepEqual(schemaOf(shape).encode({ a: 'x', b: 1, secret: 1 }), { a: 'x', b: 1 })
  assert.deepEqual(schemaOf(shape).decode({ a: 'x', b: 'wrong' }), { a: 'x' })
  const items = (name: string): Shape => object({ list: array(object({ [name]: string })) })
  keeps(union(items('b'), items('c')), { list: [{ b: 'x', c: 'y' }] })
  keeps(union(items('b'), items('c')), { list: [{ b: 'x' }] })
})

test('a value with keys of others only is no member that needs no key', () => {
  const schema = schemaOf(union(object({ 'a?': string }), object({ 'b?': number })))
  for (const value of [{ a: 0 }, { b: 'x' }, { a: null }]) assert.equal(schema.safeDecode(value).success, false)
  for (const value of [{}, { a: 'x' }, { a: 'x', b: 1 }]) assert.deepEqual(schema.decode(value), value)
  assert.deepEqual(schema.decode({ later: 1 }), {})
})

test('objects with a plain property of their own are a discriminated union', () => {
  const shape = union(object({ k: literal('a'), v: date }), object({ k: union(literal(1), literal(true)), v: string }))
  assert.ok(schemaOf(shape) instanceof z.ZodDiscriminatedUnion)
  keeps(shape, { k: 'a', v: '1970-01-01T00:00:00.000Z' }, { k: 'a', v: new Date(0) })
  keeps(shape, { k: true, v: '1970-01-01T00:00:00.000Z' })
})

test('a discriminant that zod would refuse makes no discriminated union', () => {
  const twice = union(object({ k: literal('a'), v: string }), object({ k: literal('a'), w: string }))
  const optional = union(object({ 'k?': literal('a'), v: string }), object({ k: literal('b'), w: string }))
  const large = union(object({ k: literal(1n), v: string }), object({ k: literal(2n), v: string }))
  for (const shape of [twice, optional, large]) assert.ok(!(schemaOf(shape) instanceof z.ZodDiscriminatedUnion))
  keeps(twice, { k: 'a', w: 'x' })
  keeps(optional, { v: 'x' })
})

test('null, undefined and plain values stand beside the rest', () => {
  const shape = union({ kind: 'null' }, literal('a'), literal('b'), object({ k: literal('x') }), number)
  for (const value of [null, 'a', 'b', { k: 'x' }, 3]) keeps(shape, value)
  assert.equal(schemaOf(shape).safeDecode('c').success, false)
})

test('what could not be read back is refused', () => {
  assert.deepEqual(codes(union(string, date)), ['PK2008'])
  assert.deepEqual(codes(union(string, { kind: 'bigint' })), ['PK2008'])
  assert.deepEqual(codes(union(number, date, string)), ['PK2008'])
  assert.deepEqual(codes(union(array(string), { kind: 'set', items: string })), ['PK2008'])
  assert.deepEqual(codes(union({ kind: 'bigint' }, { kind: 'url' })), ['PK2008'])
  assert.deepEqual(codes(union({ kind: 'unknown' }, date)), ['PK2008'])
  assert.deepEqual(codes(array(object({ at: union(date, string) }))), ['PK2008'])
  assert.deepEqual(codes(union(object({ a: date }), object({ a: string }))), ['PK2008'])
  assert.deepEqual(codes(union(object({ at: ref('D') }), object({ k: boolean })), { D: union(date, string) }), [
    'PK2008',
  ])
  const inSets = (name: string): Shape => object({ a: { kind: 'set', items: object({ [name]: string }) } })
  assert.deepEqual(codes(union(inSets('b?'), inSets('c?'))), ['PK2009'])
  const map = (key: Shape): Shape => ({ kind: 'map', key, value: string })
  assert.deepEqual(codes(union(map(string), map(number))), ['PK2008'])
  for (const fine of [
    union(date, { kind: 'null' }),
    union(object({ a: date }), object({ b: date })),
    union(array(date), { kind: 'null' }),
    union(object({ imported: date }), object({ form: string }), literal('manual'), number),
    union(array(date), string),
  ]) {
    assert.deepEqual(codes(fine), [])
  }
})

test('what is text on the wire stands beside what is not', () => {
  const [moment, at] = ['1970-01-01T00:00:00.000Z', new Date(0)]
  const [link, url] = ['https://a.b/', new URL('https://a.b/')]
  const shapes: readonly (readonly [Shape, ...(readonly [wired: unknown, value: unknown])[]])[] = [
    [union(date, number), [moment, at], [5, 5]],
    [union(date, { kind: 'null' }, boolean), [moment, at], [null, null], [true, true]],
    [union(number, { kind: 'bigint' }), ['5', 5n], [5, 5]],
    [union({ kind: 'url' }, number), [link, url], [5, 5]],
    [union(array(number), { kind: 'bytes' }), ['AA==', new Uint8Array(1)], [[0], [0]]],
    [union(date, array(date)), [moment, at], [[moment], [at]]],
    [union(array({ kind: 'bigint' }), object({ a: date })), [['5'], [5n]], [{ a: moment }, { a: at }]],
    [union({ kind: 'set', items: date }, string), [[moment], new Set([at])], ['x', 'x']],
    [union({ kind: 'map', key: number, value: date }, object({ a: date })), [[[1, moment]], new Map([[1, at]])]],
  ]
  for (const [shape, ...values] of shapes) for (const [wired, value] of values) keeps(shape, wired, value)
})

test('a text that is no date stands beside dates', () => {
  const [moment, at] = ['1970-01-01T00:00:00.000Z', new Date(0)]
  const shape = union(date, literal('never'), number)
  for (const [wired, value] of [
    [moment, at],
    ['never', 'never'],
    [5, 5],
  ] as const)
    keeps(shape, wired, value)
  assert.deepEqual(codes(union({ kind: 'bigint' }, literal('auto'))), [])
  assert.deepEqual(codes(union({ kind: 'bigint' }, literal('7'))), ['PK2008'])
  assert.deepEqual(codes(union(date, literal(moment))), ['PK2008'])
  assert.deepEqual(codes(union({ kind: 'bytes' }, literal('none'))), ['PK2008'])
  assert.deepEqual(codes(union({ kind: 'bytes' }, literal('auto!'))), [])
  assert.deepEqual(codes(union(date, { kind: 'template', texts: ['in ', ' days'], holes: [number] })), ['PK2008'])
})

test('an instance of a class is never taken for an object with properties', () => {
  const [link, url] = ['https://a.b/', new URL('https://a.b/')]
  const [moment, at] = ['1970-01-01T00:00:00.000Z', new Date(0)]
  keeps(union(object({ 'a?': string }), date), moment, at)
  keeps(union({ kind: 'record', key: string, value: { kind: 'unknown' } }, date), moment, at)
  const byProtocol = (protocol: string): Shape => object({ protocol: literal(protocol) })
  keeps(union(byProtocol('https:'), byProtocol('http:'), { kind: 'url' }), link, url)
  const named = { One: union(object({ 'a?': string }), date), Two: union(object({ 'b?': number }), array(date)) }
  const { types } = model([], named)
  const { forms } = arrange(union(ref('One'), ref('Two')), types)
  assert.deepEqual(forms[0], [date])
  const recursive = { Tree: union(date, array(ref('Tree'))) }
  const tree = arrange(union(object({ 'a?': string }), ref('Tree')), model([], recursive).types)
  assert.deepEqual(tree.forms[0], [ref('Tree')])
})

test('a refusal says where', () => {
  const output = object({ list: array(object({ when: union(string, date) })) })
  const [found] = checkRoutes(model([operation('todos.list', { output })]))
  assert.equal(found?.path, 'todos.list output.list.[].when')
  assert.equal(found?.at?.file, '/app/src/functions/todos.ts')
})

test('a union of unions that lead back to it is arranged in time', () => {
  const named = {
    Tree: union(object({ leaf: string }), object({ nodes: array(union(ref('Tree'), object({ more: ref('Tree') }))) })),
  }
  assert.deepEqual(codes(ref('Tree'), named), [])
  assert.equal(resolve(ref('Tree'), model([operation('x.y')], named).types).kind, 'union')
})
