import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import {
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  idempotencyKey,
  isError,
  type Operations,
  PikkuError,
  streams,
} from './fetch.ts'
import { cut, events, json, problem, serve } from './testing/server.ts'

// Retries wait for a random part of a delay: none of it, here.
let onDelay = () => {}
mock.method(Math, 'random', () => {
  onDelay()
  return 0
})

type Call = (input?: unknown, options?: CallOptions) => Promise<unknown>
type Stream = (input?: unknown, options?: CallOptions) => AsyncGenerator<unknown>
interface Api {
  todos: { create: Call; get: Call; list: Call; move: Call; remove: Call; tag: Call; watch: Stream }
}

const operations = {
  'todos.create': { i: ['o', { size: 'n' }], o: ['o', { due: 'd' }] },
  'todos.get': { m: 'GET', p: '/todos/:id', o: ['o', { due: 'd' }], e: { GONE: ['o', { since: 'd' }] } },
  'todos.list': { m: 'GET', p: '/todos', i: ['o', { above: 'n' }] },
  'todos.move': { m: 'PUT', p: '/lists/:list/todos/:id' },
  'todos.remove': { m: 'DELETE', p: '/todos/:id' },
  'todos.tag': { m: 'POST', p: '/tags' },
  'todos.watch': {
    m: 'GET',
    p: '/todos/changes',
    o: ['o', { at: 'd' }],
    e: { GONE: ['o', { since: 'd' }] },
    s: 1,
  },
} as const satisfies Operations

const clientOf = (url: string, options?: ClientOptions) =>
  createFetchClient<Api>(url, operations, options, {}, { streams }).todos

const isFailure =
  (code: string, more: Partial<PikkuError> = {}) =>
  (error: unknown) => {
    assert.ok(error instanceof PikkuError, `${error}`)
    assert.partialDeepStrictEqual({ ...error, message: error.message }, { code, ...more })
    return true
  }

describe('a request', () => {
  test('of an operation without a route is an RPC call', async () => {
    await using server = await serve(json({ id: '1', due: '2026-11-22T10:00:00.000Z' }))
    const due = new Date('2026-11-22T10:00:00.000Z')
    assert.deepEqual(await clientOf(`${server.url}/`).create({ title: 'Milk', due, size: 5n }), { id: '1', due })
    const [seen] = server.seen
    assert.equal(
      `${seen?.method} ${seen?.url} ${seen?.headers['content-type']}`,
      'POST /rpc/todos.create application/json',
    )
    assert.deepEqual(JSON.parse(seen?.body ?? ''), { title: 'Milk', due: due.toISOString(), size: '5' })
  })

  test('without input has no body', async () => {
    await using server = await serve((response) => response.writeHead(204).end())
    assert.equal(await clientOf(server.url).create(), undefined)
    assert.equal(server.seen[0]?.headers['content-type'], undefined)
    assert.equal(server.seen[0]?.body, '')
  })

  test('has its path parameters escaped, and the rest in the body or the query', async () => {
    await using server = await serve(json(null))
    const todos = clientOf(`${server.url}/api`)
    await todos.move({ list: 'a/b?c', id: 'ü %2F', to: 3 })
    await todos.remove({ id: 7, force: true })
    await todos.move({ list: '1', id: '2' })
    await todos.tag(['a', 'b'])
    assert.deepEqual(
      server.seen.map(({ method, url, body }) => [method, url, body]),
      [
        ['PUT', '/api/lists/a%2Fb%3Fc/todos/%C3%BC%20%252F', '{"to":3}'],
        ['DELETE', '/api/todos/7?force=true', ''],
        ['PUT', '/api/lists/1/todos/2', '{}'],
        ['POST', '/api/tags', '["a","b"]'],
      ],
    )
  })

  test('has lists repeated in its query, dates as ISO, and nothing for what is absent', async () => {
    await using server = await serve(json([]))
    const since = new Date(0)
    await clientOf(server.url).list({
      tags: ['a&b', 'c d'],
      since,
      none: undefined,
      done: false,
      above: 2n,
      empty: [],
      any: null,
    })
    await clientOf(server.url).list({})
    await clientOf(server.url).list()
    const queries = server.seen.map(({ url }) => [...new URL(url ?? '', server.url).searchParams])
    assert.deepEqual(queries, [
      [
        ['tags', 'a&b'],
        ['tags', 'c d'],
        ['since', since.toISOString()],
        ['done', 'false'],
        ['above', '2'],
      ],
      [],
      [],
    ])
    assert.equal(server.seen[2]?.url, '/todos')
  })

  test('is not made when a path parameter would make it another one', async () => {
    await using server = await serve(json(null))
    for (const id of ['', '.', '..', undefined, null]) {
      await assert.rejects(clientOf(server.url).remove({ id }), isFailure('INVALID_INPUT', { status: 0 }))
    }
    assert.equal(server.seen.length, 0)
  })

  test('says what JSON would lose, so that the server refuses it', async () => {
    await using server = await serve(json(null))
    await clientOf(server.url).create({ due: new Date(Number.NaN), list: [Number.NaN, -Infinity], none: null })
    assert.deepEqual(JSON.parse(server.seen[0]?.body ?? ''), {
      due: 'Invalid Date',
      list: ['NaN', '-Infinity'],
      none: null,
    })
  })
})

