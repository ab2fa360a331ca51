import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { type Codec, type Contracts, type Log, type OperationContract, pikku } from '../core/index.ts'
import { type ServeOptions, serve } from './node.ts'
import { TestSocket } from './testing/conformance/socket.ts'
import { Target } from './testing/conformance/target.ts'

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
const anything: Codec = {
  safeDecode: (data) => ({ success: true, data }),
  safeEncode: (data) => ({ success: true, data }),
}

interface Services {
  gate: Gate
}
/** What the tests hold open, and what the functions have done. */
class Gate {
  readonly opened = Promise.withResolvers<void>()
  readonly entered = Promise.withResolvers<void>()
  readonly tokens = new Set(['ann'])
  calls = 0
  resolving: Promise<void> | undefined
}

const { func, channel, app, session } = pikku<Services, { user: string }>()
const bearer = session.bearer(async ({ gate }, token) => {
  await gate.resolving
  return gate.tokens.has(token) ? { user: token } : undefined
})
const definition = app({
  rpc: {
    count: func(async ({ gate }) => ++gate.calls),
    wait: func(async ({ gate }) => {
      gate.entered.resolve()
      await gate.opened.promise
      return 'done'
    }),
    tick: func(async function* () {
      for (let tick = 0; ; tick++) yield tick
    }),
  },
  channels: { '/room': channel({ connect: async () => {} }) },
  session: bearer,
})

const io = { schemas: async () => ({ Anything: anything }) }
const operation = (name: string, more: Partial<OperationContract> = {}): OperationContract => ({
  name,
  kind: 'call',
  auth: true,
  rpc: true,
  routes: [],
  errors: [],
  services: ['gate'],
  output: 'Anything',
  ...io,
  ...more,
})
const contracts: Contracts = {
  version: 1,
  session: ['gate'],
  operations: [operation('count'), operation('wait'), operation('tick', { kind: 'stream' })],
  channels: [
    {
      name: 'room',
      path: '/room',
      auth: true,
      parameters: [],
      connect: operation('room.connect', { rpc: false }),
      messages: [],
      events: [],
      ...io,
    },
  ],
}

const ann = { headers: { authorization: 'Bearer ann' } }

async function start(sockets: NonNullable<ServeOptions<Services>['sockets']> = {}, log = silent) {
  const gate = new Gate()
  const options = { contracts, services: { gate: () => gate }, log, port: 0, signals: false, sockets }
  const server = await serve(definition, options)
  return { gate, server, target: new Target(server.url), [Symbol.asyncDispose]: () => server.close() }
}

