import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { serve } from '../../transports/node.ts'
import { createClient } from '../../transports/testing/conformance/contracts/client.ts'
import app from '../../transports/testing/conformance/src/app.ts'
import { setup } from '../../transports/testing/conformance/src/setup.ts'
import { AnySocket } from '../fetch.ts'
import { serveProxy } from '../testing/proxy.ts'

mock.method(Math, 'random', () => 0)

async function start() {
  const server = await serve(app, { ...setup(), port: 0, signals: false })
  const proxy = await serveProxy(server.url)
  const open = () => lobbyOf(proxy.url)
  const dispose = async () => {
    await proxy[Symbol.asyncDispose]()
    await server.close()
  }
  return { proxy, open, [Symbol.asyncDispose]: dispose }
}

const lobbyOf = (url: string) => createClient(url, { WebSocket: AnySocket, linger: 0 }).channel('/lobby')

/** Cuts all connections, and waits until the channel knows. */
async function cut(proxy: { cut(): void }, { onState }: Pick<ReturnType<typeof lobbyOf>, 'onState'>): Promise<void> {
  const lost = new Promise<void>((resolve) => onState(({ state }) => state === 'connecting' && resolve()))
  proxy.cut()
  await lost
}

test('where handshakes are refused a client goes on by requests, and does not ask again', async () => {
  await using app = await start()
  const { proxy, open } = app
  using lobby = open()
  assert.deepEqual(await lobby.send('echo', { text: 'a' }), { text: 'a', by: null })
  assert.equal(proxy.asked, 2)
  await cut(proxy, lobby)
  using other = open()
  await Promise.all([lobby.send('echo', { text: 'b' }), other.opened])
  assert.equal(proxy.asked, 2)
})

test('where handshakes are never answered it waits for no second one', async () => {
  await using app = await start()
  const { proxy, open } = app
  proxy.handshakes = 'hang'
  const { setTimeout } = globalThis
  // Patience is short here.
  const timeouts = mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) =>
    setTimeout(run, delay === 5_000 ? 50 : delay),
  )
  using lobby = open()
  await lobby.opened
  timeouts.mock.restore()
  assert.equal(proxy.asked, 1)
})

test('where HTTP gets no further either sockets are tried again, and kept', async () => {
  await using app = await start()
  const { proxy, open } = app
  proxy.isDown = true
  using lobby = open()
  while (proxy.asked < 3) await new Promise(setImmediate)
  proxy.isDown = false
  proxy.handshakes = 'pass'
  await lobby.opened
  const { asked } = proxy
  await cut(proxy, lobby)
  await lobby.send('echo', { text: 'a' })
  assert.equal(proxy.asked, asked + 1)
})
