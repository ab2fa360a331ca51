import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import * as client from '../../clients/fetch.ts'
import { convert, type Plan } from '../../clients/plan.ts'
import type { Shape } from '../shape.ts'
import { checkRoutes } from './index.ts'
import { render } from './layout.ts'
import { Planner } from './plan.ts'
import { planLayout } from './plan-layout.ts'
import { shapes, valuesOf } from './testing/arbitrary.ts'
import { array, date, literal, model, number, object, operation, ref, string, union } from './testing/model.ts'
import { pairsOf } from './testing/parser-agreement.ts'

const { types } = model([])

/** The plan of a shape, as the client has it. */
function planOf(shape: Shape): { text: string; plan: Plan | 0 } {
  const pieces = new Set<string>()
  const text = render(planLayout(new Planner(types).plan(shape), pieces))
  const given = Object.entries(client).filter(([name]) => pieces.has(name))
  const make = new Function(...given.map(([name]) => name), `return ${text.replaceAll(' as const', '')}`)
  return { text, plan: make(...given.map(([, piece]) => piece)) as Plan | 0 }
}

test('what the client of a union is generated with', () => {
  const object1 = object({ a: date })
  for (const [shape, text] of [
    [union(date, number), "either({ string: 'd' })"],
    [union(date, { kind: 'null' }), "'d'"],
    [union(date, literal('never'), literal('now')), "unless('d', 'never', 'now')"],
    [union({ kind: 'bigint' }, literal('auto'), number), "either({ string: unless('n', 'auto') })"],
    [union(object1, array(date), string), "either({ object: ['o', { a: 'd' }], array: ['a', 'd'] })"],
    [union(number, { kind: 'map', key: number, value: date }), "either({ array: map(0, 'd') }, 'array')"],
  ] as const) {
    assert.equal(planOf(shape).text, text)
  }
})

test('a name that every object inherits is one like others in a plan', () => {
  const indexed: Shape = {
    kind: 'object',
    properties: [{ name: 'constructor', shape: number, optional: false }],
    index: { key: string, value: date },
  }
  assert.equal(planOf(indexed).text, "['o', { constructor: 0 as const }, 'd']")
  const tagged = union(object({ kind: literal('__proto__'), at: date }), object({ kind: literal('b'), at: string }))
  const value = { kind: '__proto__', at: new Date(0) }
  assert.deepEqual(convert(planOf(tagged).plan, { kind: '__proto__', at: '1970-01-01T00:00:00Z' }, {}, true), value)
})

test('what the client of an object with forms of keys is generated with', () => {
  const template = (first: string): Shape => ({ kind: 'template', texts: [first, ''], holes: [string] })
  const keyed = (values: readonly (readonly [Shape, Shape])[]): Shape => ({
    kind: 'keyed',
    properties: [{ name: 'd_', shape: string, optional: false }],
    signatures: values.map(([key, value]) => ({ key, value })),
  })
  for (const [shape, text] of [
    [keyed([[template('d_'), date]]), "['o', { d_: 0 }, 'd']"],
    [
      keyed([
        [template('d_'), date],
        [number, { kind: 'bigint' }],
      ]),
      "keyed({ d_: 0 }, [[/^d_[\\s\\S]*$/u, 'd'], [/^-?\\d+(?:\\.\\d+)?$/u, 'n']])",
    ],
    [
      keyed([
        [template('d_'), date],
        [string, union(date, number)],
      ]),
      "keyed({ d_: 0 }, [[/^d_[\\s\\S]*$/u, 'd']], either({ string: 'd' }))",
    ],
  ] as const) {
    assert.equal(planOf(shape).text, text)
  }
})

test('clients write and read what schemas read and write', () => {
  let kept = 0
  const trial = shapes([]).chain((shape) =>
    fc.tuple(fc.constant(shape), valuesOf(shape, types) ?? fc.constant(undefined)),
  )
  fc.assert(
    fc.property(trial, ([shape, value]) => {
      const app = model([operation('all.one', { input: shape, output: shape })])
      if (value === undefined || checkRoutes(app).length > 0) return
      kept++
      const { text, plan } = planOf(shape)
      const [pair] = pairsOf(app)
      const told = () => `${inspect(value, { depth: 9 })} by ${text}`
      const wired = JSON.stringify(pair?.encode(value))
      assert.deepEqual(JSON.parse(JSON.stringify(convert(plan, value, {}, false))), JSON.parse(wired), told())
      assert.deepStrictEqual(convert(plan, JSON.parse(wired), {}, true), value, told())
    }),
    { numRuns: 800 },
  )
  assert.ok(kept > 150, `${kept} of 800 were tried`)
})

test('a union of objects that lead back to it has a plan', { timeout: 20_000 }, () => {
  const { types } = model([operation('nodes.get', { output: ref('Node') })], {
    Node: union(object({ next: ref('Node'), at: date }), object({ next: ref('Node'), name: string })),
  })
  const planner = new Planner(types)
  assert.deepEqual(planner.plan(ref('Node')), ['#', 'Node'])
  const merged = ['#', '+0'] as const
  assert.deepEqual(
    [...planner.named],
    [
      ['Node', merged],
      ['+0', ['o', { next: merged, at: 'd' }]],
    ],
  )
})
