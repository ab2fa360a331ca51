import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OperationModel } from '../model.ts'
import { parametersOf } from '../parameters.ts'
import type { Shape } from '../shape.ts'
import { checkRoutes } from './index.ts'
import {
  array,
  boolean,
  date,
  literal,
  model,
  number,
  object,
  operation,
  ref,
  route,
  string,
  union,
} from './testing/model.ts'

const none: Shape = { kind: 'null' }

/** What is said of operations with these routes and inputs, in short. */
function told(...operations: OperationModel[]): string[] {
  return checkRoutes(model(operations)).map(({ code, path }) => `${code} ${path}`)
}

function routed(method: string, path: string, input?: Shape): OperationModel {
  return operation('todos.get', { routes: [route(method, path)], ...(input ? { input } : {}) })
}

function parameters(method: string, path: string, input: Shape, types: Readonly<Record<string, Shape>> = {}): string[] {
  const one = routed(method, path, input)
  const [first] = one.routes
  assert.ok(first)
  const found = parametersOf(first, one, model([one], types).types)
  assert.deepEqual(found.problems, [])
  return found.parameters.map(
    ({ name, in: place, type, many, required }) => `${place} ${name}: ${type}${many ? (required ? '[]' : '[]?') : ''}`,
  )
}

test('parameters are read as what the input has', () => {
  const input = object({
    id: { kind: 'string', format: 'uuid' },
    page: number,
    'done?': boolean,
    due: date,
    big: { kind: 'bigint' },
    sort: union(literal('a'), literal('b')),
    level: union(literal(1), literal(2)),
    flags: array(boolean),
    'marks?': array(number),
    words: { ...array(string), default: [] },
    names: union(array(string), { kind: 'undefined' }),
    tags: { kind: 'set', items: ref('Level') },
    yes: literal(true),
    form: { kind: 'template', texts: ['u', ''], holes: [number] },
  })
  const expected = [
    'path id: string',
    'query page: number',
    'query done: boolean',
    'query due: string',
    'query big: string',
    'query sort: string',
    'query level: number',
    'query flags: boolean[]',
    'query marks: number[]?',
    'query words: string[]?',
    'query names: string[]?',
    'query tags: string[]',
    'query yes: boolean',
    'query form: string',
  ]
  assert.deepEqual(parameters('GET', '/todos/:id', input, { Level: union(literal('low'), literal('high')) }), expected)
  assert.deepEqual(parameters('DELETE', '/todos/:id', input, { Level: string }), expected)
  assert.deepEqual(parameters('PATCH', '/todos/:page', input, { Level: string }), ['path page: number'])
  assert.deepEqual(parameters('POST', '/todos', array(string)), [])
})

test('a path parameter that the input lacks is refused', () => {
  assert.deepEqual(told(routed('GET', '/todos/:id', object({ key: string }))), ['PK2002 todos.get input'])
  assert.deepEqual(told(routed('GET', '/todos/:id')), ['PK2002 todos.get input'])
  assert.deepEqual(told(routed('POST', '/todos/:id', array(string))), ['PK2003 todos.get input'])
  assert.deepEqual(told(routed('GET', '/todos', union(object({ a: string }), object({ b: string })))), [
    'PK2003 todos.get input',
  ])
})

test('a path carries no lists, objects, nulls or mixtures', () => {
  for (const shape of [
    array(string),
    array(object({})),
    union(object({}), none),
    union(string, none),
    union(string, number),
    { kind: 'unknown' } as const,
  ]) {
    assert.deepEqual(told(routed('POST', '/todos/:id', object({ id: shape }))), ['PK2004 todos.get input.id'])
  }
})

