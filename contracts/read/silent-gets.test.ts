import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createProject } from './testing/project.ts'

test('a function with a session that gives nothing is told of under GET', async () => {
  using project = await createProject({
    'src/app.ts': `import { app, session } from './pikku.ts'
import * as own from './functions/own.ts'
export default app({
  session: session.bearer(() => undefined),
  http: {
    'GET /done': own.done, 'PUT /done': own.done, 'GET /open': own.open, 'GET /some': own.some,
    'GET /page': own.page, 'GET /watch': own.watch, 'GET /either': own.either,
  },
})
`,
    'src/functions/own.ts': `import { func } from '../pikku.ts'
export const done = func(async () => {})
export const open = func({ auth: false }, async () => {})
export const some = func(async () => 1)
export const either = func(async (): Promise<number | undefined> => undefined)
export const page = func(async () => new Response('a'))
export const watch = func(async function* () { yield 1 })
`,
  })
  const result = project.read()
  assert.ok(result.ok, JSON.stringify(result))
  assert.deepEqual(
    result.warnings.map(({ code, path, at }) => [code, path, at?.line]),
    [['PK2017', 'own.done', 6]],
  )
})
