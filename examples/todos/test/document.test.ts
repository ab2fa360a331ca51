import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type RunningServer, serve } from 'pikku/node'
import { memoryRateLimiter } from 'pikku/rate-limit'
import { tool } from '../../../tests/tools.ts'
import { contracts } from '../contracts/index.ts'
import app from '../src/app.ts'
import { type Database, openDatabase } from '../src/database/index.ts'
import { createServices } from '../src/services.ts'
import { type PrismProxy, startPrism, violationsOf } from './prism.ts'
import { createVisitor, type Send, signUp } from './visitor.ts'

const file = fileURLToPath(new URL('../contracts/openapi.json', import.meta.url))
const prism = await tool('prism')

describe('the document says what the server does', { skip: prism.skip, timeout: 180_000 }, () => {
  let db: Database
  let server: RunningServer
  /** Lets nothing through that the document does not describe. */
  let strict: PrismProxy
  /** Lets everything through, and tells. */
  let telling: PrismProxy
  const answered = new Set<string>()

  before(async () => {
    db = await openDatabase('memory://')
    const rateLimiter = memoryRateLimiter()
    const options = { contracts, rateLimiter, trustProxy: 1, port: 0, signals: false }
    server = await serve(app, { ...options, services: createServices(db) })
    ;[strict, telling] = await Promise.all([
      startPrism(prism, file, server.url, ['--errors']),
      startPrism(prism, file, server.url),
    ])
  })
  after(() => Promise.all([strict?.stop(), telling?.stop(), server?.close()]))

  /** As a proxy that speaks https: the session's cookie then has the name that the document gives it. */
  const forward: Send = (target, init) => {
    const headers = new Headers(init?.headers)
    headers.set('x-forwarded-proto', 'https')
    return fetch(target, { ...init, headers })
  }
  const compare: Send = async (target, init) => {
    const response = await forward(target, init)
    const call = `${init?.method ?? 'GET'} ${new URL(target).pathname}`
    assert.deepEqual(await violationsOf(response), [], call)
    if (response.ok) answered.add(call)
    return response
  }

  const signedUp = async () => {
    const visitor = await signUp(strict.url, 'Ada', compare)
    const ask = async (call: string, body?: unknown) => {
      const response = await visitor.fetch(...requestOf(call, body))
      const text = await response.text()
      assert.ok(response.ok, `${call}: ${response.status} ${text}`)
      return response.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text
    }
    return { ...visitor, ask }
  }

  test('when the generated client calls', async () => {
    const { api, list } = await signUp(strict.url, 'Ada', compare)
    const me = await api.account.me()
    const { id } = await api.lists.create({ name: 'Work' })
    await api.lists.rename({ id, name: 'Play' })
    await api.lists.list()
    const { id: todo } = await api.todos.create({ list, title: 'Tree', notes: 'An oak', due: new Date(0) })
    await api.todos.create({ list: id, title: 'Bush' })
    await api.todos.get({ id: todo })
    const { next = '' } = await api.todos.list({ limit: 1 })
    await api.todos.list({ cursor: next })
    const query = {
      list,
      done: false,
      search: 'oak',
      dueFrom: new Date(0),
      dueBefore: new Date(),
      sort: 'due',
    } as const
    assert.equal((await api.todos.list(query)).total, 1)
    await api.todos.update({ id: todo, title: 'Oak', due: null })
    await api.todos.complete({ id: todo })
    await api.todos.stats({ timeZone: 'Europe/Berlin' })
    await api.todos.reopen({ id: todo })
    const attachment = await api.attachments.add({ todo, file: ticket })
    await api.attachments.list({ todo })
    assert.equal(await (await api.attachments.download(attachment)).text(), 'the ticket')
    await api.attachments.remove(attachment)
    await api.todos.remove({ id: todo })
    await api.lists.remove({ id })
    await api.account.signOut()
    assert.equal(await api.account.me(), null)
    await api.account.signIn({ email: me?.email ?? '', password: 'correct horse' })
  })

  test('when the routes are called', async () => {
    const { ask, fetch, list } = await signedUp()
    const account = { name: 'Eve', email: newEmail(), password: 'correct horse' }
    await ask('POST /account', account)
    await ask('DELETE /session')
    await ask('POST /session', account)
    await ask('GET /session')
    const [{ id: first }] = await ask('GET /lists')
    assert.notEqual(first, list)
    const { id } = await ask('POST /lists', { name: 'Work' })
    await ask(`PATCH /lists/${id}`, { name: 'Play' })
    const todo = await ask('POST /todos', { list: first, title: 'Tree', due: '2030-01-01T01:00:00+01:00' })
    await ask('GET /todos?done=false&search=tree&sort=due&limit=1&dueFrom=2029-12-31T00:00:00Z')
    await ask(`PATCH /todos/${todo.id}`, { title: 'Oak', list: id, due: null })
    await ask(`GET /todos/${todo.id}`)
    await ask(`PUT /todos/${todo.id}/done`)
    await ask('GET /todos/stats?timeZone=Asia%2FKathmandu')
    await ask(`DELETE /todos/${todo.id}/done`)
    const attachment = await ask(`POST /todos/${todo.id}/attachments`, formOf({ file: ticket }))
    await ask(`GET /todos/${todo.id}/attachments`)

    const download = (headers: Record<string, string>) => fetch(`/attachments/${attachment.id}`, { headers })
    const whole = await download({})
    const etag = whole.headers.get('etag') ?? ''
    assert.equal(await whole.text(), 'the ticket')
    assert.equal((await download({ range: 'bytes=4-' })).status, 206)
    assert.equal((await download({ 'if-none-match': etag })).status, 304)
    assert.equal((await download({ range: 'bytes=1000-' })).status, 416)

    await ask(`DELETE /attachments/${attachment.id}`)
    await ask(`DELETE /todos/${todo.id}`)
    await ask(`DELETE /lists/${id}`)
  })

  test('when reads are called by name', async () => {
    const { ask, list } = await signedUp()
    await ask('POST /rpc/account.me')
    await ask('POST /rpc/lists.list')
    const { id } = await ask('POST /rpc/todos.create', { list, title: 'Tree' })
    await ask('POST /rpc/todos.get', { id })
    await ask('POST /rpc/todos.list', { list, dueBefore: '2030-01-01T00:00:00Z' })
    await ask('POST /rpc/todos.stats')
    const attachment = await ask('POST /rpc/attachments.add', formOf({ todo: id, file: ticket }))
    await ask('POST /rpc/attachments.list', { todo: id })
    await ask('POST /rpc/attachments.download', { id: attachment.id })
  })

  test('and this was every operation, but for the stream, which Prism waits for the end of', async () => {
    const { paths } = JSON.parse(await readFile(file, 'utf8'))
    const missing = Object.entries<object>(paths).flatMap(([path, item]) => {
      const template = path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[\\da-f-]{36}')
      return Object.keys(item)
        .map((method) => method.toUpperCase())
        .filter((method) => ![...answered].some((call) => new RegExp(`^${method} ${template}$`).test(call)))
        .map((method) => `${method} ${path}`)
    })
    assert.deepEqual(missing, ['GET /todos/changes', 'POST /rpc/todos.watch'])
  })

  test('when a function fails', async () => {
    const { fetch, api, list, cookie } = await signUp(strict.url, 'Ada', compare)
    const { id: todo } = await api.todos.create({ list, title: 'Tree' })
    const me = await api.account.me()
    for (let count = 0; count < 10; count++) await api.attachments.add({ todo, file: ticket })
    await db.query(`insert into lists (user_id, name) select $1, 'Work' from generate_series(1, 49)`, [me?.id])
    await db.query(
      `insert into todos (user_id, list_id, title) select user_id, id, 'Tree' from lists, generate_series(1, 499) where id = $1`,
      [list],
    )
    const nothing = crypto.randomUUID()
    const password = 'wrong horse'
    const own = cookie().split(';')[0] ?? ''

    const failing: Expected[] = [
      [`GET /todos/${nothing}`, 404],
      [`PATCH /lists/${nothing}`, 404, { name: 'Play' }],
      [`POST /todos/${nothing}/attachments`, 404, formOf({ file: ticket })],
      ['POST /account', 409, { name: 'Ada', email: me?.email, password }],
      ['POST /lists', 409, { name: 'Play' }],
      ['POST /todos', 409, { list, title: 'Bush' }],
      [`POST /todos/${todo}/attachments`, 409, formOf({ file: ticket })],
      ['POST /session', 401, { email: me?.email, password }],
      ['GET /todos?cursor=none', 400],
      ['GET /todos/stats?timeZone=Nowhere', 400],
      ['GET /lists', 401, undefined, { cookie: '__Host-session=stale' }],
      ['GET /todos/changes', 401, undefined, { cookie: '__Host-session=stale' }],
      ['DELETE /session', 403, undefined, { cookie: own, origin: 'https://elsewhere.example' }],
      [`GET /todos/${todo}`, 406, undefined, { cookie: own, accept: 'image/png' }],
    ]
    for (const [call, status, body, headers] of failing) {
      // A cookie that is given stands in place of the visitor's.
      const send = headers ? createVisitor(strict.url, compare).fetch : fetch
      assert.equal((await send(...requestOf(call, body, headers))).status, status, call)
    }
  })

  test('when there are too many calls', async () => {
    const signIn = (email: string) =>
      requestOf('POST /session', { email, password: 'wrong horse' }, { 'x-forwarded-for': '203.0.113.9' })
    // What is no email is counted like the others, and no password is checked for it.
    for (let count = 0; count < 30; count++) await createVisitor(server.url).fetch(...signIn('nobody'))
    assert.equal((await createVisitor(strict.url, compare).fetch(...signIn(newEmail()))).status, 429)
  })

  test('when a request is not as the document says: it is refused as the document says', async () => {
    const found: string[] = []
    const listen: Send = async (target, init) => {
      const response = await forward(target, init)
      found.push(...(await violationsOf(response)))
      return response
    }
    const { fetch, list } = await signUp(telling.url, 'Ada', listen)
    const refused: Expected[] = [
      ['POST /account', 400, { name: '', email: 'nobody', password: 'short' }],
      ['POST /lists', 400, {}],
      ['GET /todos?limit=101', 400],
      ['GET /todos?done=maybe', 400],
      ['GET /todos/no-uuid', 400],
      ['POST /todos', 400, { list, title: 'Tree', due: 'soon' }],
      ['POST /todos', 413, { list, title: 'Tree', notes: 'x'.repeat(1_100_000) }],
      ['POST /todos', 415, 'Tree', { 'content-type': 'text/plain' }],
      [`POST /todos/${crypto.randomUUID()}/attachments`, 400, formOf({})],
      ['GET /lists', 401, undefined, { cookie: '' }],
    ]
    for (const [call, status, body, headers] of refused) {
      found.length = 0
      const send = headers?.cookie === '' ? createVisitor(telling.url, listen).fetch : fetch
      assert.equal((await send(...requestOf(call, body, headers))).status, status, call)
      assert.notEqual(found.length, 0, call)
      assert.deepEqual(
        found.filter((violation) => !violation.startsWith('request')),
        [],
        call,
      )
    }
  })

  test('and a document that says something else is found out', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'todos-document-'))
    const document = JSON.parse(await readFile(file, 'utf8'))
    document.components.schemas.Account.properties.name = { type: 'integer' }
    await writeFile(join(folder, 'openapi.json'), JSON.stringify(document))
    const proxy = await startPrism(prism, join(folder, 'openapi.json'), server.url, ['--errors'])
    try {
      const account = { name: 'Ada', email: newEmail(), password: 'correct horse' }
      const response = await createVisitor(proxy.url, forward).fetch(...requestOf('POST /account', account))
      assert.deepEqual(await violationsOf(response), ['response.body.name Response body property name must be integer'])
    } finally {
      await proxy.stop()
      await rm(folder, { recursive: true })
    }
  })
})

type Expected = [call: string, status: number, body?: unknown, headers?: Record<string, string>]

const ticket = new File(['the ticket'], 'größe.txt', { type: 'text/plain' })

function newEmail(): string {
  return `${crypto.randomUUID()}@example.com`
}

function formOf(fields: Record<string, string | File>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

/** The request that `POST /todos` stands for; what is neither a form nor text goes as JSON. */
function requestOf(call: string, body?: unknown, headers: Record<string, string> = {}): [string, RequestInit] {
  const [method = '', path = ''] = call.split(' ')
  if (body === undefined) return [path, { method, headers }]
  if (typeof body === 'string' || body instanceof FormData) return [path, { method, headers, body }]
  return [path, { method, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) }]
}
