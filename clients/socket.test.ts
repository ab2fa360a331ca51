import assert from 'node:assert/strict'
import { beforeEach, describe, mock, test } from 'node:test'
import { WebSocket } from 'ws'
import { PikkuError, type SocketOptions } from './fetch.ts'
import { createClient } from './testing/chat-client.ts'
import { type Peer, ready, serveSockets } from './testing/socket-server.ts'

// Timers stand still until a test lets time pass, and the random part of a delay is what the test says.
let random = 0
mock.method(Math, 'random', () => random)
mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
beforeEach(() => {
  random = 0
})

const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code
const at = '2026-11-22T10:00:00.000Z'

// That of Node has timers of its own, which do not stand being stopped.
const connect = (url: string, options?: SocketOptions) => createClient(url, { WebSocket, ...options })

function openRoom(url: string, options?: SocketOptions) {
  const room = connect(url, options).channel('/rooms/:room', { room: '7' })
  /** Resolves when the room is next in this state. */
  const once = (wanted: string) =>
    new Promise<void>((resolve) => {
      const off = room.onState(({ state }) => {
        if (state !== wanted) return
        off()
        resolve()
      })
    })
  return { room, once }
}

/** Takes what opens a channel, and answers it. */
async function open(peer: Peer) {
  const frame = await peer.next()
  peer.send({ open: frame.open })
  return frame
}

describe('heartbeats', () => {
  test('go both ways', async () => {
    await using server = await serveSockets()
    using room = openRoom(server.url).room
    const peer = await server.peer()
    await open(peer)
    await room.opened
    mock.timers.tick(15_000)
    assert.deepEqual(await peer.next(), { ping: 0 })
    peer.send({ ping: 0 })
    assert.deepEqual(await peer.next(), { pong: 0 })
  })

  test('that do not come for 35 s end the socket, and another one is opened', async () => {
    await using server = await serveSockets()
    using room = openRoom(server.url).room
    const peer = await server.peer()
    await open(peer)
    await room.opened
    mock.timers.tick(34_999)
    assert.equal(room.state, 'open')
    mock.timers.tick(1)
    assert.equal(room.state, 'connecting')
    assert.equal(await peer.closed, 4000)
    mock.timers.tick(0)
    await open(await server.peer())
    await room.opened
  })

  test('are any message', async () => {
    await using server = await serveSockets()
    const { room, once } = openRoom(server.url)
    const peer = await server.peer()
    await open(peer)
    await room.opened
    mock.timers.tick(30_000)
    const heard = new Promise((resolve) => room.on('typing', resolve))
    peer.send({ event: 1, name: 'typing', data: { user: 'ann' } })
    await heard
    mock.timers.tick(34_999)
    assert.equal(room.state, 'open')
    const closed = once('closed')
    room.close()
    await closed
  })

  test('begin with that of the client, since some servers cannot speak first', async () => {
    await using server = await serveSockets(null)
    using room = openRoom(server.url).room
    const peer = await server.peer()
    await peer.greeted
    peer.send(ready)
    await open(peer)
    await room.opened
  })

  test('of a server that never says that it is ready are not waited for longer than 10 s', async () => {
    await using server = await serveSockets(null)
    using _room = openRoom(server.url).room
    const peer = await server.peer()
    mock.timers.tick(10_000)
    await peer.closed
  })
})

describe('a socket that is lost', () => {
  test('comes back after a random time, of at most 10 s, until it was a good one', async () => {
    await using server = await serveSockets()
    const { room, once } = openRoom(server.url)
    let peer = await server.peer()
    await open(peer)
    await room.opened
    random = 1
    for (const delay of [500, 1000, 2000, 4000, 8000, 10_000, 10_000]) {
      const lost = once('connecting')
      peer.cut()
      await lost
      mock.timers.tick(delay - 1)
      await new Promise(setImmediate)
      assert.equal(server.opened, 0)
      mock.timers.tick(1)
      peer = await server.peer()
      const back = once('open')
      await open(peer)
      await back
    }
    mock.timers.tick(15_000)
    await peer.next()
    const lost = once('connecting')
    peer.cut()
    await lost
    mock.timers.tick(500)
    await open(await server.peer())
    room.close()
  })

  test('comes back by its code, or fails what goes on over it', async () => {
    for (const code of [1000, 1001, 1011, 1012, 4000, 4008, 4029, 4401]) {
      await using server = await serveSockets()
      const { room, once } = openRoom(server.url)
      const lost = once('connecting')
      const peer = await server.peer()
      await open(peer)
      peer.close(code)
      await lost
      mock.timers.tick(0)
      await open(await server.peer())
      room.close()
    }
    for (const code of [1002, 1003, 1007, 1009, 4002]) {
      await using server = await serveSockets()
      const { room } = openRoom(server.url)
      const peer = await server.peer()
      await open(peer)
      const said = assert.rejects(room.send('say', { text: 'Hi' }), isCode('UNAVAILABLE'))
      await peer.next()
      peer.close(code)
      await said
      assert.equal(room.state, 'closed')
    }
  })

  test('asks for fresh headers', async () => {
    await using server = await serveSockets()
    let asked = 0
    const headers = async () => ({ authorization: `Bearer ${++asked}` })
    const { room, once } = openRoom(server.url, { headers })
    const seen = ({ headers }: Peer) => {
      const [, coded = ''] = `${headers['sec-websocket-protocol']}`.split(/,\s*pikku\.headers\./)
      return JSON.parse(`${Buffer.from(coded, 'base64url')}`).authorization
    }
    const first = await server.peer()
    assert.equal(seen(first), 'Bearer 1')
    await open(first)
    const lost = once('connecting')
    first.close(4401)
    await lost
    mock.timers.tick(0)
    assert.equal(seen(await server.peer()), 'Bearer 2')
    room.close()
  })

  test('comes back when the handshake was refused, and when headers could not be had, which it says', async (t) => {
    const told = t.mock.method(console, 'error', () => {})
    await using server = await serveSockets()
    server.refuse(1)
    let asked = 0
    const headers = async () => {
      if (++asked === 1) throw new Error('offline')
      return {}
    }
    using _room = openRoom(server.url, { headers }).room
    while (server.opened === 0) {
      mock.timers.tick(0)
      await new Promise(setImmediate)
    }
    assert.equal(asked, 3)
    assert.match(String(told.mock.calls[0]?.arguments[0]), /offline/)
    assert.equal(told.mock.callCount(), 1)
  })

  test('comes back at once when the network or the page does', async (t) => {
    const page = new EventTarget()
    for (const name of ['addEventListener', 'removeEventListener'] as const) {
      Object.assign(globalThis, { [name]: page[name].bind(page) })
      t.after(() => Reflect.deleteProperty(globalThis, name))
    }
    await using server = await serveSockets()
    const { room, once } = openRoom(server.url)
    const first = await server.peer()
    await open(first)
    await room.opened
    random = 1
    const lost = once('connecting')
    first.cut()
    await lost
    page.dispatchEvent(new Event('online'))
    const second = await server.peer()
    const back = once('open')
    await open(second)
    await back
    // One that seems to be open is asked, and has 5 s.
    page.dispatchEvent(new Event('visibilitychange'))
    assert.deepEqual(await second.next(), { ping: 0 })
    mock.timers.tick(5_000)
    assert.equal(room.state, 'connecting')
    room.close()
  })
})

