import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { mock, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { serve } from '../../transports/node.ts'
import { createClient, isError } from '../../transports/testing/conformance/contracts/client.ts'
import app from '../../transports/testing/conformance/src/app.ts'
import { setup } from '../../transports/testing/conformance/src/setup.ts'
import { startProcess } from '../../transports/testing/processes.ts'
import { HttpSocket, type SocketOptions, socket } from '../fetch.ts'
import { serveBalancer } from '../testing/balancer.ts'
import { serveProxy } from '../testing/proxy.ts'
import { cut, events, problem, serve as serveHttp } from '../testing/server.ts'

mock.method(Math, 'random', () => 0)

const bob = { authorization: 'Bearer bob-token' }

/** The conformance app, and a client of it that has no sockets. */
async function start(options: SocketOptions = {}) {
  const server = await serve(app, { ...setup(), port: 0, signals: false })
  const proxy = await serveProxy(server.url)
  const api = createClient(proxy.url, { WebSocket: HttpSocket, headers: bob, linger: 0, ...options })
  const dispose = async () => {
    await proxy[Symbol.asyncDispose]()
    await server.close()
  }
  return { api, proxy, [Symbol.asyncDispose]: dispose }
}

test('a channel opens, sends, hears, and fails with typed errors by requests', async () => {
  await using app = await start()
  const { api } = app
  using room = api.channel('/rooms/:room', { room: 'http' })
  const posted = new Promise<{ text: string; by: string; at: Date }>((resolve) => room.on('posted', resolve))
  await room.opened
  const { at } = await room.send('say', { text: 'Grüße\n' })
  assert.deepEqual(await posted, { text: 'Grüße\n', by: 'bob', at })
  const file = new File(['abc'.repeat(100_000)], 'a.txt', { type: 'text/plain' })
  const stored = await room.send('file', { file, note: '' })
  assert.deepEqual([stored.name, stored.text.length], ['a.txt', 300_002])
  await assert.rejects(room.send('fail', { how: 'told' }), (error) => isError(error, 'ROOM_CLOSED'))
  await assert.rejects(api.channel('/rooms/:room', { room: 'closed' }).opened, (error) => {
    assert.ok(isError(error, 'ROOM_CLOSED'))
    assert.deepEqual(error.data, { room: 'closed', since: new Date(0) })
    return true
  })
  assert.equal(app.proxy.asked, 0)
})

test('what a channel missed while its connection was cut comes once, in order', async () => {
  await using app = await start()
  const { api, proxy } = app
  const texts: string[] = []
  using room = api.channel('/rooms/:room', { room: 'cut' })
  room.on('posted', ({ text }) => texts.push(text))
  await room.opened
  await room.send('say', { text: '1' })
  proxy.others = 'refuse'
  proxy.cut()
  await new Promise<void>((resolve) => room.onState(({ state }) => state === 'connecting' && resolve()))
  const said = [room.send('say', { text: '2' }), room.send('say', { text: '3' })]
  proxy.others = 'pass'
  await Promise.all(said)
  assert.deepEqual(texts, ['1', '2', '3'])
})

for (const by of ['request', 'connection'] as const)
  test(`several servers behind what shares out each ${by} are no hindrance`, async () => {
    const script = fileURLToPath(new URL('../../transports/testing/conformance/servers/node.ts', import.meta.url))
    const start = () => startProcess(process.execPath, ['--conditions=pikku-source', script])
    const servers = await Promise.all([start(), start(), start()])
    try {
      const urls = servers.map(({ url }) => url)
      await using balancer = await serveBalancer(urls, by)
      const api = createClient(balancer.url, { WebSocket: HttpSocket, headers: bob, linger: 0 })
      using room = api.channel('/rooms/:room', { room: 'balanced' })
      const states: string[] = []
      room.onState(({ state }) => states.push(state))
      const texts: string[] = []
      room.on('posted', ({ text }) => texts.push(text))
      const all = ['1', '2', '3', '4', '5', '6', '7']
      await room.opened
      for (const text of all) await room.send('say', { text })
      const file = new File(['abc'.repeat(100_000)], 'a.txt', { type: 'text/plain' })
      assert.equal((await room.send('file', { file, note: '' })).text.length, 300_002)
      assert.deepEqual(texts, all)
      assert.deepEqual(states, ['open'])
    } finally {
      await Promise.all(servers.map((server) => server.close()))
    }
  })

test('calls and streams go by requests too', async () => {
  await using app = await start({ over: socket })
  const { api } = app
  assert.equal(await api.notes.mine({}), 'bob')
  let items = 0
  for await (const _ of api.streams.counting({})) if (++items === 50) break
  assert.equal(items, 50)
})

test('what is sent while a request is under way goes with the next, bytes in requests of their own', async () => {
  const bodies: (readonly [type: string | undefined, body: string])[] = []
  let stream: ServerResponse | undefined
  const server = createServer(async (request, response) => {
    assert.equal(request.headers['x-api-key'], 'k1')
    if (request.method === 'GET') {
      stream = response.writeHead(200, { 'content-type': 'text/event-stream' })
      return stream.write('event: open\ndata: k\n\n')
    }
    assert.equal(request.url, '/rpc/socket/k')
    bodies.push([request.headers['content-type'], await text(request)])
    response.writeHead(204).end()
    if (bodies.length === 4) stream?.end('event: close\ndata: 4008\n\n')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = Buffer.from('{"x-api-key":"k1"}').toString('base64url')
  const socket = new HttpSocket(`ws://127.0.0.1:${port}/rpc`, ['pikku.v1', `pikku.headers.${headers}`])
  const closed = new Promise((resolve) => {
    socket.onclose = ({ code }) => resolve(code)
  })
  for (const frame of ['1', '2']) socket.send(frame)
  for (const byte of [0x33, 0x34]) socket.send(new Uint8Array([byte]))
  for (const frame of ['5', '6']) socket.send(frame)
  assert.equal(socket.bufferedAmount, 6)
  assert.equal(await closed, 4008)
  assert.deepEqual(bodies, [
    ['text/plain', '1\n2\n'],
    ['application/octet-stream', '3'],
    ['application/octet-stream', '4'],
    ['text/plain', '5\n6\n'],
  ])
  assert.equal(socket.bufferedAmount, 0)
  server.close()
})

test('a connection that is refused, or breaks off, is closed as a lost one', async () => {
  for (const answer of [problem('UNAUTHENTICATED', 401), cut, events('event: open\ndata: k\n\n')]) {
    await using server = await serveHttp(answer)
    const socket = new HttpSocket(`${server.url.replace('http', 'ws')}/rpc`, ['pikku.v1'])
    const code = await new Promise((resolve) => {
      socket.onclose = ({ code }) => resolve(code)
    })
    assert.equal(code, 1006)
  }
})
