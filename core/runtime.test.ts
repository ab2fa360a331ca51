import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as z from 'zod'
import {
  type AppDefinition,
  all,
  any,
  type ChannelCall,
  type Codec,
  type Contracts,
  createRuntime,
  defineError,
  type Func,
  type Incoming,
  type Log,
  type Middleware,
  type OperationContract,
  perCall,
  pikku,
  type ServiceFactories,
} from './index.ts'

interface Services {
  db: { name: string }
  audit: { id: string }
}
interface Session {
  user: string
}

const { func, app, channel, permission, session } = pikku<Services, Session>()
const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
const bearer = session.bearer((_services, token) => (token === 'none' ? undefined : { user: token }))

/** A codec that lets everything through, or refuses it. */
const anything: Codec = {
  safeDecode: (data) => ({ success: true, data }),
  safeEncode: (data) => ({ success: true, data }),
}

function contractOf(name: string, more: Partial<OperationContract> = {}): OperationContract {
  const schemas = async () => ({ Anything: anything })
  const io = { input: 'Anything', output: 'Anything', schemas }
  return { name, kind: 'call', auth: true, rpc: true, routes: [], errors: [], services: [], ...io, ...more }
}

function contractsOf(...operations: OperationContract[]): Contracts {
  return { version: 1, session: [], operations }
}

function incoming(token?: string, more: Partial<Incoming> = {}): Incoming {
  return { id: 'id-1', credential: (source) => (source.from === 'bearer' ? token : undefined), ...more }
}

interface Setup {
  readonly contract?: Partial<OperationContract>
  readonly services?: Partial<ServiceFactories<Services>>
  readonly middleware?: AppDefinition<Services, Session>['middleware']
  readonly log?: Log
  readonly timeout?: number
}

/** One function as an app; gives a way to call it. */
function serving(
  handler: Func<Services, never, unknown, Session>,
  { contract, services, middleware, log = silent, timeout = 30_000 }: Setup = {},
) {
  const runtime = createRuntime(app({ rpc: { go: handler }, session: bearer, ...(middleware ? { middleware } : {}) }), {
    contracts: contractsOf(contractOf('go', contract)),
    services: services as ServiceFactories<Services>,
    log,
    timeout,
  })
  const operation = runtime.operations.get('go')
  assert.ok(operation)
  return { runtime, call: (input: unknown, from = incoming('ann')) => runtime.call(operation, () => input, from) }
}

