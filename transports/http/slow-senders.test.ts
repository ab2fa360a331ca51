import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { PikkuError } from '../../core/index.ts'
import { cutSlowSenders } from './slow-senders.ts'

/** A server that hands its requests over, a connection that has sent its headers, and a clock that is turned by hand. */
async function receiving(context: TestContext) {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const server = createServer()
  cutSlowSenders(server, 'connection')
  server.listen(0)
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, 'localhost')
  context.after(async () => {
    socket.destroy()
    // Its interval is to end before the clock of the next test begins.
    await new Promise((resolve) => server.close(resolve))
  })
  const arrived = once(server, 'request') as Promise<[IncomingMessage]>
  socket.write('POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100000\r\n\r\n')
  const [message] = await arrived
  const look = () => context.mock.timers.tick(5_000)
  return { socket, message, look }
}

describe('the sender of a body', () => {
  it('is cut when it sends next to nothing, and whoever reads the body hears why', async (context) => {
    const { socket, message, look } = await receiving(context)
    const failed = new Promise((resolve) => message.resume().once('error', resolve))
    look()
    socket.write(Buffer.alloc(1_199))
    await once(message, 'data')
    look()
    const error = await failed
    assert.ok(error instanceof PikkuError)
    assert.equal(error.code, 'REQUEST_TIMEOUT')
  })
  it('is cut without a word when nobody reads the body', async (context) => {
    const { socket, look } = await receiving(context)
    look()
    look()
    await once(socket.resume(), 'close')
  })
  it('may go on as long as it sends enough', async (context) => {
    const { socket, message, look } = await receiving(context)
    const errors: Error[] = []
    message.resume().on('error', (error) => errors.push(error))
    look()
    for (let part = 0; part < 5; part++) {
      socket.write(Buffer.alloc(1_200))
      await once(message, 'data')
      look()
    }
    assert.deepEqual(errors, [])
    look()
    assert.equal(errors.length, 1)
  })
  it('may wait for a handler that does not read', async (context) => {
    const { socket, message, look } = await receiving(context)
    socket.write(Buffer.alloc(10))
    await once(message, 'readable')
    for (let part = 0; part < 5; part++) look()
    assert.equal(message.destroyed, false)
    const failed = once(message, 'error')
    message.read()
    look()
    look()
    await failed
  })
})
