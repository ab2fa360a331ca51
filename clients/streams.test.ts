import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { type CallOptions, type ClientOptions, createFetchClient, PikkuError, streams } from './fetch.ts'
import { type Answer, cut, events, problem, serve } from './testing/server.ts'

// Waits have a random part: none of it, here.
mock.method(Math, 'random', () => 0)

const watch = (url: string, options: ClientOptions = {}, call: CallOptions = {}) =>
  createFetchClient<{ watch(input: object, call: CallOptions): AsyncIterable<unknown> }>(
    url,
    { watch: { m: 'GET', p: '/changes', s: 1 } },
    options,
    {},
    { streams },
  ).watch({}, call)

async function take(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items = []
  for await (const item of stream) items.push(item)
  return items
}

/** Sends these events and cuts the connection. */
const lost =
  (text: string): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(text, () => response.socket?.destroy())

const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code

describe('a stream whose items carry ids', () => {
  test('goes on after the last of them when it is lost, and authorises anew', async () => {
    await using server = await serve(
      lost('id: a\ndata: 1\n\nid: b\ndata: 2\n\ndata: 3'),
      cut,
      events('id: c\ndata: 3\n\n'),
      problem('UNAVAILABLE', 503),
      events('event: done\ndata:\n\n'),
    )
    let asked = 0
    const headers = () => ({ authorization: `Bearer ${++asked}` })
    assert.deepEqual(await take(watch(server.url, { headers }, { headers: { 'x-own': '1' } })), [1, 2, 3])
    assert.deepEqual(
      server.seen.map(({ headers }) => [headers['last-event-id'], headers.authorization, headers['x-own']]),
      [
        [undefined, 'Bearer 1', '1'],
        ['b', 'Bearer 2', '1'],
        ['b', 'Bearer 3', '1'],
        ['c', 'Bearer 4', '1'],
        ['c', 'Bearer 5', '1'],
      ],
    )
  })

  test('goes on after an id without an item, and after a server that says it goes away', async () => {
    const away = JSON.stringify({ code: 'UNAVAILABLE', status: 503 })
    await using server = await serve(
      events(`id: start\n\nevent: error\ndata: ${away}\n\n`),
      events('data: 1\n\nevent: done\ndata:\n\n'),
    )
    assert.deepEqual(await take(watch(server.url)), [1])
    assert.equal(server.seen[1]?.headers['last-event-id'], 'start')
  })

  test('waits as long as the server asks', async () => {
    await using server = await serve(lost('retry: 12345\nid: a\n\n'), events('event: done\ndata:\n\n'))
    const { setTimeout } = globalThis
    const waited: number[] = []
    const timers = mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) => {
      waited.push(delay)
      return setTimeout(run, delay === 12_345 ? 0 : delay)
    })
    await take(watch(server.url))
    timers.mock.restore()
    assert.ok(waited.includes(12_345))
  })

  test('goes on when its server falls silent, by the heartbeat that it has or the time that is asked for', async () => {
    const { setTimeout } = globalThis
    for (const [headers, silence, patience] of [
      [{ 'x-heartbeat': '15' }, undefined, 35_000],
      [{ 'x-heartbeat': '15' }, 4_000, 4_000],
      [{}, 4_000, 4_000],
    ] as const) {
      const type = { 'content-type': 'text/event-stream', ...headers }
      // The connection stays, as it does when a cable is pulled.
      await using server = await serve(
        (response) => response.writeHead(200, type).write('id: a\ndata: 1\n\n'),
        events('data: 2\n\nevent: done\ndata:\n\n'),
      )
      const timers = mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) =>
        setTimeout(run, delay === patience && server.seen.length === 1 ? 50 : delay),
      )
      assert.deepEqual(await take(watch(server.url, { silence })), [1, 2])
      timers.mock.restore()
      assert.equal(server.seen[1]?.headers['last-event-id'], 'a')
    }
  })

  test('waits without end where the server has no heartbeat, or where that is asked for', async () => {
    for (const [headers, silence] of [
      [{}, undefined],
      [{ 'x-heartbeat': '15' }, 0],
    ] as const) {
      const leave = new AbortController()
      await using server = await serve((response) =>
        response.writeHead(200, { 'content-type': 'text/event-stream', ...headers }).write('id: a\ndata: 1\n\n'),
      )
      const stream = watch(server.url, { silence }, { signal: leave.signal })[Symbol.asyncIterator]()
      await stream.next()
      const timers = mock.method(globalThis, 'setTimeout')
      const next = stream.next()
      leave.abort(new Error('left'))
      await assert.rejects(next, /left/)
      assert.equal(timers.mock.callCount(), 0)
      timers.mock.restore()
    }
  })

  test('fails when it cannot be taken up again so often in a row', async () => {
    await using server = await serve(lost('id: a\ndata: 1\n\n'), cut)
    const stream = watch(server.url, { reconnects: 3 })[Symbol.asyncIterator]()
    assert.equal((await stream.next()).value, 1)
    await assert.rejects(stream.next(), isCode('UNREACHABLE'))
    assert.equal(server.seen.length, 4)
  })

  test('fails at once when it is refused, and for errors of its own', async () => {
    const broken = JSON.stringify({ code: 'INTERNAL', status: 500 })
    for (const [answer, code] of [
      [problem('FORBIDDEN', 403), 'FORBIDDEN'],
      [events(`event: error\ndata: ${broken}\n\n`), 'INTERNAL'],
    ] as const) {
      await using server = await serve(lost('id: a\n\n'), answer)
      await assert.rejects(take(watch(server.url)), isCode(code))
      assert.equal(server.seen.length, 2)
    }
  })

  test('waits no longer when it is left', async () => {
    const controller = new AbortController()
    const reason = new Error('left')
    await using server = await serve((response, request) => {
      lost('retry: 60000\nid: a\n\n')(response, request)
      response.on('close', () => setImmediate(() => controller.abort(reason)))
    })
    await assert.rejects(take(watch(server.url, {}, { signal: controller.signal })), (error) => error === reason)
    assert.equal(server.seen.length, 1)
  })
})
