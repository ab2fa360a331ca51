import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { root, tool } from '../tests/tools.ts'
import { conformance, type Served } from './conformance.ts'
import { connect as connectSocket, TestSocket } from './testing/conformance/socket.ts'
import { Target } from './testing/conformance/target.ts'
import { startProcess } from './testing/processes.ts'

const uws = await tool('uws')
// Its binaries are for the Node versions up to this one.
const node22 = await tool('node22')
const skip = uws.skip || node22.skip

function start(): Promise<Served> {
  const tsx = createRequire(join(node22.folder, 'package.json')).resolve('tsx')
  return startProcess(join(node22.folder, 'node_modules', '.bin', 'node'), [
    '--conditions=pikku-source',
    '--import',
    pathToFileURL(tsx).href,
    join(root, 'transports', 'testing', 'conformance', 'servers', 'uws.ts'),
    pathToFileURL(join(uws.folder, 'node_modules', 'uws-pack', 'dist', 'index.mjs')).href,
  ])
}

conformance('uWebSockets.js', { skip, start })

describe('a uWebSockets.js mount', { skip }, () => {
  it('cuts a socket that sends too many pings of the WebSocket protocol', async (context) => {
    const { url, close } = await start()
    context.after(close)
    const socket = connectSocket(new Target(url), {})
    await once(socket, 'open')
    for (let sent = 0; sent < 600; sent++) socket.ping()
    const [code] = await once(socket, 'close')
    assert.equal(code, 4029)
  })
  it('goes on with a connection after answers without bodies, and bodies that came at once in chunks', async (context) => {
    const { url, close } = await start()
    context.after(close)
    const socket = connect(Number(new URL(url).port), 'localhost').setEncoding('latin1')
    const chunks = 'transfer-encoding: chunked\r\n\r\n7\r\n{"text"\r\n5\r\n:"a"}\r\n0\r\n\r\n'
    const asked = async (line: string, rest = '\r\n') => {
      socket.write(`${line} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${rest}`)
      let answer = ''
      while (!answer.endsWith(rest === chunks ? '0\r\n\r\n' : '\r\n\r\n')) answer += (await once(socket, 'data'))[0]
      return answer
    }
    assert.doesNotMatch(await asked('OPTIONS /notes/1'), /content-length/i)
    assert.match(await asked('HEAD /downloads/blob/10'), /\r\ncontent-length: 10\r\n/)
    for (let calls = 0; calls < 2; calls++) {
      assert.match(await asked('POST /rpc/notes.echo', chunks), /^HTTP\/1\.1 200 OK\r\n[\s\S]*\{"text":"a"\}/)
    }
    socket.destroy()
  })

  it('answers what runs by sockets before it stops, and closes them', async () => {
    const { url, close } = await start()
    const target = new Target(url)
    const [one, two] = [await TestSocket.open(target), await TestSocket.open(target)]
    const running = one.ask({ call: 1, to: 'failures.slow', input: {} })
    await target.untilNoted('slow')
    await close()
    assert.equal((await running).problem?.code, 'TIMEOUT')
    assert.deepEqual(await Promise.all([one.closed, two.closed]), [1012, 1012])
  })

  it('cuts a message that is far too large', async (context) => {
    const { url, close } = await start()
    context.after(close)
    const one = await TestSocket.open(new Target(url))
    one.send('x'.repeat(1_000_000))
    assert.equal(await one.closed, 1006)
  })
})