describe('the api', () => {
  test('has the names of its table and no others', () => {
    const api = createFetchClient<Record<string, Record<string, unknown>>>('', {
      'todos.create': {},
      '__proto__.polluted': {},
      'constructor.name': {},
    })
    assert.deepEqual(Object.keys(api), ['todos', '__proto__', 'constructor'])
    for (const name of ['then', 'toString', 'todo']) assert.equal(api[name], undefined)
    assert.equal(api.todos?.then, undefined)
    assert.equal('polluted' in {}, false)
  })

  test('can be awaited', async () => {
    const api = createFetchClient<Api>('', operations)
    assert.equal(await api, api)
  })
})

describe('headers', () => {
  test('are asked for before each try, and those of the call win', async () => {
    await using server = await serve(problem('UNAVAILABLE', 503), json(null))
    let tries = 0
    const headers = async () => ({ authorization: `Bearer ${++tries}`, 'X-App': 'a' })
    await clientOf(server.url, { headers }).get({ id: '1' }, { headers: { 'x-app': 'b' } })
    assert.deepEqual(
      server.seen.map(({ headers }) => [headers.authorization, headers['x-app']]),
      [
        ['Bearer 1', 'b'],
        ['Bearer 2', 'b'],
      ],
    )
  })

  test('that cannot be made fail the call with the error of the hook', async () => {
    await using server = await serve(json(null))
    const failure = new Error('signed out')
    const headers = () => Promise.reject(failure)
    await assert.rejects(clientOf(server.url, { headers }).get({ id: '1' }), (error) => error === failure)
    assert.equal(server.seen.length, 0)
  })

  test('that are never made run into the timeout', async () => {
    const headers = () => new Promise<never>(() => {})
    await assert.rejects(clientOf('http://localhost', { headers, timeout: 5 }).get({ id: '1' }), isFailure('TIMEOUT'))
  })
})

describe('credentials and fetch', () => {
  test('are those of the options', async () => {
    const inits: RequestInit[] = []
    const fetch = async (_: string, init: RequestInit) => {
      inits.push(init)
      return new Response('1')
    }
    assert.equal(await clientOf('', { fetch, credentials: 'include' }).create({}), 1)
    assert.equal(inits[0]?.credentials, 'include')
  })
})

