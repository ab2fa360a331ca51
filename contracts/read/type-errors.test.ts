import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ReadResult } from './index.ts'
import { createProject, modelOf, type TestProject } from './testing/project.ts'
import { shapeText, typesText } from './testing/shape-text.ts'

const app = `import { app } from './pikku.ts'
import * as todos from './functions/todos.ts'
export default app({ rpc: { todos } })
`
const todos = `import { func } from '../pikku.ts'
export interface Todo { id: string }
export const get = func(async (_services, input: Todo): Promise<Todo> => input)
`

function codesOf(result: ReadResult): string[] {
  return result.ok
    ? []
    : result.diagnostics.map(({ code, at }) => `${code} ${at?.file.split('/').at(-1)}:${at?.line}:${at?.column}`)
}

describe('type errors', () => {
  let project: TestProject
  const withFile = (name: string, text: string): string[] => {
    project.write({ [name]: text })
    const result = codesOf(project.reader.update([], [project.path(name)]))
    project.write({ [name]: '' })
    project.reader.update([project.path(name)])
    return result
  }

  before(async () => {
    project = await createProject({ 'src/app.ts': app, 'src/functions/todos.ts': todos })
  })
  after(() => project[Symbol.dispose]())

  test('of functions are told as TypeScript tells them, and nothing else', () => {
    project.write({
      'src/functions/todos.ts': `${todos}export const wrong: number = 'text'\nexport const any = func(async () => JSON.parse(''))\n`,
    })
    const result = project.reader.update([project.path('src/functions/todos.ts')])
    assert.deepEqual(codesOf(result), ['TS2322 todos.ts:4:14'])
    assert.ok(!result.ok)
    assert.equal(result.diagnostics[0]?.message, "Type 'string' is not assignable to type 'number'.")
    assert.equal(result.diagnostics[0]?.at?.length, 'wrong'.length)
    project.write({ 'src/functions/todos.ts': todos })
    assert.deepEqual(codesOf(project.reader.update([project.path('src/functions/todos.ts')])), [])
  })

  test('of syntax come alone', () => {
    assert.deepEqual(withFile('src/broken.ts', 'const a: number = "" +\n'), ['TS1109 broken.ts:1:23'])
  })

  test('of files beside the app are told too', () => {
    assert.deepEqual(withFile('src/other.ts', 'export const n: number = ""'), ['TS2322 other.ts:1:14'])
  })

  test('that only say a name is not used do not count', () => {
    assert.deepEqual(withFile('src/unused.ts', 'const unused = 1\nexport {}'), [])
  })

  test('about contracts that are not written yet do not count, in whatever imports them', () => {
    const server =
      "import { contracts } from '../contracts/index.ts'\nimport type { Todo } from '../contracts/todos.ts'\nexport const table: number = contracts\nexport type T = Todo"
    assert.deepEqual(withFile('src/server.ts', server), [])
    assert.deepEqual(withFile('src/server.ts', `export * from '../contracts'\nexport const wrong: number = ''`), [])
  })

  test('in stale contracts and in what uses them do not count', () => {
    project.write({ 'contracts/index.ts': 'export const contracts: number = "stale"\n' })
    project.reader.update([], [project.path('contracts/index.ts')])
    const page = "import { contracts } from '../contracts/index.ts'\nexport const missing = contracts.renamed"
    assert.deepEqual(withFile('src/page.ts', page), [])
    project.write({ 'src/page.ts': page })
    project.reader.update([project.path('src/page.ts')])
    assert.deepEqual(
      withFile(
        'src/page-test.ts',
        "import { missing } from './page.ts'\nexport const n: number = missing, m: number = ''",
      ),
      [],
    )
    project.write({ 'src/page.ts': '' })
    project.reader.update([project.path('src/page.ts')])
  })

  test('of what the app itself is made of count, even where it uses contracts', () => {
    project.write({
      'src/functions/todos.ts': `${todos}import { contracts } from '../../contracts/index.ts'\nexport const n: string = contracts\n`,
    })
    assert.deepEqual(codesOf(project.reader.update([project.path('src/functions/todos.ts')])), ['TS2322 todos.ts:5:14'])
    project.write({ 'src/functions/todos.ts': todos })
    project.reader.update([project.path('src/functions/todos.ts')])
  })

  test('of the configuration are told', () => {
    project.write({
      'tsconfig.json':
        '{ "extends": "../../tsconfig.json", "include": ["src"], "compilerOptions": { "target": "es1" } }',
    })
    const result = codesOf(project.reader.update([project.path('tsconfig.json')]))
    assert.deepEqual(
      result.map((text) => text.split(' ')[0]),
      ['TS6046'],
    )
  })
})

