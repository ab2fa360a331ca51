import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AppModel, OperationModel } from '../model.ts'
import { createProject, type Files, type TestProject } from './testing/project.ts'
import { shapeText } from './testing/shape-text.ts'

const files: Files = {
  'src/checks.ts': `import { all, any } from 'pikku'
import { middleware, permission } from './pikku.ts'
export const isOwner = permission('isOwner', async ({ db }, _input: { id: string }) => (await db.find('1')) !== '')
const isAdmin = permission('isAdmin', async (services) => services.clock !== undefined)
export const isEither = any(isOwner, all(isAdmin))
export const audit = middleware(async ({ mail }, _input, _call, next) => { void mail; return next() })
`,
  'src/functions/todos.ts': `import { type Call, defineError } from 'pikku'
import * as z from 'zod'
import { func, type Services, type Session } from '../pikku.ts'
import { audit, isEither } from '../checks.ts'
export interface Todo { id: string; title: string }
export class NotFound extends defineError('NOT_FOUND')<{ id: string }> {}
export class Locked extends defineError('LOCKED', { status: 423, detail: 'Come back later.' }) {}
export const limit = 3
export const Text = z.object({ text: z.string() })
export const nested = { deep: func(async () => 'deep'), list: [1] }
/**
 * Reads one.
 * @deprecated Use list.
 */
export const get = func({ auth: false, errors: [NotFound, Locked] }, async ({ db }, { id }: { id: string }): Promise<Todo> => ({ id, title: await db.find(id) }))
export const update = func({ permissions: [isEither], middleware: [audit] }, async ({ hub: h }, input: Todo) => { void h; return input })
export const named = func(async (services, _input: { q?: string }) => { const { db } = services; return [services.clock === null, await db.find('1')] as [boolean, string] })
export const all = func(async (services) => Object.keys(services))
export const rest = func(async ({ db, ...others }) => [db === null, Object.keys(others).length > 0])
export const none = func(async (_services, _input: { a: 1 }) => {})
export const watch = func(async function* ({ hub }, _input: {}) { void hub; yield { at: new Date() } })
export async function count({ db }: Services, input: { done?: boolean }, { session }: Call<Session>): Promise<number> { return (await db.find(session.userId)).length + Number(input.done) }
const handler = async ({ clock }: Services, _input: { x: 1 }) => clock !== undefined
export const byName = func(handler)
const hidden = <F>(f: F): F => f
export const wrapped = hidden(func(async ({ db }) => db !== null))
export { get as fetch }
`,
  'src/functions/admin/users.ts': `import { func } from '../../pikku.ts'
export interface Todo { admin: true }
export const list = func(async () => [] as Todo[])
export default func(async () => 'default' as const)
`,
  'src/functions/client.ts': `import { func } from '../pikku.ts'
export const ping = func(async () => true)
`,
  'src/mail/send.ts': `import { func } from '../pikku.ts'
import type { Todo } from '../functions/todos.ts'
export const send = func({ auth: false }, async (_s, input: { todo: Todo }) => input.todo)
`,
  'src/app.ts': `import { app, session } from './pikku.ts'
import * as todos from './functions/todos.ts'
import * as users from './functions/admin/users.ts'
import { ping as pong } from './functions/client.ts'
import { send } from './mail/send.ts'
const bearer = session.bearer(async ({ db }, token) => ({ userId: await db.find(token) }))
const routes = { 'POST /todos': todos.update } as const
export default app({
  session: [bearer, session.cookie({ name: 'sid', resolve: async ({ clock }, id) => (clock ? { userId: id } : undefined) })],
  middleware: [async ({ mail: _mail }, _input, _call, next) => next()],
  rpc: { todos, admin: { users }, pong },
  http: {
    ...routes,
    'GET /todos/:id': todos.get,
    'DELETE /todos/:id': todos.fetch,
    'POST /mail': send,
    'GET /health/live': async () => 'ok' as const,
    'GET /again': pong,
  },
})
`,
}