describe('an error', () => {
  test('of the server is thrown with all that it says', async () => {
    const issues = [{ path: ['title'], message: 'Too short.', code: 'too_small' }]
    await using server = await serve(problem('INVALID_INPUT', 400, { detail: 'No.', issues }))
    const expected = { status: 400, message: 'No.', issues, requestId: 'r1', data: undefined }
    await assert.rejects(clientOf(server.url).create({}), isFailure('INVALID_INPUT', expected))
  })

  test('has its data revived', async () => {
    await using server = await serve(problem('GONE', 410, { data: { since: '1970-01-01T00:00:00Z', by: 'me' } }))
    await assert.rejects(
      clientOf(server.url).get({ id: '1' }),
      isFailure('GONE', { data: { since: new Date(0), by: 'me' } }),
    )
  })

  test('whose data cannot be revived breaks the contract', async () => {
    await using server = await serve(problem('GONE', 410, { data: { since: 'once' } }))
    await assert.rejects(clientOf(server.url).get({ id: '1' }), isFailure('BAD_ANSWER', { status: 410 }))
  })

  test('with a hostile code is only a name', async () => {
    await using server = await serve(problem('constructor', 400, { data: 1 }), problem('__proto__', 400, { data: 1 }))
    for (const code of ['constructor', '__proto__']) {
      await assert.rejects(clientOf(server.url).get({ id: '1' }), isFailure(code, { data: 1 }))
    }
  })

  test('of somebody else has the code of its status, and nothing of what was written', async () => {
    const codes = {
      400: 'BAD_REQUEST',
      401: 'UNAUTHENTICATED',
      404: 'NOT_FOUND',
      413: 'PAYLOAD_TOO_LARGE',
      418: 'BAD_REQUEST',
    }
    const more = {
      429: 'TOO_MANY_REQUESTS',
      500: 'INTERNAL',
      502: 'UNAVAILABLE',
      503: 'UNAVAILABLE',
      504: 'TIMEOUT',
      520: 'UNAVAILABLE',
    }
    for (const [status, code] of Object.entries({ ...codes, ...more })) {
      for (const type of ['text/html', 'application/json', 'application/problem+json']) {
        await using server = await serve((response) =>
          response
            .writeHead(Number(status), { 'content-type': type })
            .end(type === 'text/html' ? '<h1>secret</h1>' : '{"detail":"secret"}'),
        )
        const failure = await clientOf(server.url)
          .create({})
          .catch((error: PikkuError) => error)
        isFailure(code, { status: Number(status), data: undefined })(failure)
        assert.ok(failure instanceof PikkuError)
        assert.doesNotMatch(`${failure.message} ${failure.stack}`, /secret/)
      }
    }
  })

  test('in the form of a problem that is no JSON breaks the contract', async () => {
    for (const body of ['{', 'null', '']) {
      await using server = await serve((response) =>
        response.writeHead(500, { 'content-type': 'application/problem+json' }).end(body),
      )
      await assert.rejects(clientOf(server.url).create({}), isFailure('BAD_ANSWER', { status: 500 }))
    }
  })

  test('of the network is UNREACHABLE with its cause', async () => {
    const server = await serve(json(null))
    await server[Symbol.asyncDispose]()
    const failure = await clientOf(server.url)
      .create({})
      .catch((error: PikkuError) => error)
    isFailure('UNREACHABLE', { status: 0, message: 'todos.create: the connection failed.' })(failure)
    assert.ok(failure instanceof PikkuError && failure.cause instanceof TypeError)
  })

  test('is told by its code', () => {
    const error: unknown = new PikkuError('GONE')
    assert.deepEqual(
      [isError(error), isError(error, 'GONE'), isError(error, 'OTHER'), isError(new Error('GONE'))],
      [true, true, false, false],
    )
  })
})

describe('an answer', () => {
  test('that is no JSON, or cannot be revived, breaks the contract', async () => {
    for (const body of ['<html>', '{', '{"due":"soon"}']) {
      await using server = await serve((response) => response.writeHead(200, { 'x-request-id': 'r1' }).end(body))
      await assert.rejects(clientOf(server.url).create({}), isFailure('BAD_ANSWER', { status: 200, requestId: 'r1' }))
    }
  })

  test('with large headers is read', async () => {
    await using server = await serve(json(1, 200, { 'x-large': 'x'.repeat(10_000) }))
    assert.equal(await clientOf(server.url).create({}), 1)
  })

  test('with more headers than the platform takes is UNREACHABLE', async () => {
    await using server = await serve(json(1, 200, { 'x-large': 'x'.repeat(50_000) }))
    await assert.rejects(clientOf(server.url).create({}), isFailure('UNREACHABLE'))
  })

  test('that is cut in its body is UNREACHABLE', async () => {
    await using server = await serve((response) => {
      response
        .writeHead(200, { 'content-length': '100', 'x-request-id': 'r1' })
        .write('{"id":', () => response.socket?.destroy())
    })
    await assert.rejects(clientOf(server.url).create({}), isFailure('UNREACHABLE', { requestId: 'r1' }))
    assert.equal(server.seen.length, 1)
  })

  test('from where it was redirected to is taken', async () => {
    await using server = await serve(
      (response) => response.writeHead(307, { location: '/v2/rpc/todos.create' }).end(),
      json(2),
    )
    assert.equal(await clientOf(server.url).create({ title: 'Milk' }), 2)
    assert.equal(server.seen[1]?.body, '{"title":"Milk"}')
  })

  test('that redirects for ever is UNREACHABLE', async () => {
    await using server = await serve((response) => response.writeHead(307, { location: '/again' }).end())
    await assert.rejects(clientOf(server.url, { retries: 0 }).get({ id: '1' }), isFailure('UNREACHABLE'))
  })
})

