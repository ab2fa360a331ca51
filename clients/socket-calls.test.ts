import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { createSocketClient, files, PikkuError, socket } from './fetch.ts'
import { createClient } from './testing/chat-client.ts'
import { serveSockets } from './testing/socket-server.ts'

mock.method(Math, 'random', () => 0)

const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code
const at = '2026-11-22T10:00:00.000Z'
const room = { id: '1', name: 'Ann', createdAt: at }
const over = socket

describe('calls over the socket', () => {
  test('are answered as they are ready', async () => {
    await using server = await serveSockets()
    const { rooms } = createClient(server.url, { over })
    const created = rooms.create({ name: 'Ann', until: new Date(at) })
    const removed = rooms.close({ id: '2' })
    const peer = await server.peer()
    const input = { name: 'Ann', until: at }
    assert.deepEqual(await peer.next(), { call: 1, to: 'rooms.create', input })
    assert.deepEqual(await peer.next(), { call: 2, to: 'rooms.close', input: { id: '2' } })
    peer.send({ done: 2 })
    assert.equal(await removed, undefined)
    peer.send({ done: 1, output: room })
    assert.deepEqual((await created).createdAt, new Date(at))
  })

  test('are ended when they are left or late', async () => {
    await using server = await serveSockets()
    const { rooms } = createClient(server.url, { over })
    const controller = new AbortController()
    const left = assert.rejects(rooms.close({ id: '1' }, { signal: controller.signal }), /left/)
    const peer = await server.peer()
    await peer.next()
    // Its time runs from the beginning: it is to have a socket by then.
    const late = assert.rejects(rooms.close({ id: '2' }, { timeout: 30 }), isCode('TIMEOUT'))
    await peer.next()
    controller.abort(new Error('left'))
    assert.deepEqual(await peer.next(), { end: 1 })
    assert.deepEqual(await peer.next(), { end: 2 })
    await Promise.all([left, late])
  })

  test('that were not answered when it was lost are made again where that is safe', async () => {
    await using server = await serveSockets()
    const { rooms } = createClient(server.url, { over })
    const created = rooms.create({ name: 'Ann' })
    const got = rooms.get({ id: '1' })
    const first = await server.peer()
    await first.next()
    await first.next()
    first.cut()
    await assert.rejects(created, isCode('UNREACHABLE'))
    const second = await server.peer()
    assert.deepEqual(await second.next(), { call: 2, to: 'rooms.get', input: { id: '1' } })
    second.send({ done: 2, output: room })
    assert.equal((await got).name, 'Ann')
  })
})

describe('a stream over the socket', () => {
  test('gives credit as its items are used, and is ended when it is left', async () => {
    await using server = await serveSockets()
    const changes = createClient(server.url, { over }).rooms.watch()[Symbol.asyncIterator]()
    const item = { type: 'opened', room }
    const first = changes.next()
    const peer = await server.peer()
    assert.deepEqual(await peer.next(), { call: 1, to: 'rooms.watch', credit: 16 })
    for (let sent = 0; sent < 16; sent++) peer.send({ item: 1, output: item })
    assert.deepEqual((await first).value, { type: 'opened', room: { ...room, createdAt: new Date(at) } })
    for (let taken = 0; taken < 8; taken++) await changes.next()
    assert.deepEqual(await peer.next(), { more: 1, credit: 8 })
    await changes.return?.()
    assert.deepEqual(await peer.next(), { end: 1 })
  })

  test('goes on after its last id when the socket is lost, and fails without one', async () => {
    await using server = await serveSockets()
    const { rooms } = createClient(server.url, { over })
    const [with_, without] = [rooms.watch()[Symbol.asyncIterator](), rooms.watch()[Symbol.asyncIterator]()]
    const items = [with_.next(), without.next()]
    const first = await server.peer()
    await first.next()
    await first.next()
    const output = { type: 'all' }
    first.send({ item: 1, output, id: 'a' }, { item: 1, id: 'b' }, { item: 2, output })
    await Promise.all(items)
    first.cut()
    await assert.rejects(without.next(), isCode('UNREACHABLE'))
    const second = await server.peer()
    assert.deepEqual(await second.next(), { call: 1, to: 'rooms.watch', credit: 16, after: 'b' })
    second.send({ item: 1, output }, { done: 1 })
    assert.deepEqual((await with_.next()).value, output)
    assert.equal((await with_.next()).done, true)
  })
})

