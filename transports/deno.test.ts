import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { TestSocket } from './testing/conformance/socket.ts'
import { Target } from './testing/conformance/target.ts'
import { startProcess } from './testing/processes.ts'

const { skip, folder } = await tool('deno')
const server = join(root, 'transports', 'testing', 'conformance', 'servers', 'deno.ts')

const start = () =>
  startProcess(join(folder, 'node_modules', '.bin', 'deno'), [
    'run',
    '--allow-net',
    '--allow-read',
    '--allow-env',
    '--conditions=pikku-source',
    server,
  ])

conformance('Deno', { skip, start })

test('a handler of Deno that drains answers what runs by sockets, and closes them', { skip }, async () => {
  const { url, close } = await start()
  const target = new Target(url)
  const [one, two] = [await TestSocket.open(target), await TestSocket.open(target)]
  const running = one.ask({ call: 1, to: 'failures.slow', input: {} })
  await target.untilNoted('slow')
  await close()
  assert.equal((await running).problem?.code, 'TIMEOUT')
  assert.deepEqual(await Promise.all([one.closed, two.closed]), [1012, 1012])
})
