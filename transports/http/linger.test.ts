import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { root } from '../../tests/tools.ts'
import type { Served } from '../conformance.ts'
import { startProcess } from '../testing/processes.ts'

const program = join(root, 'transports', 'testing', 'conformance', 'servers', 'node.ts')
const part = Buffer.alloc(65_536, 'x')

/** Sends a head and then a body, and hears what is answered: a sender who writes all, whatever comes meanwhile. */
function send(url: string, path: string, type: string, length: number): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    let left = length
    const more = () => {
      while (left > 0 && !socket.destroyed) {
        left -= part.byteLength
        if (!socket.write(part)) return
      }
    }
    const socket = connect(Number(port), hostname, () => {
      const fields = `host: localhost\r\nconnection: close\r\ncontent-type: ${type}\r\ncontent-length: ${length}`
      socket.write(`POST ${path} HTTP/1.1\r\n${fields}\r\n\r\n`)
      more()
    })
    socket
      .on('drain', more)
      .on('close', () => resolve(answer))
      .on('error', reject)
    socket.setEncoding('latin1').on('data', (text) => (answer += text))
  })
}

describe('a sender whose body is not read', () => {
  let server: Served
  // In a process of its own: senders and server would wait for each other in one.
  before(async () => {
    server = await startProcess(process.execPath, ['--conditions=pikku-source', program])
  })
  after(() => server.close())

  for (const [status, path, type, length] of [
    ['413', '/rpc/notes.small', 'application/json', 1_048_576],
    ['415', '/rpc/notes.small', 'text/plain', 1_048_576],
    ['401', '/rpc/notes.mine', 'application/json', 1_048_576],
    ['413', '/rpc/uploads.store?id=1', 'application/octet-stream', 17_039_360],
    ['200', '/rpc/uploads.ignore', 'application/octet-stream', 1_048_576],
    // Through Hono.
    ['413', '/rpc/notes%2esmall', 'application/json', 1_048_576],
    ['401', '/rpc/notes%2emine', 'application/json', 1_048_576],
    ['413', '/rpc/uploads%2estore?id=1', 'application/octet-stream', 17_039_360],
    ['404', '/nothing', 'application/octet-stream', 1_048_576],
  ] as const) {
    it(`hears ${status} while it goes on writing to ${path}, 40 times in a row`, async () => {
      for (let time = 0; time < 40; time++) {
        assert.match(await send(server.url, path, type, length), new RegExp(`^HTTP/1.1 ${status} [^]*\\r\\n\\r\\n.`))
      }
    })
  }
  it('is cut when it never ends, and the server can stop', async () => {
    const answer = await send(server.url, '/rpc/notes.small', 'application/json', 1e12).catch((error) => error.code)
    assert.match(answer, /^(?:HTTP\/1\.1 413 |EPIPE|ECONNRESET)/)
  })
})