describe('what is sent while there is no socket', () => {
  test('waits, up to a bound, and is sent in its order, no more at a time than a server takes', async () => {
    await using server = await serveSockets()
    using room = openRoom(server.url).room
    const sent = Array.from({ length: 100 }, (_, id) => room.send('say', { text: `${id}` }))
    await assert.rejects(room.send('type'), isCode('UNAVAILABLE'))
    const peer = await server.peer()
    await open(peer)
    await room.opened
    for (let id = 0; id < 100; id++) {
      const { send, input } = await peer.next()
      assert.ok(peer.waiting < 32)
      assert.deepEqual(input, { text: `${id}` })
      peer.send({ done: send, output: { id, at } })
    }
    assert.deepEqual(
      (await Promise.all(sent)).map(({ id }) => id),
      Array.from({ length: 100 }, (_, id) => id),
    )
  })

  test('is as it was when it was sent, and late after its timeout', async () => {
    await using server = await serveSockets()
    const room = openRoom(server.url, { timeout: 10_000 }).room
    const message = { text: 'Hi' }
    const late = assert.rejects(room.send('say', message), isCode('TIMEOUT'))
    const left = assert.rejects(room.send('say', message, { signal: AbortSignal.abort(new Error('left')) }), /left/)
    message.text = 'changed'
    const peer = await server.peer()
    await open(peer)
    assert.deepEqual((await peer.next()).input, { text: 'Hi' })
    mock.timers.tick(10_000)
    await Promise.all([late, left])
    assert.deepEqual(await peer.next(), { end: 2 })
    room.close()
  })

  test('that is larger than a message may be is refused, and the socket stays', async () => {
    await using server = await serveSockets({ ready: { id: 'c', beat: 15_000, message: 200 } })
    using room = openRoom(server.url).room
    const large = assert.rejects(room.send('say', { text: '€'.repeat(60) }), isCode('PAYLOAD_TOO_LARGE'))
    const peer = await server.peer()
    await open(peer)
    await large
    assert.equal(room.state, 'open')
  })
})

describe('a socket', () => {
  test('that nothing goes on over is closed after some seconds, and opened anew when it is needed', async () => {
    await using server = await serveSockets()
    const api = connect(server.url, { linger: 2_000 })
    const first = api.channel('/news')
    const peer = await server.peer()
    await open(peer)
    await first.opened
    first.close()
    mock.timers.tick(1_999)
    const second = api.channel('/news')
    assert.deepEqual(await peer.next(), { end: 1 })
    assert.deepEqual(await open(peer), { open: 2, to: '/news' })
    await second.opened
    second.close()
    mock.timers.tick(2_000)
    assert.equal(await peer.closed, 1000)
    api.channel('/news').close()
    mock.timers.tick(0)
  })

  test('whose server sends what is no frame fails what goes on over it, and nothing else', async () => {
    await using server = await serveSockets()
    const { room, once } = openRoom(server.url)
    const peer = await server.peer()
    await open(peer)
    await room.opened
    const closed = once('closed')
    peer.sendText('{')
    await closed
  })

  test('is of the constructor that is handed in', async () => {
    await using server = await serveSockets(ready)
    let made = 0
    class Own extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols)
        made++
      }
    }
    using room = openRoom(server.url, { WebSocket: Own }).room
    await open(await server.peer())
    await room.opened
    assert.equal(made, 1)
  })
})
