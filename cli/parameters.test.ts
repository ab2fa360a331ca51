import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { createHono } from '../transports/hono.ts'
import { smallApp, TemporaryProject } from './testing/project.ts'

const files = {
  ...smallApp,
  'src/functions/notes.ts': `import { func } from '../pikku.ts'

export declare enum Level { Low = 1, High = 2 }
export interface Filter {
  status?: 'open' | 'done'
  levels?: Level[]
  tags: string[]
  changed?: { from?: Date; atLeast?: bigint; mine?: boolean }
}
export interface Find {
  filter: Filter
  page?: number
  /** @header X-Tenant */
  tenant?: number
}
export const find = func({ auth: false }, async (_services, input: Find): Promise<Find> => input)

export interface Save {
  id: string
  text: string
  /** @header if-match */
  version?: string
}
export const save = func({ auth: false }, async (_services, input: Save): Promise<string[]> => {
  return [input.id, input.text, input.version ?? 'none']
})
`,
  'src/app.ts': `import * as notes from './functions/notes.ts'
import { app } from './pikku.ts'

export default app({ http: { 'GET /notes': notes.find, 'PUT /notes/:id': notes.save } })
`,
}
const { 'src/functions/notes.ts': notes } = files

async function open(project: TemporaryProject) {
  const load = (path: string) => import(pathToFileURL(project.path(path)).href)
  const [{ default: app }, { contracts }, { createClient }, hono] = await Promise.all([
    load('src/app.ts'),
    load('contracts/index.ts'),
    load('contracts/client.ts'),
    import('../transports/hono.ts'),
  ])
  const server = hono.createHono(app as Parameters<typeof createHono>[0], { contracts })
  const requests: Request[] = []
  const fetch = async (url: string, init: RequestInit) => {
    const request = new Request(url, init)
    requests.push(request)
    return server.request(request)
  }
  return { server, requests, client: createClient('http://localhost', { fetch }) }
}

test('objects of a query and headers reach the function as they left the client', async () => {
  using project = new TemporaryProject({
    ...files,
    'src/functions/notes.ts': notes.replace(
      'Promise<Find> => input)',
      'Promise<Omit<Find, "tenant"> & { of?: number }> => ({ filter: input.filter, page: input.page, of: input.tenant }))',
    ),
  })
  const run = await project.run(['contracts'])
  assert.deepEqual([run.code, run.stderr], [0, ''])
  const { client, server, requests } = await open(project)
  const filter = {
    status: 'open',
    levels: [1, 2],
    tags: ['a,b', 'c[d]=&'],
    changed: { from: new Date(0), atLeast: 12345678901234567890n, mine: false },
  }
  assert.deepEqual(await client.notes.find({ filter, page: 2, tenant: 7 }), { filter, page: 2, of: 7 })
  const [sent] = requests
  assert.equal(sent?.headers.get('x-tenant'), '7')
  const query = new URL(sent?.url ?? '').searchParams
  assert.deepEqual([query.get('filter[changed][mine]'), query.getAll('filter[levels]')], ['false', ['1', '2']])
  assert.equal(query.has('tenant'), false)
  // What must be there is there when nothing of it was sent.
  assert.deepEqual(await client.notes.find({ filter: { tags: [] } }), { filter: { tags: [] } })
  assert.deepEqual(await client.notes.save({ id: '1', text: 'x', version: '"3"' }), ['1', 'x', '"3"'])
  await assert.rejects(client.notes.save({ id: '1', text: 'x', version: 'a\nb' }), { code: 'INVALID_INPUT' })

  const put = (body: object, headers: object = {}) =>
    server.request('/notes/1', {
      method: 'PUT',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    })
  assert.deepEqual(await (await put({ text: 'x', version: 'of the body' })).json(), ['1', 'x', 'none'])

  for (const [target, status] of [
    ['/notes?filter[__proto__][polluted]=1&filter[tags]=a', 200],
    ['/notes?filter[tags][tags][tags][tags]=a', 200],
    ['/notes?filter[changed]=x&filter[tags]=a', 200],
    ['/notes?filter[levels]=3', 400],
    ['/notes?filter[status]=open&filter[status]=done', 400],
    [`/notes?${'filter[tags]=a&'.repeat(1_001)}`, 400],
  ] as const) {
    assert.equal((await server.request(target)).status, status, target.slice(0, 60))
  }
  assert.equal('polluted' in {}, false)

  const { paths } = JSON.parse(readFileSync(project.path('contracts/openapi.json'), 'utf8'))
  const parameters = paths['/notes'].get.parameters.map((one: Record<string, unknown>) => [one.in, one.name, one.style])
  assert.deepEqual(parameters, [
    ['header', 'x-tenant', undefined],
    ['query', 'filter', 'deepObject'],
    ['query', 'page', undefined],
  ])
  const { put: saving } = paths['/notes/{id}']
  assert.deepEqual(
    saving.parameters.map((one: Record<string, unknown>) => [one.in, one.name, one.required]),
    [
      ['path', 'id', true],
      ['header', 'if-match', false],
    ],
  )
  assert.deepEqual(Object.keys(saving.requestBody.content['application/json'].schema.properties), ['text'])
})

test('what no header and no query can carry is told', async () => {
  const told = async (text: string) => {
    using project = new TemporaryProject({
      ...smallApp,
      'src/functions/notes.ts': `import { func } from '../pikku.ts'\n${text}\n`,
      'src/app.ts': `import * as notes from './functions/notes.ts'\nimport { app } from './pikku.ts'\nexport default app({ http: { 'GET /a': notes.a } })\n`,
    })
    const run = await project.run(['contracts', '--json'])
    assert.equal(run.code, 1)
    return JSON.parse(run.stdout).diagnostics.map(
      ({ code, path }: { code: string; path?: string }) => `${code} ${path ?? ''}`,
    )
  }
  const a = (type: string) => `export const a = func({ auth: false }, async (_services, _input: ${type}) => 1)`
  assert.deepEqual(await told(a('{ /** @header cookie */ c?: string }')), ['PK1202 notes.a input.c'])
  assert.deepEqual(await told(a('{ /** @header a b */ c?: string }')), ['PK1202 notes.a input.c'])
  assert.deepEqual(await told(a('{ /** @header x-c */ c?: string[] }')), ['PK2014 notes.a input.c'])
  assert.deepEqual(await told(a('{ /** @header x-c */ c?: string; /** @header X-C */ d?: string }')), [
    'PK2014 notes.a input.d',
  ])
  assert.deepEqual(await told(`interface In { /** @header x-c */ c?: string }\n${a('{ inner?: In }')}`), [
    'PK2014 notes.a',
  ])
  assert.deepEqual(await told(a('{ a: { b: { c: { d: { e: { f: string } } } } } }')), [
    'PK2005 notes.a input.a.b.c.d.e',
  ])
  assert.deepEqual(await told(`interface Tree { more?: Tree }\n${a('{ tree?: Tree }')}`), [
    'PK2005 notes.a input.tree.more.more.more.more',
  ])
  assert.deepEqual(await told(a('{ a: { b?: Record<string, string>[] } }')), ['PK2005 notes.a input.a.b'])
  assert.deepEqual(await told(a("{ a: 'x' | 1 }")), ['PK2005 notes.a input.a'])
})