describe('an app that cannot be served', () => {
  const start = (definition: object, contracts: Contracts, services = {}) =>
    createRuntime(app(definition), { contracts, services: services as ServiceFactories<Services>, log: silent })
  const go = func(async () => 1)

  it('names each function that needs a session when there is no way to make one', () => {
    assert.throws(() => start({ rpc: { go } }, contractsOf(contractOf('go'))), /go needs a session.*auth: false/s)
  })
  it('names what is wired and not in the contracts, and the other way round', () => {
    assert.throws(
      () => start({ rpc: { go, stop: go }, session: bearer }, contractsOf(contractOf('go'), contractOf('gone'))),
      /gone where the app wires something else.*stop is wired in the app and is not in the contracts.*pikku contracts/s,
    )
  })
  it('names a route that leads to another function than the contract says', () => {
    const routes = [{ method: 'GET', path: '/go', parameters: [] }]
    const definition = { rpc: { go }, http: { 'GET /go': func(async () => 2) }, session: bearer }
    assert.throws(() => start(definition, contractsOf(contractOf('go', { routes }))), /list go where/)
  })
  it('names a function whose contract still lets everybody in', () => {
    assert.throws(
      () => start({ rpc: { go }, session: bearer }, contractsOf(contractOf('go', { auth: false }))),
      /go changed who/,
    )
  })
  it('names a service that nothing makes', () => {
    const definition = { rpc: { go }, session: bearer }
    assert.throws(() => start(definition, contractsOf(contractOf('go', { services: ['db'] }))), /go takes db/)
  })
  it('names a function with a rate limit when nothing counts its calls, or the limit is none', () => {
    const limited = (limit: number) => func({ auth: false, rateLimit: { limit, window: 60 } }, async () => 1)
    const contracts = contractsOf(contractOf('go', { auth: false }))
    assert.throws(() => start({ rpc: { go: limited(1) } }, contracts), /go has a rate limit.*pikku\/rate-limit/)
    assert.throws(() => start({ rpc: { go: limited(0) } }, contracts), /go: rateLimit has the limit 0/)
  })
  it('names channels that the contracts do not know, and those that the app does not wire', () => {
    const room = channel({ messages: { say: async () => {}, shout: async () => {} } })
    const listed = {
      name: 'rooms.room',
      path: '/rooms/:room',
      auth: true,
      parameters: [],
      connect: contractOf('rooms.room.connect'),
      messages: [contractOf('rooms.room.say'), contractOf('rooms.room.whisper')],
      events: [],
      schemas: async () => ({}),
    } as const
    const contracts = { ...contractsOf(), channels: [listed, { ...listed, path: '/gone' }] }
    assert.throws(
      () => start({ channels: { '/rooms/:room': room, '/new': room }, session: bearer }, contracts),
      /whisper, which \/rooms\/:room does not take(?=.*takes shout)(?=.*list a channel \/gone)(?=.*\/new is wired)/s,
    )
    assert.throws(
      () => start({ channels: { '/rooms/:room': room } }, { ...contractsOf(), channels: [listed] }),
      /rooms\.room\.connect needs a session/,
    )
  })
  it('names handlers of a channel whose own options would be passed over', () => {
    const only = permission('only', () => false)
    // The types refuse all of them.
    const room = channel({
      connect: func({ permissions: only }, async () => {}) as never,
      disconnect: func({ timeout: 1 }, async () => {}) as never,
      messages: {
        say: { timeout: 1, handler: func({ permissions: only, timeout: 2 }, async () => {}) as never },
        whisper: { handler: func(async () => {}) as never },
        shout: func({ permissions: only }, async () => {}),
      },
    })
    const listed = {
      name: 'rooms.room',
      path: '/rooms',
      auth: true,
      parameters: [],
      connect: contractOf('rooms.room.connect'),
      disconnect: contractOf('rooms.room.disconnect'),
      messages: ['say', 'whisper', 'shout'].map((name) => contractOf(`rooms.room.${name}`)),
      events: [],
      schemas: async () => ({}),
    }
    assert.throws(
      () => start({ channels: { '/rooms': room }, session: bearer }, { ...contractsOf(), channels: [listed] }),
      ({ message }: Error) => {
        const named = [...message.matchAll(/- (\S+) is made by func\(\{ (.*?) \}/g)].map(([, ...found]) => found)
        assert.deepEqual(named, [
          ['rooms.room.say', 'permissions, timeout'],
          ['rooms.room.connect', 'permissions'],
          ['rooms.room.disconnect', 'timeout'],
        ])
        return true
      },
    )
  })
  it('passes classes, values, schemas and channels of a module over', () => {
    class Oops extends defineError('OOPS') {}
    const Schema = z.object({})
    const room = channel({ connect: async () => {}, messages: { say: async () => {} } })
    assert.ok(
      start({ rpc: { go, Oops, Schema, room, limit: 3, none: null }, session: bearer }, contractsOf(contractOf('go'))),
    )
  })
})

describe('a channel', () => {
  it('is made of functions that can be called', async () => {
    const called: unknown[] = []
    const room = channel({
      connect: async ({ db }, { room }: { room: string }, { session }) => called.push(db.name, room, session.user),
      messages: {
        say: async (_services, { text }: { text: string }, { channel }) => `${channel.params.room}: ${text}`,
        clear: { permissions: permission('no', () => false), handler: async (_services, _input, { id }) => id },
        made: func(async (_services, { to }: { to: string }, { session }) => session.user + to),
      },
    })
    const services: Services = { db: { name: 'fake' }, audit: { id: '' } }
    const { signal } = new AbortController()
    const peer = { id: '1', params: { room: 'tea' }, signal, send: async () => {}, join: async () => {} }
    const call: ChannelCall<Session, { room: string }> = {
      ...{ session: { user: 'ann' }, signal, id: 'c', operation: '', log: silent },
      channel: { ...peer, follow() {}, close() {} },
    }
    await room.connect(services, { room: 'tea' }, call)
    assert.deepEqual(called, ['fake', 'tea', 'ann'])
    assert.equal(await room.messages.say(services, { text: 'Hi' }, call), 'tea: Hi')
    assert.equal(await room.messages.clear(services, undefined, call), 'c')
    assert.equal(await room.messages.made(services, { to: '!' }, call), 'ann!')
    // It has none.
    assert.equal(await room.disconnect(services, { room: 'tea' }, call), undefined)
  })

  it('gives each message of a channel the options of its own, and the session that the channel asks for', () => {
    const allowed = { name: 'allowed', check: () => true }
    const listed = (path: string, auth: boolean) => ({
      name: 'room',
      path,
      auth,
      parameters: [],
      connect: contractOf('room.connect', { auth }),
      messages: ['plain', 'own', 'made'].map((name) => contractOf(`room.${name}`, { auth: auth && name !== 'made' })),
      events: [],
      schemas: async () => ({}),
    })
    const messages = {
      plain: async () => 'plain',
      own: { permissions: [allowed], timeout: 7, handler: async () => 'own' },
      made: func({ auth: false, timeout: 9 }, async () => 'made'),
    }
    const { channels } = createRuntime(
      app({ channels: { '/in': channel({ messages }), '/out': channel({ auth: false, messages }) }, session: bearer }),
      {
        contracts: { ...contractsOf(), channels: [listed('/in', true), listed('/out', false)] },
        services: { db: () => ({ name: 'main' }), audit: () => ({ id: 'audit' }) },
        log: silent,
      },
    )
    const bound = (path: string) =>
      [...(channels.get(path)?.messages ?? [])].map(([name, { permission, timeout, auth, handler }]) => {
        assert.equal(handler, name === 'own' ? messages.own.handler : Object(messages)[name])
        return [name, permission?.name, timeout, auth]
      })
    assert.deepEqual(bound('/in'), [
      ['plain', undefined, 30_000, true],
      ['own', 'all(allowed)', 7, true],
      ['made', undefined, 9, false],
    ])
    assert.deepEqual(bound('/out'), [
      ['plain', undefined, 30_000, false],
      ['own', 'all(allowed)', 7, false],
      ['made', undefined, 9, false],
    ])
  })
})

describe('a channel', () => {
  it('whose events could not be loaded loads them for the next one', async () => {
    let loads = 0
    const schemas = async () => {
      if (loads++ === 0) throw new Error('the network is away')
      return { Anything: anything }
    }
    const connect = contractOf('room.connect', { rpc: false, auth: false })
    const room = { name: 'room', path: '/room', auth: false, parameters: [], connect, messages: [], schemas }
    const contracts = { ...contractsOf(), channels: [{ ...room, events: [{ name: 'said', data: 'Anything' }] }] }
    const definition = { channels: { '/room': channel({ auth: false, connect: async () => {} }) } }
    const { channels } = createRuntime(app(definition), { contracts, services: {} as never, log: silent })
    await assert.rejects(async () => channels.get('/room')?.events(), /away/)
    assert.equal((await channels.get('/room')?.events())?.has('said'), true)
  })
})

describe('a call', () => {
  it('gives the handler its services, the decoded input and the session', async () => {
    const { call } = serving(
      func(async ({ db }, input: string, { session, operation, id }) => [db.name, input, session.user, operation, id]),
      { contract: { services: ['db'] }, services: { db: () => ({ name: 'main' }) } },
    )
    assert.deepEqual(await call('in'), ['main', 'in', 'ann', 'go', 'id-1'])
  })
  it('does not read the input of somebody who may not call', async () => {
    const { runtime } = serving(func(async () => 1))
    const operation = runtime.operations.get('go')
    assert.ok(operation)
    const read = () => assert.fail('it was read')
    await assert.rejects(runtime.call(operation, read, incoming()), { code: 'UNAUTHENTICATED' })
    await assert.rejects(runtime.call(operation, read, incoming('none')), { code: 'UNAUTHENTICATED' })
  })
  it('runs permissions before middleware, and middleware from the outside in', async () => {
    const order: string[] = []
    const note =
      (name: string): Middleware<Services, Session | undefined> =>
      async (_services, _input, _call, next) => {
        order.push(`${name} in`)
        const output = await next()
        order.push(`${name} out`)
        return output
      }
    const allowed = permission('allowed', () => order.push('allowed') > 0)
    const handler = func({ permissions: allowed, middleware: [note('own')] }, async () => order.push('handler'))
    await serving(handler, { middleware: [note('app')] }).call(0)
    assert.deepEqual(order, ['allowed', 'app in', 'own in', 'handler', 'own out', 'app out'])
  })
  it('lets middleware answer instead', async () => {
    const handler = func({ middleware: [() => 'cached'] }, async () => assert.fail('it ran'))
    assert.equal(await serving(handler).call(0), 'cached')
  })
  it('joins permissions by any and all', async () => {
    const yes = permission('yes', () => true)
    const no = permission('no', async () => false)
    const may = (permissions: ReturnType<typeof any<Services, unknown, Session>>) =>
      serving(func({ permissions }, async () => 'done'))
        .call(0)
        .then(
          () => true,
          (error) => {
            assert.equal(error.code, 'FORBIDDEN')
            return false
          },
        )
    assert.equal(await may(any(no, yes)), true)
    assert.equal(await may(any(no, no)), false)
    assert.equal(await may(all(yes, no)), false)
    assert.equal(await may(all(yes, any(no, yes))), true)
    assert.equal(any(no, all(yes, no)).name, 'any(no, all(yes, no))')
  })
  it('turns what is no error of ours into INTERNAL, and logs it with the request id', async () => {
    const logged: object[] = []
    const log = { ...silent, error: (fields: object) => void logged.push(fields) }
    const { call } = serving(
      func(async () => Promise.reject('text, not an error')),
      { log },
    )
    await assert.rejects(call(0), { code: 'INTERNAL', message: 'Something went wrong on the server.' })
    assert.deepEqual(logged, [{ id: 'id-1', operation: 'go', error: 'text, not an error' }])
  })
  it('leaves out the data of an error that the contract does not name', async () => {
    class Secret extends defineError('SECRET', { status: 409 })<{ row: string }> {}
    const { call } = serving(func(async () => Promise.reject(new Secret({ row: 'private' }))))
    await assert.rejects(call(0), (error: { code: string; data: unknown; status: number }) => {
      assert.deepEqual([error.code, error.status, error.data], ['SECRET', 409, undefined])
      return true
    })
  })
  it('is cut at its deadline, and tells the handler', async () => {
    let told: AbortSignal | undefined
    const handler = func({ timeout: 5 }, (_services, _input: unknown, { signal }) => {
      told = signal
      return new Promise(() => {})
    })
    await assert.rejects(serving(handler).call(0), { code: 'TIMEOUT', status: 504 })
    assert.equal(told?.aborted, true)
  })
  it('is cut though a service of its own is never made, or never goes away', async ({ mock }) => {
    const forever = () => new Promise<never>(() => {})
    const contract = { services: ['audit'] }
    const never = perCall<Services, Services['audit']>(forever)
    const sticky = perCall<Services, Services['audit']>(() => ({ id: 'a', [Symbol.asyncDispose]: forever }))
    for (const audit of [never, sticky]) {
      const { call, runtime } = serving(func({ timeout: 5 }, forever), { contract, services: { audit } })
      await assert.rejects(call(0), { code: 'TIMEOUT' })
      const endless = serving(func({ timeout: 0 }, forever), { contract, services: { audit } })
      const running = assert.rejects(endless.call(0), { code: 'UNAVAILABLE' })
      mock.timers.enable({ apis: ['setTimeout'] })
      const disposed = Promise.all([runtime.dispose(), endless.runtime.dispose()])
      await running
      mock.timers.tick(2_000)
      await disposed
      mock.timers.reset()
    }
  })
  it('is answered though a service of its own never goes away, and the log says so', async () => {
    const lines: string[] = []
    const log = { ...silent, error: (_fields: object, message: string) => void lines.push(message) }
    const audit = perCall<Services, Services['audit']>(() => ({
      id: 'a',
      [Symbol.asyncDispose]: () => new Promise<never>(() => {}),
    }))
    const contract = { services: ['audit'] }
    const { call } = serving(
      func(async () => 'done'),
      { contract, services: { audit }, log, timeout: 5 },
    )
    assert.equal(await call(0), 'done')
    assert.deepEqual(lines, ['a service of this call was not disposed'])
  })
  it('tells the handler that its caller went away', async () => {
    const leaving = new AbortController()
    const handler = func((_services, _input: unknown, { signal }) => {
      queueMicrotask(() => leaving.abort())
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const { call } = serving(handler)
    await assert.rejects(call(0, incoming('ann', { signal: leaving.signal })), { code: 'CLIENT_CLOSED_REQUEST' })
  })
})

describe('a session that is looked up for ever', () => {
  const serving = (timeout: number) => {
    const lines: { fields: object; message: string }[] = []
    let told: AbortSignal | undefined
    const forever = session.bearer((_services, _token, { signal }) => {
      told = signal
      return new Promise(() => {})
    })
    const definition = { rpc: { go: func({ timeout: 0 }, async () => 1) }, session: forever }
    const log = { ...silent, error: (fields: object, message: string) => void lines.push({ fields, message }) }
    const contracts = contractsOf(contractOf('go'))
    const runtime = createRuntime(app(definition), { contracts, services: {} as never, log, timeout })
    const operation = runtime.operations.get('go')
    assert.ok(operation)
    return { runtime, operation, lines, signal: () => told }
  }

  it('ends a call that has no deadline, is told to who looks, and is in the log', async () => {
    const { runtime, operation, lines, signal } = serving(5)
    await assert.rejects(
      runtime.call(operation, () => 0, incoming('ann')),
      { code: 'TIMEOUT', status: 504, message: /session.*0\.005 s/ },
    )
    assert.equal(signal()?.aborted, true)
    assert.equal(lines.length, 1)
  })
  it('is given up for a connection after the time that it has', async () => {
    const { runtime, lines, signal } = serving(30_000)
    await assert.rejects(runtime.session(incoming('ann'), 5), { code: 'TIMEOUT', message: /session.*0\.005 s/ })
    assert.equal(signal()?.aborted, true)
    assert.deepEqual(
      lines.map(({ fields, message }) => [(fields as { operation: string }).operation, message]),
      [['session', 'call failed']],
    )
  })
})

describe('a stream', () => {
  const contract = { kind: 'stream' as const }
  it('ends its generator when the reader leaves before the first item', async () => {
    let ended = false
    const audit = perCall<Services, Services['audit']>(() => ({
      id: 'a',
      [Symbol.dispose]: () => {
        ended = true
      },
    }))
    const handler = func(async function* ({ audit }: Services, _input: unknown) {
      yield audit.id
    })
    const { call } = serving(handler, { contract: { ...contract, services: ['audit'] }, services: { audit } })
    const items = (await call(0)) as AsyncGenerator
    await items.return(undefined)
    assert.equal(ended, true)
  })
  it('gives the error of its generator as one that may be sent', async () => {
    const handler = func(async function* () {
      yield 1
      throw new Error('private')
    })
    const items = (await serving(handler, { contract }).call(0)) as AsyncGenerator
    assert.deepEqual(await items.next(), { done: false, value: 1 })
    await assert.rejects(items.next(), { code: 'INTERNAL', message: 'Something went wrong on the server.' })
  })
})

describe('the log', () => {
  it('has a line for each call where that is wanted, with what it took and how it ended', async () => {
    const lines: [object, string][] = []
    const log = { ...silent, info: (fields: object, message: string) => void lines.push([fields, message]) }
    const contracts = contractsOf(contractOf('go'))
    const definition = { rpc: { go: func(async () => 1) }, session: bearer }
    const runtime = createRuntime(app(definition), { contracts, services: {} as never, log, logCalls: true })
    const operation = runtime.operations.get('go')
    assert.ok(operation)
    await runtime.call(operation, () => 0, incoming('ann'))
    await assert.rejects(runtime.call(operation, () => 0, incoming()))
    const [done, refused] = lines as [[{ ms: number }, string], [{ ms: number }, string]]
    assert.ok(done[0].ms >= 0 && refused[0].ms >= 0)
    assert.deepEqual(
      lines.map(([fields, message]) => [{ ...fields, ms: 0 }, message]),
      [
        [{ id: 'id-1', operation: 'go', ms: 0 }, 'call'],
        [{ id: 'id-1', operation: 'go', ms: 0, code: 'UNAUTHENTICATED' }, 'call refused'],
      ],
    )
  })
})

describe('services', () => {
  it('are made once, on first need, and disposed youngest first', async () => {
    const events: string[] = []
    const disposable = (name: string) => {
      events.push(`make ${name}`)
      return { name, id: name, [Symbol.asyncDispose]: async () => void events.push(`dispose ${name}`) }
    }
    const { call, runtime } = serving(
      func(async ({ audit }) => audit.id),
      {
        contract: { services: ['audit'] },
        services: {
          db: () => disposable('db'),
          audit: async ({ db }) => {
            await db
            return disposable('audit')
          },
        },
      },
    )
    assert.deepEqual(events, [])
    await Promise.all([call(0), call(0), call(0)])
    await runtime.dispose()
    assert.deepEqual(events, ['make db', 'make audit', 'dispose audit', 'dispose db'])
  })
  it('are not made for a function that does not take them', async () => {
    const services = { db: () => assert.fail('it was made') }
    assert.equal(
      await serving(
        func(async () => 1),
        { services },
      ).call(0),
      1,
    )
  })
  it('of one call are made for it and disposed with it', async () => {
    const events: string[] = []
    const audit = perCall<Services, Services['audit']>((_services, call) => {
      events.push(`make for ${call.id}`)
      return { id: call.id, [Symbol.dispose]: () => void events.push(`dispose for ${call.id}`) }
    })
    const { call } = serving(
      func(async ({ audit }) => audit.id),
      { contract: { services: ['audit'] }, services: { audit } },
    )
    assert.equal(await call(0), 'id-1')
    assert.equal(await call(0, { ...incoming('ann'), id: 'id-2' }), 'id-2')
    assert.deepEqual(events, ['make for id-1', 'dispose for id-1', 'make for id-2', 'dispose for id-2'])
  })
  it('are disposed when the app ends, and the calls that still run are cut before', async () => {
    const events: string[] = []
    const disposable = (name: string) => ({ name, id: name, [Symbol.dispose]: () => void events.push(name) })
    const started = Promise.withResolvers<AbortSignal>()
    const { call, runtime } = serving(
      func((_services, _input, { signal }) => {
        started.resolve(signal)
        return new Promise(() => {})
      }),
      {
        contract: { services: ['db', 'audit'] },
        services: { db: () => disposable('db'), audit: perCall(() => disposable('audit')) },
      },
    )
    const cut = assert.rejects(call(0), { code: 'UNAVAILABLE' })
    const signal = await started.promise
    await runtime.dispose()
    await cut
    assert.equal(signal.aborted, true)
    assert.deepEqual(events, ['audit', 'db'])
  })
  it('that could not be made are tried again at the next call', async () => {
    let tries = 0
    const db = () => (++tries === 1 ? Promise.reject(new Error('down')) : { name: 'up' })
    const { call } = serving(
      func(async ({ db }) => db.name),
      { contract: { services: ['db'] }, services: { db } },
    )
    await assert.rejects(call(0), { code: 'INTERNAL' })
    assert.equal(await call(0), 'up')
  })
  it('that need each other are named, not waited for', async () => {
    const logged: { error?: unknown }[] = []
    const { call } = serving(
      func(async ({ db }) => db.name),
      {
        contract: { services: ['db'] },
        services: {
          db: async ({ audit }) => ({ name: (await audit).id }),
          audit: async ({ db }) => ({ id: (await db).name }),
        },
        log: { ...silent, error: (fields) => void logged.push(fields) },
      },
    )
    await assert.rejects(call(0), { code: 'INTERNAL' })
    assert.match(String(logged[0]?.error), /db -> audit -> db/)
  })
})
