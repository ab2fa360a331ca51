import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createHono } from '../hono.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { ObjectSockets } from './object-sockets.ts'
import type { ObjectSocket, ObjectState } from './shape.ts'

test('a socket that was closed before the object slept is not taken up again', async () => {
  Object.assign(globalThis, { WebSocketPair: class {}, WebSocketRequestResponsePair: class {} })
  const sent: unknown[] = []
  const before = {
    heard: Date.now(),
    snapshot: {
      id: 'one',
      pass: { url: 'http://localhost/rpc', headers: [], hasSession: false },
      exchange: { last: 0, channels: [] },
    },
  }
  const socket = (readyState: number): ObjectSocket => ({
    readyState,
    send: () => void sent.push(readyState),
    close() {},
    serializeAttachment() {},
    deserializeAttachment: () => JSON.stringify(before),
  })
  const [open, closing] = [socket(1), socket(2)]
  const state: ObjectState = {
    storage: { sql: { exec: () => ({ toArray: () => [] }) } },
    blockConcurrencyWhile: (work) => work(),
    acceptWebSocket() {},
    getWebSockets: () => [open, closing],
    setWebSocketAutoResponse() {},
    getWebSocketAutoResponseTimestamp: () => null,
  }
  const options = setup()
  const hono = createHono(app, options)
  const sockets = new ObjectSockets(hono, state, {})
  await sockets.restore()
  const call = JSON.stringify({ call: 1, to: 'probe.forget', input: { id: '1' } })
  const { notes } = options.services
  sockets.message(closing, call)
  await new Promise(setImmediate)
  assert.ok(notes().has('1'))
  sockets.message(open, call)
  while (notes().has('1')) await new Promise(setImmediate)
  for (const one of [open, closing]) sockets.closed(one)
  await hono.dispose()
})
