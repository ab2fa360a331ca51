import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import { findChromium } from '../tests/tools.ts'
import { TabSocket } from './fetch.ts'
import { createClient } from './testing/chat-client.ts'
import { type Peer, serveSockets } from './testing/socket-server.ts'

mock.method(Math, 'random', () => 0)

const tab = (url: string) =>
  createClient(url, { WebSocket: TabSocket, linger: 0 }).channel('/rooms/:room', { room: '7' })
const at = '2026-11-22T10:00:00.000Z'

async function open(peer: Peer, more: object = {}) {
  const frame = await peer.next()
  peer.send({ open: frame.open, ...more })
  return frame
}

test('tabs share one socket, each with numbers of its own', async () => {
  await using server = await serveSockets()
  const [one, other] = [tab(server.url), tab(server.url)]
  const peer = await server.peer()
  assert.equal((await open(peer)).open, 1)
  assert.equal((await open(peer)).open, 2)
  await Promise.all([one.opened, other.opened])
  const [first, second] = [one.send('say', { text: 'a' }), other.send('say', { text: 'b' })]
  const frames = [await peer.next(), await peer.next()]
  const toOther = frames.find(({ on }) => on === 2)
  assert.deepEqual(frames.map(({ on }) => on).sort(), [1, 2])
  for (const { send, on } of frames) peer.send({ done: send, output: { id: on, at } })
  assert.deepEqual([(await first).id, (await second).id].sort(), [1, 2])
  assert.ok(toOther)
  // The tab that has the socket leaves first, and keeps it for the other.
  one.close()
  assert.equal(typeof (await peer.next()).end, 'number')
  const heard = new Promise((resolve) => other.on('typing', resolve))
  peer.send({ event: 1, name: 'typing', data: { user: 'ann' } }, { event: 2, name: 'typing', data: { user: 'bob' } })
  assert.ok(await heard)
  other.close()
  assert.equal(await peer.closed, 1000)
  assert.equal(server.opened, 0)
})

test('a tab whose own lock comes late is not taken for one that is gone', async (context) => {
  await using server = await serveSockets()
  const { locks } = navigator
  const { request } = locks
  const asked = new Set<string>()
  context.mock.method(locks, 'request', async (...given: Parameters<typeof request>) => {
    const [name] = given
    // Who asks first for the lock of a tab is the tab itself. The other lock has the address for a name.
    const isOwn = !name.startsWith('[') && !asked.has(name)
    asked.add(name)
    if (isOwn) await setTimeout(50)
    return Reflect.apply(request, locks, given)
  })
  const [one, other] = [tab(server.url), tab(server.url)]
  const peer = await server.peer()
  assert.deepEqual([(await open(peer)).open, (await open(peer)).open], [1, 2])
  await Promise.all([one.opened, other.opened])
  // That of each, and that of the address: none has begun anew.
  assert.equal(asked.size, 3)
  one.close()
  other.close()
})

const browser = await findChromium()

test('in a browser the others come back when the tab with the socket is gone', browser, async () => {
  await using server = await serveSockets()
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createClient } from './chat-client.ts'
        import { TabSocket } from '../fetch.ts'
        const room = createClient(location.origin, { WebSocket: TabSocket }).channel('/rooms/:room', { room: '7' })
        window.texts = []
        room.opened.then(() => (window.isOpen = true))
        room.on('posted', ({ text }) => texts.push(text))`,
      resolveDir: fileURLToPath(new URL('./testing', import.meta.url)),
    },
    bundle: true,
    write: false,
  })
  server.page(`<!doctype html><script>${outputFiles[0]?.text}</script>`)
  await using chrome = await chromium.launch(browser.launch)
  const context = await chrome.newContext()
  const [one, other] = [await context.newPage(), await context.newPage()]
  await one.goto(server.url)
  const first = await server.peer()
  assert.equal((await open(first, { id: 'a' })).open, 1)
  await other.goto(server.url)
  assert.equal((await open(first, { id: 'a' })).open, 2)
  // It has the id by then, which came by way of the first tab.
  await other.waitForFunction(() => Reflect.get(window, 'isOpen'))
  await one.close()
  const second = await server.peer()
  const { open: id, after } = await open(second)
  assert.equal(after, 'a')
  second.send({ event: id, name: 'posted', data: { id: 1, text: 'Hi', at } })
  await other.waitForFunction(() => `${Reflect.get(window, 'texts')}` === 'Hi')
  assert.equal(server.opened, 0)
})