/** The bytes of a handshake. */
function handshake(url: string, more = ''): string {
  return (
    `GET /rpc HTTP/1.1\r\nhost: ${new URL(url).host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
    'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
    `sec-websocket-protocol: pikku.v1\r\nauthorization: Bearer ann\r\n${more}\r\n`
  )
}

/** A masked frame (RFC 6455, section 5.2); its mask is zero, which leaves the payload as it is. */
function frame(text: string, first = 0x81): Buffer {
  const payload = Buffer.from(text)
  assert.ok(payload.byteLength < 126)
  return Buffer.concat([Buffer.from([first, 0x80 | payload.byteLength, 0, 0, 0, 0]), payload])
}

/** What the server sends to a raw connection until it closes it, or has sent `enough`. */
async function raw(url: string, parts: readonly (string | Buffer)[], enough?: RegExp): Promise<string> {
  const socket = connect(Number(new URL(url).port), 'localhost')
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
    if (enough?.test(text)) socket.destroy()
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))))
  await once(socket, 'close')
  return text
}

describe('the session of a socket', () => {
  it('that is over takes the socket along, and runs nothing more', async () => {
    await using running = await start({ recheck: 20 })
    const socket = await TestSocket.open(running.target, ann)
    await socket.ask({ open: 1, to: '/room' })
    assert.equal((await socket.ask({ call: 2, to: 'count' })).output, 1)
    running.gate.tokens.clear()
    assert.equal(await socket.closed, 4401)
    assert.equal(running.gate.calls, 1)
  })
  it('stands while nobody can say whether it is over', async () => {
    await using running = await start({ recheck: 20 })
    const socket = await TestSocket.open(running.target, ann)
    const asked = Promise.withResolvers<void>()
    Object.defineProperty(running.gate, 'resolving', {
      get() {
        asked.resolve()
        throw new Error('the database is down')
      },
    })
    await asked.promise
    assert.equal((await socket.ask({ call: 1, to: 'count' })).output, 1)
    socket.close()
  })
  it('is found before the socket opens: a frame that came with the handshake waits for it, and runs once', async () => {
    await using running = await start()
    const found = Promise.withResolvers<void>()
    running.gate.resolving = found.promise
    const bytes = [handshake(running.server.url), frame('{"call":1,"to":"count"}'), frame('{"call":2,"to":"count"}')]
    const answered = raw(running.server.url, bytes, /"done":2/)
    found.resolve()
    assert.match(await answered, /^HTTP\/1\.1 101 .*"ready".*\{"done":1,"output":1\}.*\{"done":2,"output":2\}/s)
    assert.equal(running.gate.calls, 2)
  })
  it('that is not found in time is told so, there is no socket, and it is in the log', async () => {
    const lines: unknown[] = []
    await using running = await start({ handshake: 30 }, { ...silent, error: (fields) => void lines.push(fields) })
    running.gate.resolving = new Promise(() => {})
    assert.match(await raw(running.server.url, [handshake(running.server.url)]), /^HTTP\/1\.1 504 .*"TIMEOUT"/s)
    assert.deepEqual(
      (lines as { operation: string }[]).map(({ operation }) => operation),
      ['session'],
    )
  })
  it('that is not found in time for new headers closes the socket, whose client may come back', async () => {
    await using running = await start({ handshake: 30, recheck: 0 })
    const socket = await TestSocket.open(running.target, ann)
    running.gate.resolving = new Promise(() => {})
    socket.send({ auth: { authorization: 'Bearer ann' } })
    assert.equal(await socket.closed, 1012)
  })
  it('that is looked up for ever stands, and is looked up again, one at a time', async () => {
    await using running = await start({ handshake: 30, recheck: 10 })
    const socket = await TestSocket.open(running.target, ann)
    const enough = Promise.withResolvers<void>()
    let asked = 0
    Object.defineProperty(running.gate, 'resolving', {
      get() {
        if (++asked === 3) enough.resolve()
        return new Promise(() => {})
      },
    })
    await enough.promise
    Object.defineProperty(running.gate, 'resolving', { value: undefined })
    assert.equal((await socket.ask({ call: 1, to: 'count' })).output, 1)
    running.gate.tokens.clear()
    assert.equal(await socket.closed, 4401)
  })
})

describe('a socket', () => {
  it('without a sign of life is cut, and one that answers stays', async () => {
    await using running = await start({ beat: 20, silence: 200 })
    const dead = await TestSocket.open(running.target, ann)
    const alive = await TestSocket.open(running.target, ann)
    alive.socket.on('message', (data: Buffer) => String(data) === '{"ping":0}' && alive.send({ pong: 0 }))
    assert.equal(await dead.closed, 4000)
    assert.equal((await alive.ask({ call: 1, to: 'count' })).output, 1)
    alive.close()
  })
  it('takes messages in fragments', async () => {
    await using running = await start()
    const parts = [frame('{"call":1,', 0x01), frame('"to":', 0x00), frame('"count"}', 0x80)]
    assert.match(await raw(running.server.url, [handshake(running.server.url), ...parts], /"done":1/), /"output":1/)
  })
  it('that sends what is no frame of WebSocket is closed, and the process lives', async () => {
    await using running = await start()
    const bad = [
      Buffer.from([0xff, 0xff, 0xff]),
      Buffer.from([0x81, 0x05, 1, 2, 3, 4, 5]),
      frame('\xff', 0x81).fill(0xff, 6),
      Buffer.from([0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]),
      frame('x', 0xf1),
      frame('x', 0x83),
      frame('x'.repeat(10), 0x09),
    ]
    for (const bytes of bad) await raw(running.server.url, [handshake(running.server.url), bytes, frame('', 0x88)])
    assert.equal((await running.target.rpc('count', {}, ann.headers)).status, 200)
  })
  it('that leaves in the middle of its handshake, or is reset, leaves nothing', async () => {
    await using running = await start()
    for (let turn = 0; turn < 20; turn++) {
      const socket = connect(Number(new URL(running.server.url).port), 'localhost')
      socket.on('error', () => {})
      await once(socket, 'connect')
      socket.write(handshake(running.server.url))
      socket.resetAndDestroy()
    }
    const socket = await TestSocket.open(running.target, ann)
    assert.equal((await socket.ask({ call: 1, to: 'count' })).output, 1)
    socket.close()
  })
})

describe('a stopping server', () => {
  it('lets calls end, ends streams, and closes sockets with 1012', async () => {
    const { gate, server, target } = await start()
    const [idle, busy] = [await TestSocket.open(target, ann), await TestSocket.open(target, ann)]
    busy.send({ call: 1, to: 'wait' })
    busy.send({ call: 2, to: 'tick', credit: 1 })
    await busy.next(({ item }) => item === 2)
    await gate.entered.promise
    const closed = server.close()
    assert.equal(await idle.closed, 1012)
    assert.equal((await busy.next(({ fail }) => fail === 2)).problem?.code, 'UNAVAILABLE')
    assert.equal((await busy.ask({ call: 3, to: 'count' })).problem?.code, 'UNAVAILABLE')
    gate.opened.resolve()
    assert.equal((await busy.next(({ done }) => done === 1)).output, 'done')
    assert.equal(await busy.closed, 1012)
    await closed
  })
  it('cuts who does not answer its close', async () => {
    const { server, target } = await start()
    const socket = await TestSocket.open(target, ann)
    socket.socket.pause()
    await server.close()
    socket.socket.terminate()
  })
})
