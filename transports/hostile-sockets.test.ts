import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import {
  type ChannelContract,
  type Codec,
  type Contracts,
  type Hub,
  type Log,
  type OperationContract,
  pikku,
} from '../core/index.ts'
import { memoryHub } from './hub.ts'
import { type ServeOptions, serve } from './node.ts'
import { connect as connectSocket, refusal, TestSocket } from './testing/conformance/socket.ts'
import { Target } from './testing/conformance/target.ts'

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }
const anything: Codec = {
  safeDecode: (data) => ({ success: true, data }),
  safeEncode: (data) => ({ success: true, data }),
}

/** What the functions wait for, and have done. */
class Gate {
  /** Who is signed in, by token. */
  readonly users = new Map([
    ['ann', 'ann'],
    ['carl', 'carl'],
  ])
  readonly seen: unknown[] = []
  readonly #waiting = new Map<string, PromiseWithResolvers<void>>()
  #wake = () => {};

  [Symbol.dispose](): void {
    this.see('disposed')
  }

  see(what: unknown): void {
    this.seen.push(what)
    this.#wake()
  }

  async until(what: unknown): Promise<void> {
    while (!this.seen.includes(what)) await new Promise<void>((resolve) => (this.#wake = resolve))
  }

  /** Waits at a door, by its name, until it is opened or thrown shut. */
  pass(door: string): Promise<void> {
    this.see(`at ${door}`)
    return this.door(door).promise
  }

  door(name: string): PromiseWithResolvers<void> {
    const door = this.#waiting.get(name) ?? Promise.withResolvers<void>()
    this.#waiting.set(name, door)
    return door
  }
}

interface Services {
  gate: Gate
}
interface Params {
  door?: string
}

const { func, channel, app, session } = pikku<Services, { user: string }>()
const hub = memoryHub()
const definition = app({
  rpc: {
    mine: func(async (_services, _input, { session }) => session.user),
    store: func(async ({ gate }, _input: { file: Blob }) => {
      gate.see('stored')
      await gate.pass('store')
    }),
    tick: func(async function* () {
      for (let tick = 0; ; tick++) yield tick
    }),
    odd: func(async () => ({ big: 1n })),
  },
  channels: {
    '/room': channel({
      connect: async ({ gate }, { door }: Params, { channel }) => {
        if (door !== undefined && door !== 'away' && door !== 'late') await gate.pass(door)
        // An engine that does not answer at first.
        const away: Hub = Object.assign(Object.create(hub), { listen: () => Promise.reject(new Error('away')) })
        if (door === 'away') await assert.rejects(channel.join(away, 'room'))
        await Promise.all([channel.join(hub, 'room'), channel.join(hub, 'room')])
        gate.see('joined')
        if (door === 'late') await gate.pass(door)
        channel.signal.addEventListener('abort', () => gate.see('over'))
      },
      disconnect: async ({ gate }, { door }: Params, { session }) => {
        // Until nothing else is to come: what is disposed too early is disposed by then.
        if (door === 'exit') await Promise.race([gate.until('disposed'), setTimeout(200)])
        gate.see(`${session.user} left`)
      },
      messages: {
        say: async () => hub.publish('room', { event: 'said', data: undefined }),
        pass: async ({ gate }, { door }: { door: string }) => gate.pass(door),
        store: async ({ gate }, _input: { file: Blob }) => gate.see('stored'),
        leave: async (_services, _input: object, { channel }) => channel.close(),
      },
    }),
  },
  session: session.bearer(async ({ gate }, token) => {
    if (token.startsWith('slow')) await gate.pass(token)
    if (token === 'unsure') throw new Error('the database is away')
    const user = gate.users.get(token.replace('slow-', ''))
    return user === undefined ? undefined : { user }
  }),
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
  input: 'Anything',
  output: 'Anything',
  ...io,
  ...more,
})
const ofRoom = (name: string) => operation(`room.${name}`, { rpc: false })
const room: ChannelContract = {
  name: 'room',
  path: '/room',
  auth: true,
  parameters: [],
  connect: ofRoom('connect'),
  disconnect: ofRoom('disconnect'),
  messages: [ofRoom('say'), ofRoom('pass'), ofRoom('store'), ofRoom('leave')],
  events: [{ name: 'said' }],
  ...io,
}
const contracts: Contracts = {
  version: 1,
  session: ['gate'],
  operations: [operation('mine'), operation('store'), operation('odd'), operation('tick', { kind: 'stream' })],
  channels: [room],
}

async function start(
  sockets: NonNullable<ServeOptions<Services>['sockets']> = {},
  more: Partial<ServeOptions<Services>> = {},
) {
  const gate = new Gate()
  const options = { contracts, services: { gate: () => gate }, log: silent, port: 0, signals: false, sockets, ...more }
  const server = await serve(definition, options)
  const target = new Target(server.url)
  const open = (token = 'ann') => TestSocket.open(target, { headers: { authorization: `Bearer ${token}` } })
  return { gate, server, target, open, [Symbol.asyncDispose]: () => server.close() }
}

const ann = { authorization: 'Bearer ann' }
const head = { at: ['file'], name: 'a.txt', type: 'text/plain', size: 2 }

/** A message with bytes of a file. */
function piece(id: number, text: string): Buffer {
  const bytes = Buffer.alloc(4 + text.length)
  bytes.writeUInt32BE(id)
  bytes.write(text, 4)
  return bytes
}

describe('new headers on an open socket', () => {
  it('that cannot be read end that socket, and not the process', async () => {
    await using running = await start()
    const socket = await running.open()
    socket.send({ auth: { 'sec-websocket-protocol': 'pikku.headers.!', authorization: 'Bearer wrong' } })
    assert.equal(await socket.closed, 4401)
    const other = await running.open()
    assert.equal((await other.ask({ call: 1, to: 'mine' })).output, 'ann')
    other.close()
  })
  it('that nobody can look up are told so, and not that they are wrong', async () => {
    await using running = await start()
    const socket = await running.open()
    socket.send({ auth: { authorization: 'Bearer unsure' } })
    assert.equal(await socket.closed, 1012)
  })
  it('are not undone by a look at the session of those before', async () => {
    await using running = await start({ recheck: 20 })
    running.gate.door('slow-ann').resolve()
    const socket = await running.open('slow-ann')
    await running.gate.until('at slow-ann')
    // From here on each look at the session of ann waits.
    const looking = Promise.withResolvers<void>()
    running.gate.pass = async (door) => {
      running.gate.see(`again ${door}`)
      await looking.promise
    }
    await running.gate.until('again slow-ann')
    socket.send({ auth: { authorization: 'Bearer carl' } })
    await socket.next(({ ready }) => ready !== undefined)
    running.gate.users.delete('ann')
    looking.resolve()
    assert.equal((await socket.ask({ call: 1, to: 'mine' })).output, 'carl')
    assert.equal((await socket.ask({ call: 2, to: 'mine' })).output, 'carl')
    socket.close()
  })
})

describe('a session that is over', () => {
  it('is not kept alive by new headers that come faster than they are looked at', async () => {
    await using running = await start({ recheck: 0 })
    const { gate } = running
    const looking: PromiseWithResolvers<void>[] = []
    gate.pass = (door) => {
      looking.push(Promise.withResolvers())
      gate.see(`${door} ${looking.length}`)
      return looking.at(-1)?.promise ?? Promise.resolve()
    }
    const socket = await running.open()
    gate.users.delete('ann')
    const auth = { authorization: 'Bearer slow-ann' }
    socket.send({ auth })
    await gate.until('slow-ann 1')
    for (let call = 1; call <= 3; call++) {
      socket.send({ auth })
      assert.equal((await socket.ask({ call, to: 'mine' })).output, 'ann')
    }
    looking[0]?.resolve()
    assert.equal(await socket.closed, 4401)
    assert.equal(looking.length, 1)
  })
  it('gives way to the last of the headers that came meanwhile', async () => {
    await using running = await start({ recheck: 0 })
    const { gate } = running
    const socket = await running.open()
    socket.send({ auth: { authorization: 'Bearer slow-ann' } })
    await gate.until('at slow-ann')
    for (const user of ['nobody', 'carl']) socket.send({ auth: { authorization: `Bearer ${user}` } })
    await socket.ask({ call: 1, to: 'mine' })
    gate.door('slow-ann').resolve()
    await socket.next(({ ready }) => ready !== undefined)
    assert.equal((await socket.ask({ call: 2, to: 'mine' })).output, 'carl')
    assert.deepEqual(socket.frames, [])
    socket.close()
  })
})

describe('a session that nobody can look up', () => {
  it('is not asked for again and again meanwhile', async () => {
    await using running = await start({ recheck: 20 })
    const asked = { 'slow-ann': 0, 'slow-carl': 0 }
    for (const door of Object.keys(asked)) running.gate.door(door).resolve()
    const sockets = [await running.open('slow-ann'), await running.open('slow-carl')]
    running.gate.pass = async (door) => {
      const count = ++asked[door as keyof typeof asked]
      if (door === 'slow-ann') return new Promise(() => {})
      if (count === 5) running.gate.see('enough')
    }
    await running.gate.until('enough')
    assert.equal(asked['slow-ann'], 1)
    for (const socket of sockets) socket.close()
  })
})

describe('a session that takes the place of another on a socket', () => {
  it('has none of its channels and streams, also not those that were just beginning', async () => {
    await using running = await start()
    const socket = await running.open()
    await socket.ask({ open: 1, to: '/room' })
    socket.send({ open: 2, to: '/room', input: { door: 'front' } })
    socket.send({ call: 3, to: 'tick', credit: 1 })
    await socket.next(({ item }) => item === 3)
    socket.send({ auth: { authorization: 'Bearer carl' } })
    for (const id of [1, 2, 3]) {
      const { problem } = await socket.next(({ fail }) => fail === id)
      assert.equal(problem?.code, 'UNAUTHENTICATED')
    }
    await socket.next(({ ready }) => ready !== undefined)
    await running.gate.until('ann left')
    await running.gate.until('over')
    socket.close()
  })
  it('has them where it is the same one with another proof', async () => {
    await using running = await start()
    running.gate.users.set('other', 'ann')
    const socket = await running.open()
    await socket.ask({ open: 1, to: '/room' })
    socket.send({ auth: { authorization: 'Bearer other' } })
    await socket.next(({ ready }) => ready !== undefined)
    assert.equal((await socket.ask({ send: 2, on: 1, to: 'store', input: {} })).done, 2)
    socket.close()
  })
})

describe('a stream that never waits', () => {
  it('lets others have their turn, however much credit it is given', async () => {
    await using running = await start()
    const [socket, other] = [await running.open(), await running.open()]
    const credit = 65_536
    let items = 0
    socket.socket.on('message', () => items++)
    socket.send({ call: 1, to: 'tick', credit })
    await socket.next(({ item }) => item === 1)
    assert.equal((await other.ask({ call: 1, to: 'mine' })).output, 'ann')
    assert.ok(items < credit / 2, `after ${items} items`)
    socket.close()
    other.close()
  })
})

describe('files that a hostile client sends', () => {
  it('run their call once, whatever follows them', async () => {
    await using running = await start()
    const socket = await running.open()
    socket.send({ call: 1, to: 'store', input: { file: null }, files: [head] })
    socket.socket.send(piece(1, 'ab'))
    await running.gate.until('at store')
    socket.socket.send(piece(1, ''))
    assert.equal(await socket.closed, 4002)
    assert.equal(running.gate.seen.filter((what) => what === 'stored').length, 1)
  })
  it('are kept for nobody who may not call', async () => {
    await using running = await start()
    const socket = await TestSocket.open(running.target)
    const { problem } = await socket.ask({ call: 1, to: 'store', input: { file: null }, files: [head] })
    assert.equal(problem?.code, 'UNAUTHENTICATED')
    socket.close()
  })
  it('are kept only up to so many bytes, be it those of one call', async () => {
    await using running = await start({ files: 1_000 })
    const socket = await running.open()
    const store = (call: number, size: number) => ({
      call,
      to: 'store',
      input: { file: null },
      files: [{ ...head, size }],
    })
    socket.send(store(1, 1_001))
    assert.equal((await socket.ask(store(2, 1))).problem?.code, 'TOO_MANY_REQUESTS')
    await socket.ask({ call: 3, to: 'mine' })
    socket.send({ end: 1 })
    for (const call of [4, 5]) socket.send(store(call, 500))
    assert.equal((await socket.ask(store(6, 1))).problem?.code, 'TOO_MANY_REQUESTS')
    running.gate.door('store').resolve()
    socket.socket.send(piece(4, 'x'.repeat(500)))
    await socket.next(({ done }) => done === 4)
    socket.send(store(7, 1))
    socket.socket.send(piece(7, 'x'))
    await socket.next(({ done }) => done === 7)
    socket.close()
  })
  it('in crumbs count as messages', async () => {
    await using running = await start({ rate: 1, burst: 20 })
    const socket = await running.open()
    socket.send({ call: 1, to: 'store', input: { file: null }, files: [{ ...head, size: 1000 }] })
    for (let sent = 0; sent < 100; sent++) socket.socket.send(piece(1, 'x'))
    assert.equal(await socket.closed, 4029)
  })
  it('that never come are not waited for', async () => {
    await using running = await start({ beat: 20, silence: 60 })
    const socket = await running.open()
    socket.socket.on('message', (data: Buffer) => String(data) === '{"ping":0}' && socket.send({ pong: 0 }))
    const { problem } = await socket.ask({ call: 1, to: 'store', input: { file: null }, files: [head] })
    assert.equal(problem?.code, 'REQUEST_TIMEOUT')
    socket.close()
  })
})

describe('a channel', () => {
  it('keeps only so many events while it opens, and says that they are not whole', async () => {
    await using running = await start()
    const socket = await running.open()
    socket.send({ open: 1, to: '/room', input: { door: 'late' } })
    await running.gate.until('joined')
    for (let event = 0; event < 90_000; event++) await hub.publish('room', { event: 'said', data: undefined })
    running.gate.door('late').resolve()
    assert.equal((await socket.next(({ open }) => open === 1)).whole, false)
    await socket.ask({ send: 2, on: 1, to: 'say' })
    const heard = socket.frames.filter(({ event }) => event === 1).length
    assert.ok(heard < 50_000, `${heard} events were kept`)
    socket.close()
  })
  it('whose id is used again while it still opens is not taken for the new one', async () => {
    await using running = await start()
    const { gate } = running
    const socket = await running.open()
    socket.send({ open: 1, to: '/room', input: { door: 'first' } })
    await gate.until('at first')
    assert.deepEqual(await socket.ask({ end: 1 }), { done: 1 })
    assert.equal((await socket.ask({ open: 1, to: '/room' })).open, 1)
    gate.door('first').reject(new Error('no'))
    assert.deepEqual((await socket.ask({ send: 2, on: 1, to: 'store', input: {} })).done, 2)
    socket.close()
    await gate.until('ann left')
    await gate.until('over')
  })
  it('that has ended runs no message that waited for its turn, and holds none of them', async () => {
    await using running = await start({ open: 4 })
    const { gate } = running
    const socket = await running.open()
    for (let turn = 0; turn < 5; turn++) {
      const [id, door] = [1 + 10 * turn, `door ${turn}`]
      await socket.ask({ open: id, to: '/room' })
      socket.send({ send: id + 1, on: id, to: 'pass', input: { door } })
      socket.send({ send: id + 2, on: id, to: 'store', input: {} })
      await gate.until(`at ${door}`)
      await socket.ask({ end: id })
      gate.door(door).resolve()
      await socket.next(({ done }) => done === id + 1)
    }
    assert.equal(gate.seen.includes('stored'), false)
    socket.close()
  })
  it('that does not open holds none of the messages that waited for it', async () => {
    await using running = await start({ open: 4 })
    const { gate } = running
    const socket = await running.open()
    for (let turn = 0; turn < 5; turn++) {
      const [id, door] = [1 + 10 * turn, `door ${turn}`]
      socket.send({ open: id, to: '/room', input: { door } })
      socket.send({ send: id + 1, on: id, to: 'store', input: {} })
      await gate.until(`at ${door}`)
      gate.door(door).reject(new Error('no'))
      await socket.next(({ fail }) => fail === id)
    }
    assert.equal((await socket.ask({ call: 99, to: 'mine' })).output, 'ann')
    socket.close()
  })
  it('that has ended runs no message whose files came later', async () => {
    await using running = await start()
    const socket = await running.open()
    await socket.ask({ open: 1, to: '/room' })
    socket.send({ send: 2, on: 1, to: 'store', input: { file: null }, files: [head] })
    await socket.ask({ end: 1 })
    socket.socket.send(piece(2, 'ab'))
    assert.equal((await socket.ask({ call: 3, to: 'mine' })).output, 'ann')
    assert.equal(running.gate.seen.includes('stored'), false)
    socket.close()
  })
  it('that is opened again and again with an old id waits, and holds up nothing else', async () => {
    // What was missed is 300 events; so many messages at once are 1,000 of them.
    await using running = await start({ rate: 0.001, burst: 20 })
    const socket = await running.open()
    const { id } = await socket.ask({ open: 1, to: '/room' })
    for (let event = 0; event < 300; event++) await hub.publish('room', { event: 'said', data: undefined })
    for (const open of [2, 3, 4, 5]) assert.equal((await socket.ask({ open, to: '/room', after: id })).open, open)
    socket.frames.length = 0
    for (const open of [6, 7]) socket.send({ open, to: '/room', after: id })
    await socket.ask({ open: 8, to: '/room' })
    await socket.ask({ send: 9, on: 8, to: 'store', input: {} })
    await socket.ask({ end: 6 })
    await socket.ask({ call: 10, to: 'mine' })
    assert.deepEqual(socket.frames, [])
    await hub.publish('room', { event: 'said', data: undefined })
    const heard = new Set<number | undefined>()
    while (heard.size < 6) heard.add((await socket.event('said')).event)
    assert.deepEqual([...heard].sort(), [1, 2, 3, 4, 5, 8])
    socket.close()
  })
  it('joins a topic once, and again where that failed', async () => {
    await using running = await start()
    const socket = await running.open()
    await socket.ask({ open: 1, to: '/room', input: { door: 'away' } })
    await socket.ask({ send: 2, on: 1, to: 'say', input: {} })
    await socket.event('said')
    await socket.ask({ send: 3, on: 1, to: 'say', input: {} })
    await socket.event('said')
    assert.deepEqual(socket.frames, [])
    socket.close()
  })
  it('is left by who opened it, though that session is over', async () => {
    await using running = await start({ recheck: 20 })
    const socket = await running.open()
    await socket.ask({ open: 1, to: '/room' })
    running.gate.users.clear()
    assert.equal(await socket.closed, 4401)
    await running.gate.until('ann left')
  })
  it('is left before the services of a server that stops are disposed', async () => {
    const { gate, server, open } = await start()
    const socket = await open()
    gate.door('exit').resolve()
    await socket.ask({ open: 1, to: '/room', input: { door: 'exit' } })
    await server.close()
    assert.deepEqual(
      gate.seen.filter((what) => what === 'ann left' || what === 'disposed'),
      ['ann left', 'disposed'],
    )
  })
})

describe('a socket', () => {
  it('of a server with TLS is for no page that came without', async () => {
    const pem = (name: string) => readFile(join(import.meta.dirname, 'testing', 'tls', `${name}.pem`), 'utf8')
    const [cert, key] = await Promise.all([pem('cert'), pem('key')])
    await using running = await start({}, { tls: { cert, key } })
    const headers = { ...ann, origin: running.server.url.replace('https', 'http') }
    assert.equal((await refusal(running.target, { headers })).status, 403)
    const socket = await TestSocket.open(running.target, { headers: { ...ann, origin: running.server.url } })
    socket.close()
  })
  it('is for a page of the host that was asked, though a proxy names its port', async () => {
    await using running = await start()
    const from = (host: string, origin: string) => ({ headers: { ...ann, host, origin } })
    const socket = await TestSocket.open(running.target, from('a.example:443', 'https://a.example'))
    socket.close()
    for (const origin of ['http://a.example', 'https://a.example:8443', 'https://evil.example'])
      assert.equal((await refusal(running.target, from('a.example:443', origin))).status, 403)
  })
  it('is answered even where the answer is nothing that JSON can say', async () => {
    await using running = await start()
    const socket = await running.open()
    assert.equal((await socket.ask({ call: 1, to: 'odd' })).problem?.code, 'INTERNAL')
    socket.close()
  })
  it('that sends too many pings of the WebSocket protocol is cut', async () => {
    await using running = await start({ rate: 1, burst: 20 })
    const socket = connectSocket(running.target, { headers: ann })
    await once(socket, 'open')
    socket.ping('x')
    const [answer] = await once(socket, 'pong')
    assert.equal(String(answer), 'x')
    for (let sent = 0; sent < 50; sent++) socket.ping()
    const [code] = await once(socket, 'close')
    assert.equal(code, 4029)
  })
  it('that is refused is not held open by a client that does not hang up', async () => {
    await using running = await start()
    const { host, port } = new URL(running.server.url)
    const socket = connect({ port: Number(port), host: 'localhost', allowHalfOpen: true })
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(
      `GET /rpc HTTP/1.1\r\nhost: ${host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
        'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n' +
        'sec-websocket-protocol: pikku.v1\r\nauthorization: Bearer wrong\r\n\r\n',
    )
    socket.resume()
    await once(socket, 'end')
    // What is written to a connection that the server holds no more comes back as a reset.
    const reset = new Promise((resolve) => socket.once('close', resolve))
    const writing = setInterval(() => socket.write('x'), 5)
    await reset
    clearInterval(writing)
  })
})
