import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { lockText } from './lock-text.ts'
import { array, date, literal, model, number, object, operation, ref, route, string, union } from './testing/model.ts'
import { todos } from './testing/todos.ts'

function hash(output: Shape, types: Readonly<Record<string, Shape>> = {}, more: Partial<OperationModel> = {}): string {
  return hashes(model([operation('a.b', { output, ...more })], types))['a.b'] ?? ''
}

function hashes(app: AppModel): Readonly<Record<string, string>> {
  return (JSON.parse(lockText(app)) as { operations: Record<string, string> }).operations
}

test('names, comments and order make no difference to the lock', () => {
  const before = hash(object({ a: string, 'b?': date }))
  assert.equal(
    hash(object({ 'b?': date, a: { ...string, description: 'Words.', deprecated: true, examples: ['x'] } })),
    before,
  )
  assert.equal(hash(ref('Todo'), { Todo: object({ a: string, 'b?': date }) }), before)
  assert.equal(hash(ref('Task'), { Task: object({ a: ref('Text'), 'b?': date }), Text: string }), before)
  assert.equal(hash(union(literal('a'), literal('b'))), hash(union(literal('b'), literal('a'), literal('a'))))
})

test('whatever the wire shows makes a difference to the lock', () => {
  const shapes: Shape[] = [
    object({ a: string }),
    object({ 'a?': string }),
    object({ b: string }),
    object({ a: number }),
    object({ a: date }),
    object({ a: array(string) }),
    object({ a: { kind: 'set', items: string } }),
    object({ a: { kind: 'string', minLength: 1 } }),
    object({ a: { kind: 'string', minLength: 2 } }),
    object({ a: { kind: 'string', maxLength: 1 } }),
    object({ a: { ...string, default: 'x' } }),
    object({ a: literal('1') }),
    object({ a: literal(1) }),
    object({ a: literal(1n) }),
    object({ a: union(string, number) }),
    object({ a: { kind: 'tuple', items: [{ shape: string }] } }),
    object({ a: { kind: 'tuple', items: [{ shape: string, optional: true }] } }),
    object({ a: { kind: 'tuple', items: [], rest: string } }),
    { kind: 'record', key: string, value: string },
    { kind: 'map', key: string, value: string },
    { kind: 'object', properties: [], index: { key: string, value: string } },
    { kind: 'template', texts: ['a', ''], holes: [string] },
    { kind: 'template', texts: ['', 'a'], holes: [string] },
    { kind: 'bigint', minimum: 1n },
    { kind: 'bigint', maximum: 1n },
  ]
  assert.equal(new Set(shapes.map((shape) => hash(shape))).size, shapes.length)
  const more: Partial<OperationModel>[] = [
    {},
    { auth: false },
    { rpc: false },
    { kind: 'stream' },
    { input: string },
    { routes: [route('GET', '/a')] },
    { routes: [route('GET', '/b')] },
    { errors: [{ code: 'GONE', status: 410 }] },
    { errors: [{ code: 'GONE', status: 404 }] },
    { errors: [{ code: 'GONE', status: 410, data: string }] },
  ]
  assert.equal(new Set(more.map((change) => hash(string, {}, change))).size, more.length)
})

test('a change deep within types that lead to each other reaches every operation on them', () => {
  const types = (leaf: Shape, names = ['A', 'B', 'C']): Record<string, Shape> => {
    const [a = '', b = '', c = ''] = names
    return {
      [a]: object({ 'next?': ref(b) }),
      [b]: object({ 'next?': ref(c) }),
      [c]: object({ 'next?': ref(a), leaf }),
    }
  }
  const before = hash(ref('A'), types(string))
  assert.equal(hash(ref('A'), types(string)), before)
  assert.equal(hash(ref('Z'), types(string, ['Z', 'Y', 'X'])), before)
  assert.notEqual(hash(ref('A'), types(number)), before)
  assert.notEqual(hash(ref('B'), types(string)), before)
})

test('an operation that is added changes no other', () => {
  const more = model([...todos.operations, operation('x.y', { input: object({ a: string }) })])
  const { 'x.y': added, ...others } = hashes({ ...more, types: todos.types })
  assert.ok(added)
  assert.deepEqual(others, hashes(todos))
})