describe('an app', () => {
  let project: TestProject
  let model: AppModel
  const operation = (name: string): OperationModel => {
    const found = model.operations.find((candidate) => candidate.name === name)
    assert.ok(found, `${name} is one of ${model.operations.map((other) => other.name).join(', ')}`)
    return found
  }

  before(async () => {
    project = await createProject(files, { noUnusedLocals: false })
    model = project.model()
  })
  after(() => project[Symbol.dispose]())

  test('has the functions of its tree, then those of its routes; classes, values and schemas are passed over', () => {
    assert.deepEqual(
      model.operations.map(({ name, module, exportName }) => `${name} ${module}#${exportName}`),
      [
        'todos.nested.deep todos#deep',
        'todos.get todos#get',
        'todos.update todos#update',
        'todos.named todos#named',
        'todos.all todos#all',
        'todos.rest todos#rest',
        'todos.none todos#none',
        'todos.watch todos#watch',
        'todos.count todos#count',
        'todos.byName todos#byName',
        'todos.wrapped todos#wrapped',
        'todos.fetch todos#fetch',
        'admin.users.list admin/users#list',
        'admin.users.default admin/users#default',
        'pong client-functions#ping',
        'mail.send.send mail/send#send',
        'app.getHealthLive app#getHealthLive',
      ],
    )
  })

  test('routes belong to the functions they lead to, however they are named', () => {
    const routes = model.operations.flatMap(({ name, routes: of }) =>
      of.map(({ method, path }) => `${method} ${path} ${name}`),
    )
    assert.deepEqual(routes.sort(), [
      'DELETE /todos/:id todos.get',
      'GET /again pong',
      'GET /health/live app.getHealthLive',
      'GET /todos/:id todos.get',
      'POST /mail mail.send.send',
      'POST /todos todos.update',
    ])
    assert.equal(operation('mail.send.send').rpc, false)
    assert.equal(operation('pong').rpc, true)
  })

  test('says what a function is: comment, kind, session, errors', () => {
    const get = operation('todos.get')
    assert.equal(get.description, 'Reads one.')
    assert.equal(get.deprecated, 'Use list.')
    assert.deepEqual([get.auth, operation('todos.update').auth, operation('todos.count').auth], [false, true, true])
    assert.deepEqual([get.kind, operation('todos.watch').kind], ['call', 'stream'])
    assert.deepEqual(
      get.errors.map(({ code, status, detail, data }) => [code, status, detail, data && shapeText(data)]),
      [
        ['NOT_FOUND', 404, undefined, '{ id: string }'],
        ['LOCKED', 423, 'Come back later.', undefined],
      ],
    )
    assert.equal(get.source, 'src/functions/todos.ts')
  })

  test('says what a function takes and gives', () => {
    const sides = (name: string) =>
      [operation(name).input, operation(name).output].map((shape) => shape && shapeText(shape))
    assert.deepEqual(sides('todos.get'), ['{ id: string }', 'Todo'])
    assert.deepEqual(sides('todos.update'), ['Todo', 'Todo'])
    assert.deepEqual(sides('todos.none'), ['{ a: 1 }', undefined])
    assert.deepEqual(sides('todos.all'), [undefined, 'string[]'])
    assert.deepEqual(sides('todos.watch'), ['{}', '{ at: date }'])
    assert.deepEqual(sides('todos.count'), ['{ done?: boolean }', 'number'])
    assert.deepEqual(sides('admin.users.list'), [undefined, 'UsersTodo[]'])
  })

  test('types go to the module that uses them, or to shared', () => {
    assert.deepEqual(
      [...model.types.values()].map(({ name, module }) => `${name} ${module}`),
      ['Todo shared', 'UsersTodo admin/users'],
    )
  })

  test('services are those that the handler, its checks and the middleware around it take apart', () => {
    const services = Object.fromEntries(
      model.operations.map(({ name, services: of }) => [name, of === '*' ? of : of.join(' ')]),
    )
    assert.deepEqual(services, {
      'todos.nested.deep': 'mail',
      'todos.get': 'db mail',
      'todos.update': 'clock db hub mail',
      'todos.named': 'clock db mail',
      'todos.all': '*',
      'todos.rest': '*',
      'todos.none': 'mail',
      'todos.watch': 'hub mail',
      'todos.count': 'db mail',
      'todos.byName': 'clock mail',
      'todos.wrapped': '*',
      'todos.fetch': 'db mail',
      'admin.users.list': 'mail',
      'admin.users.default': 'mail',
      pong: 'mail',
      'mail.send.send': 'mail',
      'app.getHealthLive': 'mail',
    })
    assert.deepEqual(model.sessionServices, ['clock', 'db'])
  })

  test('the ways to a session are told', () => {
    assert.deepEqual(model.security, [{ from: 'bearer' }, { from: 'cookie', name: 'sid' }])
  })

  test('places are those of the names', () => {
    const { at, routes } = operation('pong')
    assert.deepEqual([at.file, at.line, at.column, at.length], [project.path('src/functions/client.ts'), 2, 14, 4])
    assert.deepEqual(routes[0]?.at, { file: project.path('src/app.ts'), line: 18, column: 5, length: 12 })
  })
})