describe('a retry', () => {
  const now = { 'retry-after': '0' }
  for (const status of [429, 502, 503, 504]) {
    test(`follows a ${status} where it is safe`, async () => {
      await using server = await serve(
        problem('UNAVAILABLE', status, {}, now),
        problem('UNAVAILABLE', status, {}, now),
        json(1),
      )
      assert.equal(await clientOf(server.url).get({ id: '1' }), 1)
      assert.equal(server.seen.length, 3)
    })
  }

  test('follows a connection that is cut, before and within the body', async () => {
    await using server = await serve(
      cut,
      (response) => response.writeHead(200, { 'content-length': '9' }).write('[', () => response.socket?.destroy()),
      json(1),
    )
    assert.equal(await clientOf(server.url).get({ id: '1' }), 1)
  })

  test('is made twice, or as often as the options say, and then the error is thrown', async () => {
    await using server = await serve(problem('UNAVAILABLE', 503, {}, now))
    const failed = isFailure('UNAVAILABLE', { status: 503 })
    await assert.rejects(clientOf(server.url).get({ id: '1' }), failed)
    assert.equal(server.seen.length, 3)
    await assert.rejects(clientOf(server.url, { retries: 1 }).get({ id: '1' }), failed)
    assert.equal(server.seen.length, 5)
    await assert.rejects(clientOf(server.url, { retries: 1 }).get({ id: '1' }, { retries: 0 }), failed)
    assert.equal(server.seen.length, 6)
  })

  test('is never made of an operation that is not safe to repeat', async () => {
    for (const answer of [problem('UNAVAILABLE', 503, {}, now), cut]) {
      await using server = await serve(answer)
      await assert.rejects(clientOf(server.url, { retries: 5 }).create({}))
      await assert.rejects(clientOf(server.url).remove({ id: '1' }, { retries: 5 }))
      assert.equal(server.seen.length, 2)
    }
  })

  test('does not follow other errors', async () => {
    for (const status of [400, 401, 404, 409, 500]) {
      await using server = await serve(problem('ANY', status, {}, now))
      await assert.rejects(clientOf(server.url).get({ id: '1' }), isFailure('ANY', { status }))
      assert.equal(server.seen.length, 1)
    }
  })

  test('that would come after the timeout is not waited for', async () => {
    for (const after of ['31', 'Wed, 21 Oct 2065 07:28:00 GMT', 'soon']) {
      await using server = await serve(problem('TOO_MANY_REQUESTS', 429, {}, { 'retry-after': after }))
      await assert.rejects(clientOf(server.url).get({ id: '1' }), isFailure('TOO_MANY_REQUESTS'))
      assert.equal(server.seen.length, 1)
    }
  })

  test('follows for a stream that does not begin', async () => {
    await using server = await serve(
      problem('UNAVAILABLE', 503, {}, now),
      events('data: {}\n\n', 'event: done\ndata:\n\n'),
    )
    for await (const item of clientOf(server.url).watch()) assert.deepEqual(item, {})
    assert.equal(server.seen.length, 2)
  })
})

describe('a call with an idempotency key', () => {
  test('is made again with the same key, and another call has another', async () => {
    await using server = await serve(problem('UNAVAILABLE', 503), json(null), json(null))
    const api = createFetchClient<{ pay(): Promise<unknown> }>(server.url, { pay: { k: idempotencyKey } })
    await api.pay()
    await api.pay()
    const [first, again, other] = server.seen.map(({ headers }) => headers['idempotency-key'])
    assert.match(String(first), /^\d+(?:-\d+){3}$/)
    assert.equal(first, again)
    assert.notEqual(first, other)
  })
})

