import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { build } from 'esbuild'
import type { Hono } from 'hono'
import { chromium } from 'playwright-core'
import { findChromium } from '../../tests/tools.ts'
import { serve } from '../../transports/node.ts'
import { createClient } from '../../transports/testing/conformance/contracts/client.ts'
import app from '../../transports/testing/conformance/src/app.ts'
import { setup } from '../../transports/testing/conformance/src/setup.ts'
import { AnySocket, TabSocket } from '../fetch.ts'
import { serveProxy } from '../testing/proxy.ts'

mock.method(Math, 'random', () => 0)

async function start() {
  const server = await serve(app, { ...setup(), port: 0, signals: false })
  const proxy = await serveProxy(server.url)
  const open = (WebSocket = AnySocket) => lobbyOf(proxy.url, WebSocket)
  const dispose = async () => {
    await proxy[Symbol.asyncDispose]()
    await server.close()
  }
  return { proxy, open, [Symbol.asyncDispose]: dispose }
}

const lobbyOf = (url: string, WebSocket: typeof AnySocket) =>
  createClient(url, { WebSocket, linger: 0 }).channel('/lobby')

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

test('where handshakes are never answered it waits for no second one, and for no request for ever', async (context) => {
  await using app = await start()
  const { proxy, open } = app
  proxy.handshakes = proxy.others = 'hang'
  const { setTimeout } = globalThis
  // Patience is short here.
  const timeouts = context.mock.method(globalThis, 'setTimeout', (run: () => void, delay: number) =>
    setTimeout(run, delay === 5_000 ? 50 : delay),
  )
  using lobby = open()
  while (proxy.asked < 2) await new Promise(setImmediate)
  timeouts.mock.restore()
  proxy.others = 'pass'
  await lobby.opened
  assert.equal(proxy.asked, 2)
})

test('where HTTP gets no further either sockets are tried again, and kept', async () => {
  await using app = await start()
  const { proxy, open } = app
  proxy.others = 'refuse'
  using lobby = open()
  while (proxy.asked < 3) await new Promise(setImmediate)
  proxy.others = 'pass'
  proxy.handshakes = 'pass'
  await lobby.opened
  const { asked } = proxy
  await cut(proxy, lobby)
  await lobby.send('echo', { text: 'a' })
  assert.equal(proxy.asked, asked + 1)
})

test('tabs that share a socket share what takes its place', async (context) => {
  await using app = await start()
  const fetched = context.mock.method(globalThis, 'fetch')
  const tabs = [TabSocket.over(AnySocket), TabSocket.over(AnySocket)].map((Socket) => app.open(Socket))
  const answers = await Promise.all(tabs.map((lobby, at) => lobby.send('echo', { text: `${at}` })))
  assert.deepEqual(
    answers.map(({ text }) => text),
    ['0', '1'],
  )
  const streams = fetched.mock.calls.filter(({ arguments: [url] }) => `${url}`.endsWith('/rpc/socket'))
  assert.deepEqual([app.proxy.asked, streams.length], [2, 1])
  for (const lobby of tabs) lobby.close()
})

const browser = await findChromium()

test('in a browser a page goes on where its handshakes are refused, with headers and cookies', browser, async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createClient } from '../../transports/testing/conformance/contracts/client.ts'
        import { AnySocket, TabSocket } from '../fetch.ts'
        window.posted = []
        window.enter = (room, headers) => {
          const channel = createClient(location.origin, { WebSocket: AnySocket, headers }).channel('/rooms/:room', { room })
          channel.on('posted', ({ by, text }) => posted.push(by + ': ' + text))
          return channel.send('say', { text: room }).then(() => 'said')
        }`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    conditions: ['pikku-source'],
  })
  const page = `<!doctype html><script>${outputFiles[0]?.text}</script>`
  const routes = (hono: Hono) => void hono.get('/page', (context) => context.html(page))
  const server = await serve(app, { ...setup(), port: 0, signals: false, routes })
  try {
    await using proxy = await serveProxy(server.url)
    await using chrome = await chromium.launch(browser.launch)
    const tab = await chrome.newPage()
    await tab.context().addCookies([{ name: 'sid', value: 'ann', url: proxy.url }])
    await tab.goto(`${proxy.url}/page`)
    assert.equal(await tab.evaluate(`enter('one', { authorization: 'Bearer bob-token' })`), 'said')
    assert.equal(await tab.evaluate(`enter('two', {})`), 'said')
    await tab.waitForFunction('posted.length === 2')
    assert.deepEqual(await tab.evaluate('posted'), ['bob: one', 'ann: two'])
    assert.equal(proxy.asked, 2)
  } finally {
    await server.close()
  }
})