test('session sources are read by their types, and their settings take no services', async () => {
  using project = await createProject({
    'src/sources.ts': `import { jwt } from 'pikku/jwt'
import { sealed } from 'pikku/sealed'
import { session, type Services, type Session } from './pikku.ts'
const secrets = [process.env.NEW_SECRET ?? '', process.env.OLD_SECRET ?? '']
export const tokens = jwt({
  issuer: process.env.ISSUER ?? 'https://login.test',
  audience: 'notes',
  algorithms: ['ES256'],
  jwks: new URL('/keys', 'https://login.test'),
  session: async ({ db }: Services, { sub }): Promise<Session | undefined> => (sub ? { userId: await db.find(sub) } : undefined),
})
export const own = jwt({ issuer: 'a', audience: 'b', algorithms: ['HS256'], secret: process.env.SECRET!, session: (_services, { sub }) => ({ userId: sub ?? '' }) })
export const keys = session.apiKey({ header: 'x-key', resolve: async ({ clock }, key) => (clock && (await key.is(process.env.KEY)) ? { userId: key.hash } : undefined) })
export const cookie = sealed<Session>({ secrets })
export const checked = sealed({ name: 'checked', secrets, check: ({ hub }: Services, _session: Session) => hub !== null })
`,
    'src/app.ts': `import { app, func } from './pikku.ts'
import * as sources from './sources.ts'
export default app({ rpc: { f: func(async () => 1) }, session: [sources.tokens, sources.own, sources.keys, sources.cookie, sources.checked] })
`,
  })
  const { security, sessionServices } = project.model()
  assert.deepEqual(security, [
    { from: 'bearer', format: 'JWT' },
    { from: 'bearer', format: 'JWT' },
    { from: 'header', name: 'x-key' },
    { from: 'cookie', name: 'session' },
    { from: 'cookie', name: 'checked' },
  ])
  assert.deepEqual(sessionServices, ['clock', 'db', 'hub'])
})

test('a route with additions is an operation of its own, with the services and the names of its permissions', async () => {
  using project = await createProject({
    'src/app.ts': `import { any, all } from 'pikku'
import { app, func, permission, route } from './pikku.ts'
const isAdmin = permission('isAdmin', ({ clock }) => clock !== null)
const isOwner = permission('isOwner', async ({ db }, { id }: { id: string }) => (await db.find(id)) !== '')
/** Removes one. */
const remove = func({ permissions: isOwner }, async ({ mail }, { id }: { id: string }): Promise<boolean> => mail !== null && id !== '')
const open = func({ auth: false }, async (_services, { id }: { id: string }) => id)
const purge = route(remove, { permissions: [isAdmin, any(isOwner, all(isAdmin))] })
export default app({
  rpc: { admin: { purge }, open },
  http: { 'DELETE /admin/:id': purge, 'DELETE /:id': remove, 'GET /admin/:id': route(route(remove, { permissions: isAdmin }), { permissions: [isOwner] }) },
})
`,
  })
  const told = project.model().operations.map((operation) => {
    const { name, auth, rpc, permissions = [], services, description, input, output } = operation
    const shapes = [input, output].map((shape) => shape && shapeText(shape))
    return [name, auth, rpc, permissions.join(' '), services, description, ...shapes]
  })
  const shapes = ['{ id: string }', 'boolean']
  const services = ['clock', 'db', 'mail']
  assert.deepEqual(told, [
    ['admin.purge', true, true, 'isAdmin any(isOwner, all(isAdmin)) isOwner', services, 'Removes one.', ...shapes],
    ['open', false, true, '', [], undefined, '{ id: string }', 'string'],
    ['app.remove', true, false, 'isOwner', ['db', 'mail'], 'Removes one.', ...shapes],
    ['app.getAdminId', true, false, 'isOwner isAdmin isOwner', services, 'Removes one.', ...shapes],
  ])
})