describe('a call that lasts', () => {
  test('ends at its timeout, before the answer and within it', async () => {
    await using server = await serve(
      () => {},
      (response) => response.writeHead(200).write('['),
    )
    const todos = clientOf(server.url, { timeout: 20 })
    const late = isFailure('TIMEOUT', { status: 0, message: 'todos.create: no answer within 20 ms.' })
    await assert.rejects(todos.create({}), late)
    await assert.rejects(todos.create({}), late)
  })

  test('ends at its timeout while it waits for a retry', async () => {
    await using server = await serve(problem('UNAVAILABLE', 503, {}, { 'retry-after': '0.2' }))
    await assert.rejects(clientOf(server.url, { timeout: 300, retries: 9 }).get({ id: '1' }), isFailure('TIMEOUT'))
  })

  test('has the timeout of its own options, and none with 0 or Infinity', async () => {
    for (const timeout of [0, Infinity, 60_000]) {
      await using server = await serve((response) => setImmediate(() => json(1)(response, server.seen[0] as never)))
      assert.equal(await clientOf(server.url, { timeout: 1 }).create({}, { timeout }), 1)
    }
  })

  test('ends with the reason of the signal, at every stage', async () => {
    const reason = new Error('left')
    const ended = (error: unknown) => error === reason
    const aborted = AbortSignal.abort(reason)
    await using server = await serve(json(1))
    await assert.rejects(clientOf(server.url).create({}, { signal: aborted }), ended)
    await assert.rejects(clientOf(server.url).watch({}, { signal: aborted }).next(), ended)
    assert.equal(server.seen.length, 0)

    for (const stage of ['headers', 'answer', 'body', 'retry'] as const) {
      const controller = new AbortController()
      const leave = () => controller.abort(reason)
      await using slow = await serve((response) => {
        if (stage === 'answer') leave()
        if (stage === 'body') response.writeHead(200).write('[', () => setImmediate(leave))
        if (stage === 'retry') problem('UNAVAILABLE', 503, {}, { 'retry-after': '20' })(response, slow.seen[0] as never)
      })
      const headers = () => {
        if (stage === 'headers') leave()
        return {}
      }
      const called = clientOf(slow.url, { headers }).get({ id: '1' }, { signal: controller.signal })
      // The delay begins as soon as it is known.
      if (stage === 'retry') onDelay = () => setImmediate(leave)
      await assert.rejects(called, ended, stage)
      onDelay = () => {}
    }
  })

  test('leaves the request when the signal fires', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    const controller = new AbortController()
    await using server = await serve((response) => {
      response.on('close', resolve)
      controller.abort()
    })
    await assert.rejects(clientOf(server.url).create({}, { signal: controller.signal }), { name: 'AbortError' })
    await closed
  })

  test('keeps no listener on a signal that outlives it', async () => {
    const { signal } = new AbortController()
    const added = mock.method(signal, 'addEventListener')
    await using server = await serve(json(1))
    await clientOf(server.url).create({}, { signal })
    const options = added.mock.calls[0]?.arguments[2] as { signal: AbortSignal }
    assert.equal(options.signal.aborted, true)
  })
})

