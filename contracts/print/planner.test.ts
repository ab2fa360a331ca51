import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import * as client from '../../clients/fetch.ts'
import { convert, type Plan } from '../../clients/plan.ts'
import { LastingModel } from '../lasting-model.ts'
import type { AppModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { checkRoutes, createKept, printContracts } from './index.ts'
import { render } from './layout.ts'
import { planLayout } from './plan-layout.ts'
import { type KeptPlans, Planner, type Trail } from './planner.ts'
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

test('a union that leads back to itself keeps its plan when it is met again', () => {
  const shape = union(object({ next: ref('Node'), at: date }), string)
  const { types } = model([operation('nodes.get', { output: shape })], { Node: object({ value: shape }) })
  const planner = new Planner(types)
  const plan = ['?', { object: ['o', { next: ['#', 'Node'], at: 'd' }] }]
  for (let times = 0; times < 2; times++) {
    assert.deepEqual(planner.plan(shape), ['#', '~0'])
    assert.deepEqual(planner.named.get('~0'), plan)
  }
})

test('a plan that would meet itself, now that another stands behind it, is made anew', () => {
  const none: Shape = { kind: 'null' }
  const word = union(object({ next: ref('Word'), at: date }), none)
  const alias = { Word: word, Alias: ref('Word') }
  const ring = {
    Ring: object({ alias: ref('Alias'), word: ref('Word') }),
    Word: union(object({ link: ref('Link'), at: date }), none),
    Alias: ref('Word'),
    Link: object({ ring: ref('Ring'), at: date }),
  }
  for (const [types, first] of [
    [alias, 'Word'],
    [ring, 'Ring'],
  ] as const) {
    const kept = createKept()
    const lasting = new LastingModel()
    for (const outputs of [[first, 'Alias'], ['Alias'], ['Alias', first]]) {
      const now = model(
        outputs.map((name) => operation(`all.${name}`, { output: ref(name) })),
        types,
      )
      const files = printContracts(lasting.renew(now), { kept })
      assert.equal(files.get('client.ts'), printContracts(now).get('client.ts'))
    }
  }
})

test('after any edits the plans are those that are made anew', () => {
  const names = ['Album', 'Badge', 'Card', 'Draft']
  const starts = ['albums.get', 'badges.get', 'cards.get', 'drafts.get', 'drafts.find']
  const named = fc.constantFrom(...names).map(ref)
  // Such unions are the same object wherever they are: who meets one again depends on where it was met first.
  const same = names.map((name) => union(object({ next: ref(name), at: date }), string))
  const merged = fc
    .tuple(named, named)
    .map(([one, other]) => union(object({ next: one, at: date }), object({ next: other, name: string })))
  const shape = fc.oneof(
    named,
    named.map(array),
    merged,
    fc.tuple(named, fc.constantFrom(...same)).map(([one, other]) => object({ one, other, at: date })),
    fc.constantFrom(...same),
    shapes(names),
  )
  const edit = fc.oneof(
    fc.record({ type: fc.constantFrom(...names), shape }),
    fc.record({ start: fc.constantFrom(...starts), shape }),
  )
  let compared = 0
  let others = 0
  let misled = 0
  fc.assert(
    fc.property(fc.array(edit, { minLength: 10, maxLength: 10 }), (edits) => {
      const lasting = new LastingModel()
      const kept: KeptPlans = new WeakMap()
      const trails = new WeakMap<object, Trail>()
      const types: Record<string, Shape> = Object.fromEntries(names.map((name) => [name, object({ at: date })]))
      const outputs: Record<string, Shape> = Object.fromEntries(starts.map((start) => [start, string]))
      for (const step of edits) {
        if ('type' in step) types[step.type] = step.shape
        else outputs[step.start] = step.shape
        const operations = Object.entries(outputs).map(([name, output]) => operation(name, { output }))
        const now = lasting.renew(model(operations, types))
        const fresh = attempt(() => plansOf(now, new Planner(now.types)))
        if (!fresh) continue
        const planner = new Planner(now.types, kept)
        const later = plansOf(now, planner, trails)
        const hasOthers = [...fresh.keys()].some((name) => /^[~+]/.test(name))
        if (hasOthers) others++
        if (planner.isMisled) misled++
        else assert.deepEqual([...later], [...fresh])
        assert.ok(hasOthers || !planner.isMisled)
        compared++
      }
    }),
    { numRuns: 200 },
  )
  const counts = `${compared} compared, ${others} with names that are no type's, ${misled} misled by what was kept`
  assert.ok(compared > 600 && others > 100 && misled > 50, counts)
})

/** The plans of the outputs, and the table of those that they refer to. What has left a trail is not planned again. */
function plansOf(app: AppModel, planner: Planner, trails = new WeakMap<object, Trail>()): Map<string, unknown> {
  for (const one of app.operations) {
    const known = trails.get(one)
    if (known && planner.meet(known)) continue
    const { trail } = planner.follow(() => one.output && planner.plan(one.output))
    if (trail) trails.set(one, trail)
  }
  return planner.named
}

function attempt<Made>(make: () => Made): Made | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
