import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { type ChannelStatus, PikkuError } from './fetch.ts'
import { createClient } from './testing/chat-client.ts'
import { type Peer, serveSockets } from './testing/socket-server.ts'

// The time before a socket comes back is random: none of it, here.
mock.method(Math, 'random', () => 0)

type Told = AsyncGenerator<{ readonly data: unknown }, void, void>
const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code
const at = '2026-11-22T10:00:00.000Z'

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const taken = []
  for await (const item of items) taken.push(item)
  return taken
}

/** Takes what opens a channel, and answers it. */
async function open(peer: Peer, more: object = {}) {
  const frame = await peer.next()
  peer.send({ open: frame.open, ...more })
  return frame
}

describe('a channel', () => {
  test('opens with its parameters, over one socket, and tells its state', async () => {
    await using server = await serveSockets()
    const api = createClient(server.url, { headers: async () => ({ authorization: 'Bearer x' }) })
    using room = api.channel('/rooms/:room', { room: '7' })
    using news = api.channel('/news')
    assert.equal(room.state, 'connecting')
    const states: string[] = []
    room.onState(({ state }) => states.push(state))
    const peer = await server.peer()
    assert.equal(peer.url, '/rpc')
    const [version, headers = ''] = peer.headers['sec-websocket-protocol']?.split(',') ?? []
    assert.equal(version, 'pikku.v1')
    const coded = headers.replace(/^ pikku\.headers\./, '')
    assert.match(coded, /^[\w-]+$/)
    assert.deepEqual(JSON.parse(`${Buffer.from(coded, 'base64url')}`), { authorization: 'Bearer x' })
    assert.deepEqual(await open(peer), { open: 1, to: '/rooms/:room', input: { room: '7' } })
    assert.deepEqual(await open(peer), { open: 2, to: '/news' })
    await Promise.all([room.opened, news.opened])
    assert.equal(room.state, 'open')
    room.close()
    assert.deepEqual(await peer.next(), { end: 1 })
    assert.deepEqual(states, ['open', 'closed'])
    assert.equal(server.sockets.size, 1)
  })

  test('hands events with revived data to those who listen', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const seen: unknown[] = []
    const off = room.on('posted', (event) => seen.push(event))
    const events = room[Symbol.asyncIterator]()
    const peer = await server.peer()
    const { open: id } = await open(peer)
    peer.send({ event: id, name: 'posted', data: { id: 1, text: 'Hi', at } })
    peer.send({ event: id, name: 'typing', data: { user: 'ann' } })
    const posted = { id: 1, text: 'Hi', at: new Date(at) }
    assert.deepEqual((await events.next()).value, { event: 'posted', data: posted })
    assert.deepEqual((await events.next()).value, { event: 'typing', data: { user: 'ann' } })
    off()
    peer.send({ event: id, name: 'posted', data: { id: 2, text: 'Ho', at } })
    await events.next()
    assert.deepEqual(seen, [posted])
    await events.return()
    assert.equal(room.state, 'open')
    const rest = all(room)
    peer.send({ event: id, name: 'typing', data: { user: 'bob' } }, { done: id })
    assert.deepEqual(await rest, [{ event: 'typing', data: { user: 'bob' } }])
    assert.equal(room.state, 'closed')
  })

  test('keeps what comes before its events are read, and no more than may wait', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url, { queue: 2 }).channel('/rooms/:room', { room: '7' })
    const peer = await server.peer()
    await open(peer)
    await room.opened
    const [few, many, left] = Array.from({ length: 3 }, () => room[Symbol.asyncIterator]()) as [Told, Told, Told]
    await left.return()
    const hear = async (...users: string[]) => {
      const heard = new Promise<void>((resolve) => room.on('typing', ({ user }) => user === users.at(-1) && resolve()))
      peer.send(...users.map((user) => ({ event: 1, name: 'typing', data: { user } })))
      await heard
    }
    const next = async (events: Told) => (await events.next()).value?.data
    await hear('ann', 'bob')
    assert.deepEqual(await next(few), { user: 'ann' })
    // Who reads is given all.
    await hear('cem', 'dan', 'eve', 'fay')
    for (const user of ['bob', 'cem', 'dan', 'eve', 'fay']) assert.deepEqual(await next(few), { user })
    // Who does not is told where the rest is missing.
    for (const user of ['ann', 'bob', 'cem']) assert.deepEqual(await next(many), { user })
    await assert.rejects(next(many), isCode('UNAVAILABLE'))
    assert.deepEqual(await left.next(), { done: true, value: undefined })
    assert.equal(room.state, 'open')
  })

  test('sends messages once it is open, and resolves with their answers', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const said = room.send('say', { text: 'Hi', until: new Date(at) })
    const typed = room.send('type')
    const peer = await server.peer()
    await open(peer)
    const { key, ...frame } = await peer.next()
    assert.deepEqual(frame, { send: 2, on: 1, to: 'say', input: { text: 'Hi', until: at } })
    assert.match(`${key}`, /^\d+-/)
    assert.deepEqual(await peer.next(), { send: 3, on: 1, to: 'type' })
    peer.send({ done: 3 }, { done: 2, output: { id: 1, at } })
    assert.deepEqual(await said, { id: 1, at: new Date(at) })
    assert.equal(await typed, undefined)
  })

  test('rejects a message with the error of the server, typed data revived', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const said = room.send('say', { text: 'Hi' })
    const peer = await server.peer()
    await open(peer)
    const { send } = await peer.next()
    peer.send({
      fail: send,
      problem: { code: 'FULL', status: 409, detail: 'Full.', data: { since: at }, requestId: 'r1' },
    })
    await assert.rejects(said, (error: PikkuError) => {
      assert.deepEqual([error.code, error.status, error.message, error.requestId], ['FULL', 409, 'Full.', 'r1'])
      assert.deepEqual(error.data, { since: new Date(at) })
      return true
    })
  })

  test('tells each time who asks when it is open', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const told: string[] = []
    const tell = (name: string) => room.opened.then(() => told.push(name))
    const first = tell('first')
    const peer = await server.peer()
    await open(peer)
    await Promise.all([first, tell('at once')])
    const lost = new Promise((resolve) => room.onState(resolve))
    peer.cut()
    await lost
    const again = tell('again')
    const second = await server.peer()
    const frame = await second.next()
    assert.deepEqual(told, ['first', 'at once'])
    second.send({ open: frame.open })
    await again
    room.close()
    await assert.rejects(room.opened, isCode('UNAVAILABLE'))
  })

  test('that is refused rejects what waits for it', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const said = room.send('say', { text: 'Hi' })
    const rest = all(room)
    const peer = await server.peer()
    const { open } = await peer.next()
    peer.send({ fail: open, problem: { code: 'FORBIDDEN', status: 403 } })
    for (const promise of [said, rest, room.opened, room.send('type')])
      await assert.rejects(promise, isCode('FORBIDDEN'))
    assert.equal(room.state, 'closed')
  })
})

