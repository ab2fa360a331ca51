import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  type App,
  type Call,
  type Codec,
  type Contracts,
  consoleLog,
  createRuntime,
  hashApiKey,
  type Incoming,
  type Log,
  type OperationContract,
  pikku,
  type SessionSource,
} from './index.ts'

interface Services {
  roles: Map<string, string>
}
interface Session {
  user: string
}

const { func, app, permission, route, session } = pikku<Services, Session>()
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
const anything: Codec = {
  safeDecode: (data) => ({ success: true, data }),
  safeEncode: (data) => ({ success: true, data }),
}

function contractOf(name: string, more: Partial<OperationContract> = {}): OperationContract {
  const io = { input: 'Anything', output: 'Anything', schemas: async () => ({ Anything: anything }) }
  return { name, kind: 'call', auth: true, rpc: true, routes: [], errors: [], services: ['roles'], ...io, ...more }
}

function serve(definition: App<Services, Session>, ...operations: OperationContract[]) {
  const contracts: Contracts = { version: 1, session: ['roles'], operations }
  const roles = new Map([['ann', 'admin']])
  const runtime = createRuntime(definition, { contracts, services: { roles: () => roles }, log: silent })
  return (name: string, credentials: Record<string, string>, input: unknown = {}) => {
    const operation = runtime.operations.get(name)
    assert.ok(operation)
    const credential: Incoming['credential'] = (source) => credentials[nameOf(source)]
    return runtime.call(operation, () => input, { id: '1', credential })
  }
}

function nameOf(source: SessionSource<never, unknown>): string {
  return source.from === 'bearer' ? 'bearer' : source.name
}

describe('session sources', () => {
  const users = (...names: string[]) =>
    session.bearer((_services, token) => (names.includes(token) ? { user: token } : undefined))
  const cookie = session.cookie({ resolve: (_services, value) => (value === 'stale' ? undefined : { user: value }) })
  const key = session.apiKey({
    resolve: async ({ roles }, { hash, is }) => {
      if (await is('key-of-ann')) return { user: 'ann' }
      const user = roles.get(hash)
      return user === undefined ? undefined : { user }
    },
  })
  const who = func({ auth: false }, async (_services, _input: unknown, { session }) => session?.user ?? null)
  const call = (credentials: Record<string, string>) =>
    serve(
      app({ rpc: { who }, session: [users('ann'), cookie, users('bob'), key] }),
      contractOf('who', { auth: false, services: [] }),
    )('who', credentials)
  const refused = { code: 'UNAUTHENTICATED' }

  it('are asked in order, and the first that knows the caller decides', async () => {
    assert.equal(await call({}), null)
    assert.equal(await call({ bearer: 'ann', session: 'eve' }), 'ann')
    assert.equal(await call({ session: 'eve', 'x-api-key': 'wrong' }), 'eve')
  })
  it('of one place are all asked before what it holds is wrong', async () => {
    assert.equal(await call({ bearer: 'bob' }), 'bob')
    assert.equal(await call({ bearer: 'bob', session: 'eve' }), 'bob')
    await assert.rejects(call({ bearer: 'carl' }), refused)
  })
  it('refuse a wrong token or key, whatever cookie comes along', async () => {
    await assert.rejects(call({ bearer: 'carl', session: 'eve' }), refused)
    await assert.rejects(call({ bearer: '', session: 'eve' }), refused)
    await assert.rejects(call({ 'x-api-key': 'wrong' }), refused)
    await assert.rejects(call({ bearer: 'carl', 'x-api-key': 'key-of-ann' }), refused)
  })
  it('take a wrong cookie for none', async () => {
    assert.equal(await call({ session: 'stale' }), null)
    assert.equal(await call({ session: 'stale', 'x-api-key': 'key-of-ann' }), 'ann')
  })
  it('that throw end the call', async () => {
    const broken = session.bearer(() => Promise.reject(new Error('no database')))
    const broke = serve(app({ rpc: { who }, session: broken }), contractOf('who', { auth: false }))
    await assert.rejects(broke('who', { bearer: 'ann' }), { code: 'INTERNAL' })
  })
})