describe('reading again', () => {
  test('sees what changed, came and went', async () => {
    using project = await createProject({ 'src/app.ts': app, 'src/functions/todos.ts': todos })
    assert.deepEqual(typesText(project.model()), ['Todo = { id: string }'])

    project.write({ 'src/functions/todos.ts': todos.replace('id: string', 'id: string; due?: Date') })
    assert.deepEqual(typesText(modelOf(project.reader.update([project.path('src/functions/todos.ts')]))), [
      'Todo = { id: string; due?: date }',
    ])

    project.write({
      'src/functions/lists.ts':
        "import type { Todo } from './todos.ts'\nimport { func } from '../pikku.ts'\nexport const all = func(async (): Promise<Todo[]> => [])\n",
    })
    project.write({
      'src/app.ts': app.replace('rpc: { todos }', "rpc: { todos, lists: await import('./functions/lists.ts') }"),
    })
    const more = modelOf(project.reader.update([project.path('src/app.ts')], [project.path('src/functions/lists.ts')]))
    assert.deepEqual(
      more.operations.map(({ name, output }) => `${name} ${output && shapeText(output)}`),
      ['todos.get Todo', 'lists.all Todo[]'],
    )
    assert.equal(more.types.get('Todo')?.module, 'shared')

    project.write({ 'src/app.ts': app })
    assert.deepEqual(
      modelOf(
        project.reader.update([project.path('src/app.ts')], [], [project.path('src/functions/lists.ts')]),
      ).types.get('Todo')?.module,
      'todos',
    )
  })

  test('finds errors that a change makes elsewhere', async () => {
    using project = await createProject({
      'src/app.ts': app,
      'src/functions/todos.ts': todos,
      'src/names.ts': "export const name = 'x'",
      'src/again.ts': "export * from './names.ts'",
      'src/far.ts': "import { name } from './again.ts'\nexport const copy: string = name",
    })
    project.model()
    project.write({ 'src/names.ts': 'export const name = 1' })
    assert.deepEqual(codesOf(project.reader.update([project.path('src/names.ts')])), ['TS2322 far.ts:2:14'])
    // What was wrong stays wrong when something else changes.
    project.write({ 'src/functions/todos.ts': `${todos}// changed\n` })
    assert.deepEqual(codesOf(project.reader.update([project.path('src/functions/todos.ts')])), ['TS2322 far.ts:2:14'])
    project.write({ 'src/names.ts': "export const name = 'y'" })
    assert.deepEqual(codesOf(project.reader.update([project.path('src/names.ts')])), [])
  })

  test('follows imports that are no paths', async () => {
    const options = {
      rewriteRelativeImportExtensions: false,
      paths: { '@/*': ['./src/*'], '@contracts/*': ['./contracts/*'] },
    }
    using project = await createProject(
      {
        'src/app.ts': app,
        'src/functions/todos.ts': todos.replace(
          'Todo { id: string }',
          "Todo { id: Id }\nimport type { Id } from '@/ids.ts'",
        ),
        'src/ids.ts': '/** @format uuid */\nexport type Id = string',
        'src/server.ts':
          "import { contracts } from '@contracts/index.ts'\nexport const wrong: number = '', all = contracts",
      },
      options,
    )
    assert.deepEqual(typesText(project.model()), ['Todo = { id: string(format uuid) }'])
    project.write({ 'src/ids.ts': '/** @format email */\nexport type Id = string' })
    assert.deepEqual(typesText(modelOf(project.reader.update([project.path('src/ids.ts')]))), [
      'Todo = { id: string(format email) }',
    ])
  })

  test('finds the app in a project that the configuration only refers to', async () => {
    const inner = { extends: '../../tsconfig.json', include: ['src'], compilerOptions: {} }
    using project = await createProject({
      'src/app.ts': app,
      'src/functions/todos.ts': todos,
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./web" }, { "path": "./tsconfig.app.json" }] }',
      'tsconfig.app.json': JSON.stringify(inner),
      'web/tsconfig.json': JSON.stringify({ ...inner, extends: '../../../tsconfig.json', include: ['.'] }),
      'web/page.ts': 'export {}',
    })
    assert.deepEqual(typesText(project.model()), ['Todo = { id: string }'])
    project.write({ 'src/functions/todos.ts': todos.replace('id: string', 'id: number') })
    assert.deepEqual(typesText(modelOf(project.reader.update([project.path('src/functions/todos.ts')]))), [
      'Todo = { id: number }',
    ])
  })

  test('twice gives the same', async () => {
    using project = await createProject({ 'src/app.ts': app, 'src/functions/todos.ts': todos })
    const first = project.model()
    assert.deepEqual(project.model(), first)
    assert.deepEqual(modelOf(project.reader.update([project.path('src/functions/todos.ts')])), first)
  })
})
