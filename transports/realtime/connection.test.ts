import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHono } from '../hono.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { Connection } from './connection.ts'
import { Pass } from './pass.ts'
import { Sockets } from './sockets.ts'

test('new headers that cannot be kept close the socket, and harm nobody else', async () => {
  const options = setup()
  const hono = createHono(app, options)
  const { runtime } = hono.operations
  const sockets = new Sockets(runtime, () => false)
  const never = () => assert.fail('nobody asks for this')
  const renews = () => Promise.reject(new Error('Redis is away'))
  const host = {
    runtime,
    limits: sockets.limits,
    texts: never,
    idle() {},
    brief: { opens: never, ends() {}, passes() {}, renews },
  }
  const closed = Promise.withResolvers<number>()
  const peer = { send: () => 0, close: closed.resolve }
  const pass = Pass.restored(sockets, {
    url: 'http://localhost/rpc',
    address: undefined,
    headers: [],
    hasSession: false,
  })
  const connection = new Connection(host, peer, pass, 'one')
  connection.receive('{"auth":{"authorization":"Bearer bob-token"}}')
  assert.equal(await closed.promise, 1012)
  assert.equal(options.log.lines.filter((line) => line.includes('Redis is away')).length, 1)
  await hono.dispose()
})