test('events that the server lost are told of, and why it ended the channel', async () => {
  await using server = await serveSockets()
  using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
  const told: ChannelStatus[] = []
  room.onState((status) => told.push(status))
  const peer = await server.peer()
  await open(peer)
  peer.send({ event: 1, id: 'a' }, { event: 1, id: 'b', whole: false }, { done: 1, output: { reason: 'cleaned' } })
  await all(room)
  assert.deepEqual(
    told.map(({ state, whole, reason }) => [state, whole, reason]),
    [
      ['open', undefined, undefined],
      ['open', false, undefined],
      ['closed', undefined, 'cleaned'],
    ],
  )
})

test('an event that breaks the contract ends the channel', async () => {
  await using server = await serveSockets()
  using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
  const rest = assert.rejects(all(room), isCode('BAD_ANSWER'))
  const peer = await server.peer()
  await open(peer)
  peer.send({ event: 1, name: 'posted', data: { id: 1, text: '', at: 'never' } })
  await rest
})

test('what a listener throws is its own', async (t) => {
  await using server = await serveSockets()
  using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
  const thrown: unknown[] = []
  // What it throws goes to the platform, which would end this test.
  const { queueMicrotask } = globalThis
  t.mock.method(globalThis, 'queueMicrotask', (run: () => void) => {
    queueMicrotask(() => {
      try {
        run()
      } catch (error) {
        thrown.push(error)
      }
    })
  })
  const mistake = new Error('mistake')
  room.on('typing', () => {
    throw mistake
  })
  const heard = new Promise((resolve) => room.on('typing', resolve))
  const peer = await server.peer()
  await open(peer)
  peer.send({ event: 1, name: 'typing', data: { user: 'ann' } })
  assert.deepEqual(await heard, { user: 'ann' })
  assert.equal(room.state, 'open')
  assert.deepEqual(thrown, [mistake])
})

describe('a socket that is lost', () => {
  test('comes back, with the channels after their last ids', async () => {
    await using server = await serveSockets()
    using room = createClient(server.url).channel('/rooms/:room', { room: '7' })
    const states: ChannelStatus[] = []
    room.onState((status) => states.push(status))
    const first = await server.peer()
    await open(first, { id: 'a' })
    const kept = room.send('say', { text: 'Hi' })
    const lost = room.send('type')
    const { send, key } = await first.next()
    first.send({ event: 1, name: 'typing', data: { user: 'ann' }, id: 'b' })
    await first.next()
    first.cut()
    await assert.rejects(lost, isCode('UNREACHABLE'))
    const queued = room.send('type')
    const second = await server.peer()
    assert.equal((await open(second, { whole: false, id: 'z' })).after, 'b')
    const again = await second.next()
    assert.deepEqual([again.send, again.key], [send, key])
    second.send({ done: send, output: { id: 1, at } })
    assert.equal((await kept).id, 1)
    second.send({ done: (await second.next()).send })
    await queued
    assert.deepEqual(
      states.map(({ state, whole = true }) => `${state} ${whole}`),
      ['open true', 'connecting true', 'open false'],
    )
  })
})
