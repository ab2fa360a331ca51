import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import type { createHono } from '../transports/hono.ts'
import { smallApp, TemporaryProject } from './testing/project.ts'

const files = {
  ...smallApp,
  'src/functions/jobs.ts': `import { func } from '../pikku.ts'

/** Makes one. */
export const make = func(
  { auth: false, reply: { status: 201, headers: { location: 'Where it is.' } } },
  async (_services, { id }: { id: string }, { reply }) => {
    reply?.headers.set('location', \`/jobs/\${id}\`)
    return { id }
  },
)
export const put = func({ auth: false, reply: { status: [200, 201] } }, async (_services, { id }: { id: string }, { reply }) => {
  if (reply && id === 'new') reply.status = 201
  return id
})
export const queue = func({ auth: false, reply: { status: 202 } }, async () => {})
export const find = func({ auth: false, reply: { status: 203 } }, async (_services, { id }: { id?: string }) => id)
export const csv = func({ auth: false, produces: 'text/csv', reply: { status: 201 } }, async () => 'a,b')
`,
  'src/app.ts': `import * as jobs from './functions/jobs.ts'
import { app } from './pikku.ts'

export default app({ rpc: { jobs }, http: { 'POST /jobs': jobs.make, 'GET /jobs': jobs.find } })
`,
}

test('answers have the status that the options say, in the document and on the wire', async () => {
  using project = new TemporaryProject(files)
  const run = await project.run(['contracts'])
  assert.deepEqual([run.code, run.stderr], [0, ''])
  const { paths } = JSON.parse(readFileSync(project.path('contracts/openapi.json'), 'utf8'))
  const told = (path: string, method = 'post') =>
    Object.keys(paths[path][method].responses).filter((status) => /^[23]\d\d$/.test(status))
  assert.deepEqual(
    ['/jobs', '/rpc/jobs.make', '/rpc/jobs.put', '/rpc/jobs.queue', '/rpc/jobs.find', '/rpc/jobs.csv'].map((path) =>
      told(path),
    ),
    [['201'], ['201'], ['200', '201'], ['202'], ['203', '204'], ['201']],
  )
  assert.deepEqual(told('/jobs', 'get'), ['203', '204'])
  assert.deepEqual(paths['/jobs'].post.responses[201].headers, {
    location: { description: 'Where it is.', schema: { type: 'string' } },
  })

  const load = (path: string) => import(pathToFileURL(project.path(path)).href)
  const [{ default: app }, { contracts }, { createClient }, hono] = await Promise.all([
    load('src/app.ts'),
    load('contracts/index.ts'),
    load('contracts/client.ts'),
    import('../transports/hono.ts'),
  ])
  const server = hono.createHono(app as Parameters<typeof createHono>[0], { contracts })
  const statuses: number[] = []
  const api = createClient('http://test', {
    fetch: async (url: string, init: RequestInit) => {
      const answer = await server.request(url, init)
      statuses.push(answer.status)
      return answer
    },
  })
  const { jobs } = api
  assert.deepEqual(
    [
      await jobs.make({ id: 'a' }),
      await jobs.put({ id: 'old' }),
      await jobs.put({ id: 'new' }),
      await jobs.queue(),
      await jobs.find({ id: 'a' }),
      await jobs.find({}),
      await jobs.csv(),
    ],
    [{ id: 'a' }, 'old', 'new', undefined, 'a', undefined, 'a,b'],
  )
  assert.deepEqual(statuses, [201, 200, 201, 202, 203, 204, 201])
  const made = await server.request('/jobs', {
    method: 'POST',
    body: '{"id":"a"}',
    headers: { 'content-type': 'application/json' },
  })
  assert.deepEqual([made.status, made.headers.get('location')], [201, '/jobs/a'])
})
