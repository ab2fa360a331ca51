import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { compareContracts, writeContracts } from '../write.ts'
import { checkRoutes, printContracts } from './index.ts'
import { content } from './testing/content.ts'
import { rooms } from './testing/rooms.ts'
import { shapes } from './testing/shapes.ts'
import { todos } from './testing/todos.ts'

// The folders hold what is printed, to be read and to be type-checked with the rest of the repository.
// After a change that is meant, write them anew: UPDATE_GOLDEN=1 node --test contracts/print/golden.test.ts
for (const [name, model] of Object.entries({ todos, shapes, content, rooms })) {
  const folder = new URL(`./testing/golden/${name}`, import.meta.url).pathname

  test(`the contracts of ${name} are those of contracts/print/testing/golden/${name}`, async () => {
    assert.deepEqual(checkRoutes(model), [])
    const files = printContracts(model)
    if (process.env.UPDATE_GOLDEN) writeContracts(folder, files)
    for (const [path, text] of files) assert.equal(text, await readFile(`${folder}/${path}`, 'utf8'), path)
    const { unchanged, ...others } = compareContracts(folder, files)
    assert.deepEqual(others, { created: [], changed: [], removed: [] })
    assert.deepEqual(unchanged, [...files.keys()].sort())
  })

  test(`the contracts of ${name} are the same text every time, and depend on no map's order of making`, () => {
    assert.deepEqual(printContracts(model), printContracts(structuredClone(model)))
  })
}

test('importing the table makes no schema', async () => {
  const { contracts } = await import('./testing/golden/todos/index.ts')
  assert.doesNotMatch(printContracts(todos).get('index.ts') ?? '', /^import (?!type )/m)
  assert.deepEqual(
    contracts.operations.map(({ name }) => name),
    ['todos.create', 'todos.get', 'todos.list', 'todos.watch', 'todos.purge', 'lists.due'],
  )
  const [create] = contracts.operations
  const schemas = (await create?.schemas()) as typeof import('./testing/golden/todos/todos.ts')
  const value = { title: 'Milk', due: new Date(0), extra: true }
  assert.equal(create?.input, 'CreateInput')
  assert.deepEqual(schemas.CreateInput.safeDecode({ ...value, due: '1970-01-01T00:00:00Z' }), {
    success: true,
    data: { title: 'Milk', due: new Date(0) },
  })
})
