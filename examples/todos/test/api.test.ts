import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createClient, isError } from '../contracts/client.ts'
import { makePglite, testDatabases } from './databases.ts'
import { type RunningServer, runToEnd, startServer } from './server.ts'
import { createVisitor, signUp } from './visitor.ts'

describe('the server', { timeout: 120_000 }, () => {
  let server: RunningServer
  let database: Awaited<ReturnType<typeof makePglite>>
  before(async () => {
    database = await makePglite()
    server = await startServer(database.address)
  })
  after(async () => {
    await server?.stop()
    await database.drop()
  })

  test('an invalid sign-up names every field that is wrong', async () => {
    const { api } = createVisitor(server.url)
    const error = await api.account
      .signUp({ name: ' ', email: 'nobody', password: 'short' })
      .catch((error: unknown) => error)
    assert.ok(isError(error, 'INVALID_INPUT'))
    assert.deepEqual(error.issues?.map(({ path, code }) => [path.join('.'), code]).sort(), [
      ['email', 'invalid_format'],
      ['name', 'invalid_format'],
      ['password', 'too_small'],
    ])
  })

  test('the session cookie is out of reach for scripts and other sites', async () => {
    const { cookie } = await signUp(server.url, 'Ada')
    assert.match(cookie(), /^session=[\w-]{43};/)
    for (const attribute of [/HttpOnly/i, /SameSite=Lax/i, /Path=\//i, /Max-Age=2592000/i])
      assert.match(cookie(), attribute)
  })

  test('who has not signed in gets nothing but the way in', async () => {
    const { api } = createVisitor(server.url)
    assert.equal(await api.account.me(), null)
    const refused = (call: Promise<unknown>) => assert.rejects(call, (error) => isError(error, 'UNAUTHENTICATED'))
    await Promise.all([api.lists.list(), api.todos.list({}), api.account.signOut()].map(refused))
  })

  test('dates, maps and typed errors arrive as what they are', async () => {
    const { api, list } = await signUp(server.url, 'Ada')
    const due = new Date('2030-05-06T07:08:09.010Z')
    const todo = await api.todos.create({ list, title: 'Tree', due })
    assert.deepEqual(todo.due, due)
    assert.ok(todo.createdAt instanceof Date)
    await api.todos.complete({ id: todo.id })
    const { doneByDay } = await api.todos.stats({})
    assert.ok(doneByDay instanceof Map)
    assert.deepEqual([...doneByDay.values()], [1])
    const cleared = await api.todos.update({ id: todo.id, due: null })
    assert.equal('due' in cleared, false)
    await api.todos.remove({ id: todo.id })
    const error = await api.todos.get({ id: todo.id }).catch((error: unknown) => error)
    assert.ok(isError(error, 'NOT_FOUND'))
    assert.deepEqual(error.data, { id: todo.id })
  })

  test('a file goes up as a form, and comes down under its name, in parts and not twice', async () => {
    const { api, list, fetch } = await signUp(server.url, 'Ada')
    const { id: todo } = await api.todos.create({ list, title: 'Ferry' })
    const file = new File(['the ticket'], 'größe.txt', { type: 'text/plain' })
    const { id, size } = await api.attachments.add({ todo, file })
    assert.equal(size, 10)
    const found = await api.attachments.download({ id })
    assert.deepEqual([found.name, found.type, await found.text()], ['größe.txt', 'text/plain', 'the ticket'])

    const part = await fetch(`/attachments/${id}`, { headers: { range: 'bytes=4-' } })
    assert.deepEqual([part.status, await part.text()], [206, 'ticket'])
    const etag = part.headers.get('etag') ?? ''
    assert.equal((await fetch(`/attachments/${id}`, { headers: { 'if-none-match': etag } })).status, 304)
    const other = await signUp(server.url, 'Eve')
    await assert.rejects(other.api.attachments.download({ id }), (error) => isError(error, 'NOT_FOUND'))
  })

  test('the routes answer like the functions, with filters in the query', async () => {
    const visitor = await signUp(server.url, 'Ada')
    const json = (body: unknown) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    const made = await visitor.fetch('/todos', {
      method: 'POST',
      ...json({ list: visitor.list, title: 'Tree', due: '2030-01-01T01:00:00+01:00', owner: 'me' }),
    })
    assert.equal(made.status, 200)
    const { id, due, owner } = (await made.json()) as Record<string, unknown>
    assert.deepEqual([due, owner], ['2030-01-01T00:00:00.000Z', undefined])
    await visitor.fetch('/todos', { method: 'POST', ...json({ list: visitor.list, title: 'Bush' }) })
    const titles = async (query: string) => {
      const response = await visitor.fetch(`/todos?${query}`)
      const { items } = (await response.json()) as { items: { title: string }[] }
      return items.map(({ title }) => title)
    }
    assert.deepEqual(await titles('done=false&limit=1'), ['Bush'])
    assert.deepEqual(await titles('dueBefore=2030-01-02T00:00:00Z'), ['Tree'])
    assert.equal((await visitor.fetch('/todos?done=maybe')).status, 400)
    assert.equal((await visitor.fetch('/todos?limit=101')).status, 400)
    assert.equal((await visitor.fetch('/todos?limit=1.5')).status, 400)
    assert.equal((await visitor.fetch(`/todos/${id}`, { method: 'PATCH', ...json({ title: 'Oak' }) })).status, 200)
    assert.equal((await visitor.fetch(`/todos/${id}/done`, { method: 'PUT', ...json({}) })).status, 200)
    assert.deepEqual(await titles('done=true'), ['Oak'])
    assert.equal((await visitor.fetch(`/todos/${id}`, { method: 'DELETE' })).status, 204)
    assert.equal((await visitor.fetch(`/todos/${id}`)).status, 404)
    assert.equal((await visitor.fetch('/todos/no-uuid')).status, 400)
  })

  test('changes of one window reach another, and nobody else', async () => {
    const ada = await signUp(server.url, 'Ada')
    const eve = await signUp(server.url, 'Eve')
    const leaving = new AbortController()
    const changes = ada.api.todos.watch(undefined, { signal: leaving.signal })[Symbol.asyncIterator]()
    assert.deepEqual((await changes.next()).value, { type: 'ready' })
    const due = new Date('2030-05-06T07:08:09.010Z')
    await eve.api.todos.create({ list: eve.list, title: 'Of Eve' })
    await ada.api.todos.create({ list: ada.list, title: 'Of Ada', due })
    const heard = await changes.next()
    assert.ok(heard.value?.type === 'saved')
    assert.equal(heard.value.todo.title, 'Of Ada')
    assert.deepEqual(heard.value.todo.due, due)
    leaving.abort()
  })

  test('a line that was cut is taken up after the last change that was heard', async () => {
    const ada = await signUp(server.url, 'Ada')
    const lines: { asked: string | null; cut: () => void }[] = []
    const client = createClient(server.url, {
      fetch: async (target, init) => {
        const line = new AbortController()
        const asked = new Headers(init?.headers).get('last-event-id')
        lines.push({ asked, cut: () => line.abort() })
        const response = await ada.fetch(target.slice(server.url.length), init)
        return new Response(response.body?.pipeThrough(new TransformStream(), { signal: line.signal }), response)
      },
    })
    const leaving = new AbortController()
    const changes = client.todos.watch(undefined, { signal: leaving.signal })[Symbol.asyncIterator]()
    assert.equal((await changes.next()).value?.type, 'ready')
    const titles = ['First', 'Second', 'Third']
    const heard: unknown[] = []
    for (const title of titles) {
      await ada.api.todos.create({ list: ada.list, title })
      const { value } = await changes.next()
      heard.push(value?.type === 'saved' && value.todo.title)
      lines.at(-1)?.cut()
    }
    assert.deepEqual(heard, titles)
    assert.equal(lines.length, 3)
    assert.equal(new Set(lines.map(({ asked }) => asked)).size, 3)
    leaving.abort()
  })

  test('nobody reaches what belongs to somebody else', async () => {
    const ada = await signUp(server.url, 'Ada')
    const eve = await signUp(server.url, 'Eve')
    const { id } = await ada.api.todos.create({ list: ada.list, title: 'Secret' })
    assert.deepEqual((await eve.api.todos.list({})).items, [])
    for (const path of [`/todos/${id}`, `/lists/${ada.list}`]) {
      assert.equal((await eve.fetch(path, { method: 'DELETE' })).status, 404)
    }
    assert.equal((await ada.api.todos.get({ id })).title, 'Secret')
  })

  test('after signing out the cookie opens nothing, even when somebody kept it', async () => {
    const visitor = await signUp(server.url, 'Ada')
    const kept = visitor.cookie().split(';')[0] ?? ''
    await visitor.api.account.signOut()
    const response = await fetch(`${server.url}/lists`, { headers: { cookie: kept } })
    assert.equal(response.status, 401)
  })

  test('the page is there, and the functions stay reachable beside it', async () => {
    const page = await fetch(server.url)
    assert.match(page.headers.get('content-type') ?? '', /text\/html/)
    assert.match(await page.text(), /main\.js/)
    assert.equal((await fetch(`${server.url}/nothing/here`)).status, 404)
  })

  test('a taken port, or a folder that is in use, is one line to read', async () => {
    const port = new URL(server.url).port
    const taken = await runToEnd({ PORT: port, DATABASE_URL: 'memory://' })
    assert.equal(taken.code, 1)
    assert.equal(taken.printed.trim(), `Port ${port} is taken by another program.`)
    const inUse = await runToEnd({ PORT: '0', DATABASE_URL: database.address })
    assert.equal(inUse.code, 1)
    assert.match(
      inUse.printed.trim(),
      /^The database in .* is open in process \d+\. Stop that one, or set DATABASE_URL\.$/,
    )
  })
})

for (const { name, skip, make } of await testDatabases()) {
  test(`what was stored on ${name} is there after a restart, and the session too`, {
    skip,
    timeout: 60_000,
  }, async () => {
    const { address, drop } = await make()
    try {
      const first = await startServer(address)
      const visitor = await signUp(first.url, 'Ada')
      const due = new Date('2030-05-06T07:08:09.010Z')
      const todo = await visitor.api.todos.create({ list: visitor.list, title: 'Tree', due })
      assert.equal(await first.stop(), 0)
      const second = await startServer(address)
      const { cookie } = visitor
      const response = await fetch(`${second.url}/todos/${todo.id}`, {
        headers: { cookie: cookie().split(';')[0] ?? '' },
      })
      assert.equal(await second.stop(), 0)
      assert.equal(response.status, 200)
      assert.deepEqual(await response.json(), JSON.parse(JSON.stringify(todo)))
    } finally {
      await drop()
    }
  })
}
