import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AppModel, NamedType, OperationModel } from '../model.ts'
import { printContracts } from './index.ts'
import { place } from './places.ts'
import { array, model, number, object, operation, ref, string } from './testing/model.ts'

/** What is declared and imported in a printed file. */
function names(app: AppModel, file: string): string[] {
  const text = printContracts(app).get(file) ?? ''
  return [...text.matchAll(/^(?:export (?:const|\{) ?|import \{ )([^:=}]+?) ?[:=}]/gm)].map(
    ([, name]) => name as string,
  )
}

/** The model with every type said to stand in this module. */
function within(app: AppModel, module: string): AppModel {
  return {
    ...app,
    types: new Map([...app.types].map(([name, type]): [string, NamedType] => [name, { ...type, module }])),
  }
}

test('a type stands with the module that uses it, or is shared with all that it leads to', () => {
  const app = model(
    [
      operation('todos.get', { output: ref('Todo') }),
      operation('lists.get', { output: object({ todo: ref('Todo'), own: ref('Own') }) }),
    ],
    { Todo: object({ tag: ref('Tag') }), Tag: string, Own: number, Unused: string },
  )
  assert.deepEqual(names(app, 'shared.ts'), ['Tag', 'Todo'])
  assert.deepEqual(names(app, 'lists.ts'), ['Todo', 'Own', 'GetOutput'])
  assert.deepEqual(names(app, 'todos.ts'), ['Todo', 'GetOutput'])
})

test('a type with the name of a schema is that schema, where it is the same', () => {
  const types = { CreateInput: object({ a: string }) }
  const same = model([operation('todos.create', { input: ref('CreateInput') })], types)
  assert.deepEqual(names(same, 'todos.ts'), ['CreateInput'])
  assert.deepEqual(names(within(same, 'shared'), 'todos.ts'), ['CreateInput', 'CreateInput'])
  const other = model([operation('todos.create', { input: array(ref('CreateInput')) })], types)
  assert.deepEqual(names(other, 'todos.ts'), ['CreateInput', 'CreateInput2'])
})

test('one function in two places has its schemas once, two of one name have two', () => {
  const input = object({ a: string })
  const twice = [operation('todos.create', { input }), operation('admin.create', { input, module: 'todos' })]
  assert.deepEqual(names(model(twice), 'todos.ts'), ['CreateInput'])
  const two = [operation('todos.create', { input }), operation('todos.Create', { input: object({ b: string }) })]
  assert.deepEqual(names(model(two), 'todos.ts'), ['CreateInput', 'CreateInput2'])
})

test('the data of an error is named for its code, and for the operation where two disagree', () => {
  const error = (data: typeof string) => [{ code: 'LIST_FULL', status: 409, data }]
  const agreed = [operation('lists.add', { errors: error(string) }), operation('lists.copy', { errors: error(string) })]
  assert.deepEqual(names(model(agreed), 'lists.ts'), ['ListFullData'])
  const disputed = [
    operation('lists.add', { errors: error(string) }),
    operation('lists.copy', { errors: error(number) }),
  ]
  assert.deepEqual(names(model(disputed), 'lists.ts'), ['AddListFullData', 'CopyListFullData'])
})

test('modules named as our own files get other files, and none leads out of the folder', () => {
  const files = (...modules: string[]) =>
    place(model(modules.map((module, at) => operation(`a.b${at}`, { module })))).files
  assert.deepEqual(files('index', 'client', 'shared', 'todos', 'admin/users'), [
    'index-functions.ts',
    'client-functions.ts',
    'shared-functions.ts',
    'todos.ts',
    'admin/users.ts',
  ])
  assert.deepEqual(files('todos', 'Todos'), ['todos.ts', 'Todos_.ts'])
  for (const module of ['', '..', '../x', '/x', 'a//b', 'a/../b', 'a\\b', "a'b", 'a\nb', 'a/', 'C:x', '.hidden']) {
    assert.throws(() => files(module), /cannot be the name of a file/, module)
  }
})

test('files name each other as the compiler of the user wants it', () => {
  const app = model(
    [operation('admin/users.get', { output: ref('User') }), operation('x.y', { output: ref('User') })],
    {
      User: object({ a: string }),
    },
  )
  for (const [extension, shared, users] of [
    ['.ts', "from '../shared.ts'", "import('./admin/users.ts')"],
    ['.js', "from '../shared.js'", "import('./admin/users.js')"],
    ['', "from '../shared'", "import('./admin/users')"],
  ] as const) {
    const files = printContracts(app, { extension })
    assert.ok(files.get('admin/users.ts')?.includes(shared))
    assert.ok(files.get('index.ts')?.includes(users))
    assert.ok(files.get('client.ts')?.includes(`import type * as adminUsers from './admin/users${extension}'`))
  }
})

test('places that are kept are those of a beginning anew', () => {
  const types = { Todo: object({ tag: ref('Tag') }), Tag: string }
  const get = (more: Partial<OperationModel>): OperationModel => operation('todos.get', more)
  const list = operation('lists.all', { output: ref('Todo') })
  const app = (...operations: OperationModel[]): AppModel => model([list, ...operations], types)
  const edits: Readonly<Record<string, readonly [before: AppModel, now: AppModel]>> = {
    'a type says more': [app(), model([list], { ...types, Tag: number })],
    'a type leads elsewhere': [app(), model([list], { ...types, Todo: object({ tag: string }) })],
    'a type is shared': [app(), within(app(), 'shared')],
    'a function is in another module': [
      app(get({ output: ref('Tag') })),
      app(get({ output: ref('Tag'), module: 'x' })),
    ],
    'a function uses another type': [app(get({ output: ref('Tag') })), app(get({ output: ref('Todo') }))],
    'an input becomes an output': [app(get({ input: ref('Tag') })), app(get({ output: ref('Tag') }))],
    'a schema says something else': [app(get({ input: object({ a: string }) })), app(get({ input: string }))],
    'a function comes': [app(), app(get({ output: ref('Tag') }))],
  }
  for (const [what, [before, now]] of Object.entries(edits)) {
    const kept = {}
    place(before, kept)
    assert.deepEqual(place(now, kept), place(now), what)
    assert.deepEqual(place(before, kept), place(before), what)
  }
})