describe('a stream', () => {
  const at = '1970-01-01T00:00:00.000Z'

  test('gives its items, revived, and ends with done', async () => {
    await using server = await serve(
      events(': hi\n\n', `data: {"at":"${at}"}\n\nevent: beat\ndata: 1\n\n`, 'data: {}\n', '\nevent: done\ndata:\n\n'),
    )
    const items = []
    for await (const item of clientOf(server.url).watch({ list: '1' })) items.push(item)
    assert.deepEqual(items, [{ at: new Date(0) }, {}])
    assert.equal(server.seen[0]?.url, '/todos/changes?list=1')
  })

  test('asks for nothing before its first item is asked for', async () => {
    await using server = await serve(events('event: done\ndata:\n\n'))
    const stream = clientOf(server.url).watch()
    assert.equal(server.seen.length, 0)
    assert.deepEqual(await stream.next(), { done: true, value: undefined })
  })

  test('that fails throws the error after the items', async () => {
    const failure = { code: 'GONE', status: 410, detail: 'No more.', data: { since: at } }
    await using server = await serve(events('data: {}\n\n', `event: error\ndata: ${JSON.stringify(failure)}\n\n`))
    const stream = clientOf(server.url).watch()
    assert.deepEqual((await stream.next()).value, {})
    const expected = { status: 410, message: 'No more.', data: { since: new Date(0) }, requestId: 'r1' }
    await assert.rejects(stream.next(), isFailure('GONE', expected))
  })

  test('that ends without done, or is cut, is not whole', async () => {
    const half = 'data: {}\n\ndata: {}'
    for (const answer of [
      events(half),
      (response: Parameters<typeof cut>[0]) =>
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write(half, () => response.socket?.destroy()),
    ]) {
      await using server = await serve(answer)
      const stream = clientOf(server.url).watch()
      assert.deepEqual((await stream.next()).value, {})
      await assert.rejects(stream.next(), isFailure('UNREACHABLE', { status: 0 }))
      assert.equal(server.seen.length, 1)
    }
  })

  test('of garbage breaks the contract', async () => {
    for (const answer of [
      json([]),
      events('data: {\n\n'),
      events('data: {"at":"x"}\n\n'),
      events('event: error\ndata: no\n\n'),
      events('event: error\ndata: {}\n\n'),
    ]) {
      await using server = await serve(answer)
      await assert.rejects(clientOf(server.url).watch().next(), isFailure('BAD_ANSWER', { status: 200 }))
    }
  })

  test('that is refused throws the problem', async () => {
    await using server = await serve(problem('FORBIDDEN', 403))
    await assert.rejects(clientOf(server.url).watch().next(), isFailure('FORBIDDEN', { status: 403 }))
  })

  test('that is left by break ends its request', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    await using server = await serve((response) => {
      response.on('close', resolve)
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {}\n\n')
    })
    for await (const _ of clientOf(server.url).watch()) break
    await closed
  })

  test('ends with the reason of the signal, also between items that have come', async () => {
    const reason = new Error('left')
    const head = { 'content-type': 'text/event-stream' }
    for (const text of ['data: {}\n\n', 'data: {}\n\ndata: {}\n\nevent: done\ndata:\n\n']) {
      const controller = new AbortController()
      await using server = await serve((response) => response.writeHead(200, head).write(text))
      const stream = clientOf(server.url).watch({}, { signal: controller.signal })
      await stream.next()
      const next = text.includes('done') ? undefined : stream.next()
      controller.abort(reason)
      await assert.rejects(next ?? stream.next(), (error) => error === reason)
    }
  })

  test('has a timeout until it begins', async () => {
    await using server = await serve(() => {})
    await assert.rejects(clientOf(server.url).watch({}, { timeout: 10 }).next(), isFailure('TIMEOUT'))
  })

  test('has no timeout once it has begun', async () => {
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    await using server = await serve(async (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {}\n\n')
      await over
      response.end('event: done\ndata:\n\n')
    })
    const { setTimeout } = globalThis
    let late: (() => void) | undefined
    const timers = mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) => {
      if (delay === 12_345) late = run
      return setTimeout(run, delay)
    })
    const stream = clientOf(server.url).watch({}, { timeout: 12_345 })
    await stream.next()
    timers.mock.restore()
    assert.ok(late)
    late()
    end()
    assert.deepEqual(await stream.next(), { done: true, value: undefined })
  })

  test('of a fetch that knows no signals is cancelled', async () => {
    const cancelled = Promise.withResolvers<void>()
    const body = () =>
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: {}\n\n')),
        cancel: () => cancelled.resolve(),
      })
    const fetch = async () => new Response(body(), { headers: { 'content-type': 'text/event-stream' } })
    for await (const _ of clientOf('', { fetch }).watch()) break
    await cancelled.promise
    const controller = new AbortController()
    const stream = clientOf('', { fetch }).watch({}, { signal: controller.signal })
    await stream.next()
    const next = stream.next()
    controller.abort()
    await assert.rejects(next, { name: 'AbortError' })
  })
})
