import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { serve } from '../transports/node.ts'
import { createClient, isError } from '../transports/testing/conformance/contracts/client.ts'
import app from '../transports/testing/conformance/src/app.ts'
import { setup } from '../transports/testing/conformance/src/setup.ts'
import { HttpSocket, socket } from './fetch.ts'

mock.method(Math, 'random', () => 0)

const bob = { authorization: 'Bearer bob-token' }

async function start() {
  const server = await serve(app, { ...setup(), port: 0, signals: false })
  return { url: server.url, [Symbol.asyncDispose]: () => server.close() }
}

test('x', async () => {
  await using server = await start()
  const api = createClient(server.url, { WebSocket: HttpSocket, headers: bob, over: socket, linger: 0 })
  const room = api.channel('/rooms/:room', { room: 'http' })
  const posted = new Promise((resolve) => room.on('posted', resolve))
  await room.opened
  const { at } = await room.send('say', { text: 'Hello' })
  assert.ok(at instanceof Date)
  console.log(await posted)
  console.log(
    await room.send('file', { file: new File(['abc'.repeat(100_000)], 'a.txt'), note: 'x' }).then(({ name }) => name),
  )
  await assert.rejects(api.channel('/rooms/:room', { room: 'closed' }).opened, (e) => isError(e, 'ROOM_CLOSED'))
  console.log(await api.notes.mine({}))
  room.close()
})