describe('an API key', () => {
  const seen: string[] = []
  const source = session.apiKey({
    header: 'x-key',
    resolve: async (_services, key) => {
      seen.push(key.hash)
      assert.doesNotMatch(JSON.stringify(key), /secret/)
      return (await key.is(undefined)) || (await key.is('')) || (await key.is('secret')) ? { user: 'ann' } : undefined
    },
  })
  const call: Call<unknown> = {
    session: undefined,
    signal: new AbortController().signal,
    id: '1',
    operation: 'go',
    log: consoleLog,
  }
  const resolve = (key: string) => source.resolve({ roles: new Map() }, key, call)

  it('is handed over as its hash alone', async () => {
    await resolve('secret')
    assert.equal(seen.at(-1), '2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b')
    assert.equal(await hashApiKey('secret'), seen.at(-1))
  })
  it('is compared as a whole', async () => {
    assert.deepEqual(await resolve('secret'), { user: 'ann' })
    for (const key of ['secre', 'secrets', 'Secret', 'undefined', 'null']) assert.equal(await resolve(key), undefined)
  })
  it('stands in a header whose name is one', () => {
    assert.throws(() => session.apiKey({ header: 'X-Key', resolve: () => undefined }), { name: 'TypeError' })
    assert.throws(() => session.apiKey({ header: 'x-key\r\n', resolve: () => undefined }), { name: 'TypeError' })
  })
})

describe('a route with additions', () => {
  const events: string[] = []
  const isAdmin = permission('isAdmin', ({ roles }, _input, { session }) => {
    events.push('isAdmin')
    return roles.get(session.user) === 'admin'
  })
  const isOwn = permission('isOwn', (_services, { owner }: { owner: string }, { session }) => {
    events.push('isOwn')
    return owner === session.user
  })
  const remove = func({ permissions: isOwn }, async (_services, input: { owner: string }) => input.owner)
  const open = func({ auth: false }, async (_services, _input: unknown, { session }) => session?.user)
  const bearer = session.bearer((_services, user) => ({ user }))
  const routes = (path: string) => [{ method: 'POST', path, parameters: [] }]
  const guarded = { rpc: false, routes: routes('/admin') }

  it('asks for them first, and for those of the function as well', async () => {
    const call = serve(
      app({
        rpc: { other: open },
        http: { 'POST /admin': route(remove, { permissions: [isAdmin] }) },
        session: bearer,
      }),
      contractOf('admin', guarded),
      contractOf('other', { auth: false }),
    )
    assert.equal(await call('admin', { bearer: 'ann' }, { owner: 'ann' }), 'ann')
    assert.deepEqual(events.splice(0), ['isAdmin', 'isOwn'])
    await assert.rejects(call('admin', { bearer: 'bob' }, { owner: 'bob' }), { code: 'FORBIDDEN' })
    assert.deepEqual(events.splice(0), ['isAdmin'])
    await assert.rejects(call('admin', { bearer: 'ann' }, { owner: 'bob' }), { code: 'FORBIDDEN' })
  })
  it('needs a session, though its function does not, and leaves that one as it was', async () => {
    const call = serve(
      app({
        http: { 'POST /open': open, 'POST /admin': route(open, { permissions: isAdmin }) },
        session: bearer,
      }),
      contractOf('admin', guarded),
      contractOf('open', { rpc: false, routes: routes('/open'), auth: false }),
    )
    await assert.rejects(call('admin', {}), { code: 'UNAUTHENTICATED' })
    await assert.rejects(call('admin', { bearer: 'bob' }), { code: 'FORBIDDEN' })
    assert.equal(await call('open', {}), undefined)
  })
  it('is not served while its function can be called by its name without them', () => {
    const twice = route(route(open, { permissions: isAdmin }), { permissions: isAdmin })
    assert.throws(
      () =>
        serve(
          app({ rpc: { open }, http: { 'POST /admin': twice }, session: bearer }),
          contractOf('open', { auth: false }),
          contractOf('admin', guarded),
        ),
      /POST \/admin adds permissions to open, which can be called by its name without them\. Wire the guarded one/,
    )
    const named = { rpc: { open: twice }, http: { 'POST /admin': twice }, session: bearer }
    assert.ok(serve(app(named), contractOf('open', { routes: routes('/admin') })))
  })
})