describe('what does not go over the socket', () => {
  test('is a call with headers of its own', async () => {
    const seen: (string | null)[] = []
    const fetch = async (_: string, { headers }: RequestInit) => {
      seen.push((headers as Headers).get('x-own'))
      return Response.json(room)
    }
    const { rooms } = createClient('http://localhost', { over, fetch })
    await rooms.get({ id: '1' }, { headers: { 'x-own': '1' } })
    assert.deepEqual(seen, ['1'])
  })

  test('is what takes or gives files', async () => {
    const seen: string[] = []
    const fetch = async (url: string) => {
      seen.push(url)
      return new Response('text')
    }
    type Api = { icons: { get(input: object): Promise<Blob>; put(input: object): Promise<void> } }
    const operations = { 'icons.get': { a: 'b' }, 'icons.put': { b: 'p', c: 'image/png' } } as const
    const { icons } = createSocketClient<Api>('http://localhost', operations, {}, { over, fetch }, {}, { files })
    assert.equal(await (await icons.get({})).text(), 'text')
    await icons.put({ body: new Blob(['a']) }).catch(() => {})
    assert.deepEqual(seen, ['http://localhost/rpc/icons.get', 'http://localhost/rpc/icons.put'])
  })
})

test('more calls at once than a server takes wait for the others', async () => {
  await using server = await serveSockets()
  const { rooms } = createClient(server.url, { over })
  const removed = Array.from({ length: 40 }, (_, id) => rooms.close({ id: `${id}` }))
  const peer = await server.peer()
  for (let id = 0; id < 40; id++) {
    const { call } = await peer.next()
    assert.ok(peer.waiting < 32)
    peer.send({ done: call })
  }
  await Promise.all(removed)
})

test('a stream that fails throws the error of the server after its items, and is not left open', async () => {
  await using server = await serveSockets()
  const changes = createClient(server.url, { over }).rooms.watch()[Symbol.asyncIterator]()
  const first = changes.next()
  const peer = await server.peer()
  await peer.next()
  const problem = { code: 'NOT_FOUND', status: 404, data: { id: '1' }, requestId: 'r1' }
  peer.send({ item: 1, output: { type: 'all' } }, { fail: 1, problem })
  assert.deepEqual((await first).value, { type: 'all' })
  await assert.rejects(changes.next(), (error: PikkuError) => error.code === 'NOT_FOUND' && error.requestId === 'r1')
})

test('a stream whose items carry ids goes on when its server says that it goes away', async () => {
  await using server = await serveSockets()
  const changes = createClient(server.url, { over }).rooms.watch()[Symbol.asyncIterator]()
  const first = changes.next()
  const peer = await server.peer()
  await peer.next()
  const output = { type: 'all' }
  peer.send({ item: 1, output, id: 'a' }, { fail: 1, problem: { code: 'UNAVAILABLE', status: 503 } })
  await first
  const next = changes.next()
  const { after, call } = await peer.next()
  assert.equal(after, 'a')
  peer.send({ item: call, output, id: 'b' }, { fail: call, problem: { code: 'INTERNAL', status: 500 } })
  await next
  await assert.rejects(changes.next(), isCode('INTERNAL'))
})

test('a stream is ended by its signal', async () => {
  await using server = await serveSockets()
  const controller = new AbortController()
  const { rooms } = createClient(server.url, { over })
  const changes = rooms.watch(undefined, { signal: controller.signal })[Symbol.asyncIterator]()
  const next = assert.rejects(changes.next(), /left/)
  const peer = await server.peer()
  await peer.next()
  controller.abort(new Error('left'))
  await next
  assert.deepEqual(await peer.next(), { end: 1 })
})

test('what is called by its route alone, and not by its name, goes by HTTP', async () => {
  await using server = await serveSockets()
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(new URL(url).pathname)
    return new Response('1')
  }
  const client = createSocketClient<{ stats(): Promise<number>; count(): Promise<number> }>(
    server.url,
    { stats: { m: 'GET', p: '/stats', r: 1 }, count: { m: 'GET', p: '/count' } },
    {},
    { over: socket, fetch },
  )
  assert.equal(await client.stats(), 1)
  assert.deepEqual(asked, ['/stats'])
  const counted = client.count()
  const peer = await server.peer()
  assert.deepEqual(await peer.next(), { call: 1, to: 'count' })
  peer.send({ done: 1, output: 2 })
  assert.equal(await counted, 2)
})
