import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createHono } from '../hono.ts'
import { memoryHub } from '../hub.ts'
import type { Frame } from '../testing/conformance/socket.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import type { ConnectionSnapshot, Peer } from './connection.ts'
import { Sockets } from './sockets.ts'

const hub = memoryHub()

/** A server as it begins, with the hub that is there before and after. */
function begin(): Sockets {
  const { services, ...options } = setup()
  const { runtime } = createHono(app, { ...options, services: { ...services, hub: () => hub } }).operations
  return new Sockets(runtime, () => false)
}

/** The other side of a socket, which remembers what it was sent. */
class KeptPeer implements Peer {
  readonly frames: Frame[] = []
  code: number | undefined
  #wake = () => {}

  send(message: string | Uint8Array): number {
    this.frames.push(JSON.parse(String(message)))
    this.#wake()
    return 0
  }

  close(code: number): void {
    this.code = code
  }

  /** The next frame that is of this kind. */
  async next(is: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const at = this.frames.findIndex(is)
      if (at !== -1) return this.frames.splice(at, 1)[0] as Frame
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

const handshake: Readonly<Record<string, string>> = {
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'pikku.v1',
  authorization: 'Bearer bob-token',
}

async function connect() {
  const sockets = begin()
  const header = (name: string) => handshake[name]
  const request = { method: 'GET', url: 'http://localhost/rpc', address: '192.0.2.1', header }
  const peer = new KeptPeer()
  const connection = sockets.open(peer, await sockets.admit(request))
  const send = (frame: object) => connection.receive(JSON.stringify(frame))
  const open = async (id: number, room: string) => {
    send({ open: id, to: '/rooms/:room', input: { room } })
    await peer.next((frame) => frame.open === id)
  }
  return { connection, peer, send, open, sockets }
}

/** What is restored is data: it goes through text. */
async function restore(snapshot: ConnectionSnapshot | undefined) {
  assert.ok(snapshot)
  const read: ConnectionSnapshot = JSON.parse(JSON.stringify(snapshot))
  const peer = new KeptPeer()
  const connection = begin().restore(peer, read)
  await connection.resume(read)
  return { connection, peer, send: (frame: object) => connection.receive(JSON.stringify(frame)) }
}

describe('a snapshot of a connection', () => {
  it('is gone on with: who it is, its channels, and what was published meanwhile', async () => {
    const { connection, peer, send, open } = await connect()
    await open(1, 'kept')
    send({ send: 2, on: 1, to: 'say', input: { text: 'a' } })
    await peer.next(({ done }) => done === 2)
    const snapshot = connection.snapshot()
    await hub.publish('rooms:kept', { event: 'posted', data: { text: 'b', by: 'ann', at: new Date(0) } })

    const after = await restore(snapshot)
    const posted = after.peer.frames.filter(({ name }) => name === 'posted')
    assert.deepEqual(
      posted.map(({ data }) => (data as { text: string }).text),
      ['b'],
    )
    assert.equal(
      after.peer.frames.some(({ open, ready }) => open !== undefined || ready !== undefined),
      false,
    )
    after.send({ call: 3, to: 'notes.mine', input: {} })
    assert.equal((await after.peer.next(({ done }) => done === 3)).output, 'bob')
    after.send({ send: 4, on: 1, to: 'say', input: { text: 'c' } })
    await after.peer.next(({ done }) => done === 4)
    assert.equal(after.connection.id, connection.id)
  })

  it('is none while something is open that has no end of its own', async () => {
    const { connection, peer, send, open } = await connect()
    send({ call: 1, to: 'streams.ticks', input: { upTo: 0 } })
    assert.equal(connection.snapshot(), undefined)
    send({ end: 1 })
    assert.ok(connection.snapshot())
    send({ call: 2, to: 'failures.slow', input: {} })
    assert.equal(connection.snapshot(), undefined)
    await peer.next(({ fail }) => fail === 2)
    await open(3, 'a')
    assert.equal(connection.snapshot()?.exchange.channels.length, 1)
  })

  it('has told its client of channels that cannot be opened again', async () => {
    const { connection, open } = await connect()
    await open(1, 'b')
    const snapshot = connection.snapshot()
    assert.ok(snapshot)
    const [channel] = snapshot.exchange.channels
    assert.ok(channel)
    const channels = [
      { ...channel, input: { room: 'closed' } },
      { ...channel, id: 2, path: '/gone' },
    ]
    const { peer } = await restore({ ...snapshot, exchange: { last: 2, channels } })
    assert.equal((await peer.next(({ fail }) => fail === 1)).problem?.code, 'ROOM_CLOSED')
    assert.equal((await peer.next(({ fail }) => fail === 2)).problem?.code, 'NOT_FOUND')
  })

  it('runs nothing for a session that is over', async () => {
    const { connection, open } = await connect()
    await open(1, 'c')
    const snapshot = connection.snapshot()
    assert.ok(snapshot)
    const headers = [['authorization', 'Bearer wrong']] as const
    const { peer } = await restore({ ...snapshot, pass: { ...snapshot.pass, headers } })
    assert.equal(peer.code, 4401)
    assert.deepEqual(peer.frames, [])
  })
})
