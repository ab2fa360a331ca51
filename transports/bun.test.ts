import assert from 'node:assert/strict'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, tool } from '../tests/tools.ts'
import { serve } from './bun.ts'
import { conformance } from './conformance.ts'
import { connect, TestSocket } from './testing/conformance/socket.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { Target } from './testing/conformance/target.ts'
import { typeErrors } from './testing/foreign-types.ts'
import { startProcess } from './testing/processes.ts'

const bun = await tool('bun')
const start = (name: string, exitCode?: null) => {
  const server = join(root, 'transports', 'testing', 'conformance', 'servers', name)
  return startProcess(join(bun.folder, 'node_modules', '.bin', 'bun'), ['--conditions=pikku-source', server], exitCode)
}

// The roads that a request can take on Bun.
conformance('Bun, straight from Bun.serve', { skip: bun.skip, start: () => start('bun.ts') })
conformance('Bun, through Hono', { skip: bun.skip, start: () => start('bun-hono.ts', null) })

test('a server of Bun that stops answers what runs by sockets, and closes them', { skip: bun.skip }, async () => {
  const { url, close } = await start('bun.ts')
  const target = new Target(url)
  const [one, two] = [await TestSocket.open(target), await TestSocket.open(target)]
  const running = one.ask({ call: 1, to: 'failures.slow', input: {} })
  await target.untilNoted('slow')
  // Ends when the process has, by itself.
  await close()
  assert.equal((await running).problem?.code, 'TIMEOUT')
  assert.deepEqual(await Promise.all([one.closed, two.closed]), [1012, 1012])
})

test('a socket on Bun that sends too many pings of the WebSocket protocol is cut', { skip: bun.skip }, async () => {
  const { url, close } = await start('bun.ts')
  const socket = connect(new Target(url), {})
  await once(socket, 'open')
  for (let sent = 0; sent < 600; sent++) socket.ping()
  const [code] = await once(socket, 'close')
  assert.equal(code, 4029)
  await close()
})

test('serve of pikku/bun says where it runs', () => {
  assert.throws(() => serve(app, setup()), /On Node, take `serve` of `pikku\/node`/)
})

test('Bun has the shape that it is taken for', { skip: bun.skip }, async () => {
  assert.deepEqual(await typeErrors(bun), [])
})