const wrongApps: Readonly<Record<string, readonly [app: string, code: string, message: RegExp]>> = {
  'a missing default export': ['export const a = 1', 'PK1001', /^This file has no default export/],
  'a default export that is no app': ['export default { definition: {} }', 'PK1001', /^The default export is no app/],
  'a name that no client can have': [
    "export default app({ rpc: { 'a-b': f } })",
    'PK1002',
    /^"a-b" cannot be the name/,
  ],
  'a hostile name': ['export default app({ rpc: { constructor: f } })', 'PK1002', /^"constructor" cannot be the name/],
  'functions of unknown origin': [
    'const made = Object.fromEntries([["a", f]]) as { [Name in "a" | "b"]: typeof f }\nexport default app({ rpc: { made } })',
    'PK1002 PK1002',
    /^Where the function behind "made.a" comes from cannot be seen/,
  ],
  'a path with a wildcard': ["export default app({ http: { 'GET /a/{id}': f } })", 'PK1003', /^"{id}" cannot be part/],
  'a path with a space': ["export default app({ http: { 'GET /a b': f } })", 'PK1003', /is no route/],
  'a parameter named twice': ["export default app({ http: { 'GET /:id/:id': g } })", 'PK1003', /names :id twice/],
  'a session of unknown origin': [
    "import type { SessionSource } from 'pikku'\nimport type { Services, Session } from './pikku.ts'\ndeclare const s: SessionSource<Services, Session>\nexport default app({ session: s, rpc: { f } })",
    'PK1004',
    /^Where a session comes from/,
  ],
  'a name that goes around the guard of a route': [
    "import { permission, route } from './pikku.ts'\nconst isAdmin = permission('isAdmin', () => false)\nexport default app({ rpc: { f }, http: { 'POST /f': route(f, { permissions: isAdmin }) } })",
    'PK1010',
    /^POST \/f adds permissions to f, which can be called by its name without them/,
  ],
  'two functions of one name': [
    "export default app({ rpc: { app: { getA: f } }, http: { 'GET /a': async () => 1 } })",
    'PK1006',
    /^app.getA is the function at src\/app.ts:2 already/,
  ],
}

test('trees may be typed by interfaces, and be put together', async () => {
  using project = await createProject({
    'src/app.ts': `import { app, func } from './pikku.ts'
const f = func(async () => 1)
const g = func(async () => 2)
interface Tree { readonly f: typeof f }
const tree: Tree = { f }
export default app({ rpc: { tree, both: { f } as { f: typeof f } & { g: typeof g }, spread: { ...tree, g } } })
`,
  })
  assert.deepEqual(
    project.model().operations.map(({ name }) => name),
    ['tree.f', 'both.f', 'both.g', 'spread.f', 'spread.g'],
  )
})

describe('an app that cannot be read', () => {
  let project: TestProject
  before(async () => {
    project = await createProject({ 'src/app.ts': '' }, { noUnusedLocals: false })
  })
  after(() => project[Symbol.dispose]())

  for (const [what, [text, code, message]] of Object.entries(wrongApps)) {
    test(`is told: ${what}`, () => {
      const head =
        "import { app, func } from './pikku.ts'\nconst f = func(async () => 1)\nconst g = func(async (_s, { id }: { id: string }) => id)\n"
      project.write({ 'src/app.ts': `${head}${text}\nvoid [app, f, g]\n` })
      const result = project.reader.update([project.path('src/app.ts')])
      assert.ok(!result.ok)
      assert.deepEqual(
        result.diagnostics.map((diagnostic) => diagnostic.code),
        code.split(' '),
      )
      assert.match(result.diagnostics[0]?.message ?? '', message)
    })
  }

  test('is told: a file outside of the project', () => {
    project.write({ 'tsconfig.json': JSON.stringify({ extends: '../../tsconfig.json', files: ['src/pikku.ts'] }) })
    const result = project.reader.update([project.path('tsconfig.json')])
    assert.ok(!result.ok)
    assert.deepEqual(
      result.diagnostics.map(({ code }) => code),
      ['PK1001'],
    )
  })
})
