import assert from 'node:assert/strict'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { tool } from '../tests/tools.ts'
import type { createHono } from '../transports/hono.ts'
import { smallApp, TemporaryProject } from './testing/project.ts'

const { skip, folder } = await tool('schemas')

const files = {
  ...smallApp,
  'src/schemas.ts': `import { type } from 'arktype'
import * as v from 'valibot'

export const Search = v.object({ text: v.pipe(v.string(), v.trim(), v.minLength(2)), limit: v.optional(v.number(), 10) })
export const Move = type({ from: 'string.uuid', 'by?': '1 <= number <= 9' })
`,
  'src/functions/own.ts': `import { type } from 'arktype'
import * as v from 'valibot'
import { func } from '../pikku.ts'
import { Move, Search } from '../schemas.ts'

export const search = func({ auth: false, input: Search, output: v.array(v.string()) }, async (_services, { text, limit }) => [text, String(limit)])
export const move = func({ auth: false, input: Move }, async (_services, { from, by = 1 }) => [from, by])
export const inline = func({ auth: false, input: type({ name: 'string > 2' }) }, async (_services, { name }) => name)
`,
  'src/app.ts': `import * as own from './functions/own.ts'
import { app } from './pikku.ts'

export default app({ rpc: { own }, http: { 'GET /search': own.search } })
`,
}

test('schemas of Valibot and ArkType are what functions take', { skip }, async () => {
  using project = new TemporaryProject(files)
  for (const name of ['arktype', 'valibot']) {
    symlinkSync(join(folder, 'node_modules', name), project.path(`node_modules/${name}`))
  }
  const run = await project.run(['contracts'])
  assert.equal(run.code, 0, run.stdout + run.stderr)
  const warnings = run.stderr.trim().split('\n')
  assert.equal(warnings.length, 2, run.stderr)
  assert.match(run.stderr, /own\.ts:8:\d+ PK1303 Documents and the lock know this schema by its type/)
  assert.match(run.stderr, /PK1303 Documents and the lock know Search of src\/schemas\.ts by its type/)
  const types = readFileSync(project.path('contracts/own.ts'), 'utf8')
  assert.match(types, /export interface SearchInput \{\n {2}text: string\n {2}limit\?: number \| undefined\n\}/)
  assert.match(types, /export interface MoveInput \{\n {2}from: string\n {2}by\?: number \| undefined\n\}/)

  const load = (path: string) => import(pathToFileURL(project.path(path)).href)
  const [{ default: app }, { contracts }, hono] = await Promise.all([
    load('src/app.ts'),
    load('contracts/index.ts'),
    import('../transports/hono.ts'),
  ])
  const server = hono.createHono(app as Parameters<typeof createHono>[0], { contracts })
  const call = async (name: string, input: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await server.request(`/rpc/own.${name}`, { method: 'POST', body: JSON.stringify(input), headers })
    return [answer.status, await answer.json()] as const
  }
  assert.deepEqual(await call('search', { text: ' milk ' }), [200, ['milk', '10']])
  assert.deepEqual(await (await server.request('/search?text=milk&limit=3')).json(), ['milk', '3'])
  const from = crypto.randomUUID()
  assert.deepEqual(await call('move', { from, by: 9 }), [200, [from, 9]])
  assert.deepEqual(await call('inline', { name: 'Ann' }), [200, 'Ann'])
  for (const [name, input, path] of [
    ['search', { text: 'm' }, ['text']],
    ['move', { from, by: 10 }, ['by']],
    ['inline', { name: 'A' }, ['name']],
  ] as const) {
    const [status, problem] = await call(name, input)
    assert.deepEqual(
      [status, (problem as { issues: { path: unknown }[] }).issues.map((issue) => issue.path)],
      [400, [path]],
    )
  }
  // ArkType says what it is in JSON Schema, Valibot does not.
  const { paths } = JSON.parse(readFileSync(project.path('contracts/openapi.json'), 'utf8'))
  const { schema } = paths['/rpc/own.move'].post.requestBody.content['application/json']
  assert.deepEqual(schema.properties.by, { type: 'number', minimum: 1, maximum: 9 })
})
