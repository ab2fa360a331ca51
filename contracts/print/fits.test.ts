import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import type { Shape } from '../shape.ts'
import { fits } from './fits.ts'
import { checkRoutes } from './index.ts'
import { array, date, literal, model, number, object, operation, ref, string, union } from './testing/model.ts'
import { pairsOf } from './testing/parser-agreement.ts'

const named = { Tree: object({ at: date, kids: array(ref('Tree')) }) }
const { types } = model([], named)
const template: Shape = { kind: 'template', texts: ['v', ''], holes: [number] }

/** Shapes, each with what is of it and what is not. */
const rows: readonly (readonly [Shape, readonly unknown[], readonly unknown[]])[] = [
  [{ kind: 'string', minLength: 2, maxLength: 3, pattern: 'a' }, ['ab', 'bab'], ['a', 'bbb', 'aaaa', 1]],
  [{ kind: 'string', format: 'uuid' }, ['00000000-0000-0000-0000-000000000000'], ['x']],
  [{ kind: 'string', format: 'uri' }, ['https://a.b/'], ['x']],
  [{ kind: 'string', format: 'ipv6' }, ['::1'], ['x']],
  [{ kind: 'string', format: 'date' }, ['2026-02-28'], ['2026-02-30']],
  [{ kind: 'number', integer: true, minimum: 1, exclusiveMaximum: 9, multipleOf: 2 }, [2, 8], [0, 9, 10, 3, 2.5, '2']],
  [{ kind: 'number', exclusiveMinimum: 1, maximum: 3 }, [1.5, 3], [1, 4]],
  [{ kind: 'bigint', minimum: 1n, maximum: 3n }, ['1', '3'], ['0', '4', '1.5', 1, '01']],
  [{ kind: 'boolean' }, [true], [0]],
  [template, ['v1'], ['v', 'w1', 1]],
  [date, ['2026-01-01T00:00:00Z'], ['2026-01-01', 0]],
  [{ kind: 'url' }, ['https://a.b/'], ['a.b']],
  [{ kind: 'bytes' }, ['AA=='], ['A']],
  [literal(1n), ['1'], [1]],
  [
    { kind: 'array', items: number, minItems: 1, maxItems: 2, uniqueItems: true },
    [[1], [1, 2]],
    [[], [1, 1], [1, 2, 3], ['a']],
  ],
  [{ kind: 'set', items: date }, [[], ['2026-01-01T00:00:00Z']], [['x'], {}]],
  [
    { kind: 'tuple', items: [{ shape: string }, { shape: number, optional: true }] },
    [['a'], ['a', 1]],
    [[], ['a', 'b'], ['a', 1, 1]],
  ],
  [
    { kind: 'tuple', items: [{ shape: string }], rest: number, after: [{ shape: date }] },
    [['a', 1, '2026-01-01T00:00:00Z']],
    [['a'], ['a', 1]],
  ],
  [
    object({ a: string, 'b?': number, c: { ...number, default: 1 } }),
    [{ a: 'x' }, { a: 'x', b: 1, d: 2 }],
    [{}, { a: 1 }, [], null],
  ],
  [{ kind: 'object', properties: [], index: { key: string, value: date } }, [{}], [{ a: 'x' }]],
  [{ kind: 'record', key: string, value: number }, [{ a: 1 }], [{ a: 'x' }, []]],
  [{ kind: 'map', key: string, value: date }, [{}], [{ a: 'x' }, []]],
  [
    { kind: 'map', key: number, value: date },
    [[[1, '2026-01-01T00:00:00Z']]],
    [[['1', '2026-01-01T00:00:00Z']], [[1]], {}],
  ],
  [union(date, literal('never'), number), ['never', 1], ['x', null]],
  [{ kind: 'unknown' }, [null, {}], []],
  [ref('Tree'), [{ at: '2026-01-01T00:00:00Z', kids: [] }], [{ at: '2026-01-01T00:00:00Z', kids: [{}] }]],
]

test('JSON fits a shape where the schema and the parser take it', () => {
  for (const [shape, right, wrong] of rows) {
    const [pair] = pairsOf(model([operation('all.one', { input: shape, output: shape })], named))
    for (const wire of [...right, ...wrong]) {
      const told = `${inspect(wire)} in ${inspect(shape)}`
      assert.equal(fits(shape, wire, types), right.includes(wire), told)
      assert.equal(pair?.schema.safeDecode(wire as never).success, right.includes(wire), told)
    }
  }
})

test('a default that is no value of its type is told', () => {
  const codes = (shape: Shape) =>
    checkRoutes(model([operation('a.b', { input: object({ 'x?': shape }) })])).map(({ code, path }) => [code, path])
  assert.deepEqual(codes({ ...date, default: 'yesterday' }), [['PK1202', 'a.b input.x']])
  assert.deepEqual(codes({ ...number, default: 3 }), [])
  assert.deepEqual(codes({ ...union(date, { kind: 'null' }), default: null }), [])
})