test('a query carries no lists of objects, nulls, mixtures or lists of lists', () => {
  const shapes: Shape[] = [
    array(object({})),
    union(object({}), none),
    union(string, none),
    union(string, number),
    union(string, array(string)),
    array(array(string)),
    array(union(string, none)),
    { kind: 'record', key: string, value: string },
    { kind: 'tuple', items: [{ shape: string }] },
    { kind: 'unknown' },
    { kind: 'never' },
  ]
  for (const shape of shapes) {
    assert.deepEqual(told(routed('GET', '/todos', object({ 'filter?': shape }))), ['PK2005 todos.get input.filter'])
    assert.deepEqual(told(routed('POST', '/todos', object({ 'filter?': shape }))), [])
  }
  const indexed: Shape = { kind: 'object', properties: [], index: { key: string, value: string } }
  assert.deepEqual(told(routed('GET', '/todos', indexed)), ['PK2005 todos.get input'])
})

test('two routes that answer the same requests are refused, where the second is wired', () => {
  const one = operation('todos.get', { input: object({ id: string }), routes: [route('GET', '/todos/:id')] })
  const other = operation('lists.get', { input: object({ key: string }), routes: [route('GET', '/todos/:key')] })
  const [found, ...more] = checkRoutes(model([one, other]))
  assert.equal(found?.code, 'PK2001')
  assert.equal(found?.message, 'GET /todos/:key answers the same requests as GET /todos/:id. Take one of the two away.')
  assert.equal(found?.at?.file, '/app/src/app.ts')
  assert.deepEqual(more, [])
  assert.deepEqual(told(one, { ...other, routes: [route('PUT', '/todos/:key')] }), [])
  assert.deepEqual(told(one, { ...other, input: object({}), routes: [route('GET', '/todos/all')] }), [])
})

test('paths that no server could answer are refused', () => {
  const paths = [
    'todos',
    '/todos/*',
    '/todos/:id?',
    '/todos/:id{[0-9]+}',
    '/:',
    '/a:b',
    '/:a.json',
    '/:a-b',
    '/:id/:id',
    '/../x',
    '/a b',
    '/a?b=c',
    '/#',
  ]
  for (const path of paths) assert.deepEqual(told(routed('POST', path, object({}))), ['PK2006 todos.get'], path)
  for (const path of ['/', '/a.json', '/a-b/~c', '/a%20b'])
    assert.deepEqual(told(routed('POST', path, object({}))), [], path)
})

test('two operations of one name, and one under another, are refused', () => {
  assert.deepEqual(told(operation('a.b'), operation('a.b')), ['PK2007 a.b'])
  assert.deepEqual(told(operation('a'), operation('a.b')), ['PK2007 a.b'])
  assert.deepEqual(told(operation('a.__proto__')), ['PK2007 a.__proto__'])
  assert.deepEqual(told(operation('a.b'), operation('a.c'), operation('ab')), [])
})

test('properties that every object has are refused where they may be absent', () => {
  const input = (name: string, shape: Shape = string) => told(operation('a.b', { input: object({ [name]: shape }) }))
  assert.deepEqual(input('constructor'), [])
  assert.deepEqual(input('constructor?'), ['PK2010 a.b input.constructor'])
  assert.deepEqual(input('toString', { kind: 'unknown' }), ['PK2010 a.b input.toString'])
  const proto: Shape = { kind: 'object', properties: [{ name: '__proto__', shape: string, optional: false }] }
  assert.deepEqual(told(operation('a.b', { input: proto })), ['PK2010 a.b input.__proto__'])
  const record: Shape = { kind: 'record', key: union(literal('a'), literal('__proto__')), value: string }
  assert.deepEqual(told(operation('a.b', { output: record })), ['PK2010 a.b output'])
})

test('keys of a form beside properties are refused', () => {
  const index = { key: { kind: 'template', texts: ['x-', ''], holes: [string] }, value: string } as const
  const properties = [{ name: 'a', shape: string, optional: false }]
  assert.deepEqual(told(operation('a.b', { output: { kind: 'object', properties, index } })), ['PK2011 a.b output'])
})
