import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import {
  attachments,
  type ChannelClient,
  type ChannelEntries,
  createSocketClient,
  idempotencyKey,
  PikkuError,
  type SocketOptions,
} from './fetch.ts'
import { type Peer, serveSockets } from './testing/socket-server.ts'

mock.method(Math, 'random', () => 0)

interface Messages {
  share: { input: { text: string; until: Date; files: (File | Blob)[] }; output: { at: Date } }
  keep: { input: { file: File }; output: void }
  fetch: { input: { name: string }; output: File }
}

const channels = {
  '/files': {
    m: {
      share: { o: ['o', { at: 'd' }], f: attachments },
      keep: { f: attachments, k: idempotencyKey },
      fetch: { f: attachments },
    },
  },
} as const satisfies ChannelEntries

const at = '2026-11-22T10:00:00.000Z'

async function openFiles(url: string, options: SocketOptions = {}) {
  const api = createSocketClient<{ channel(path: string): ChannelClient<{}, Messages> }>(url, {}, channels, options)
  return api.channel('/files')
}

async function open(peer: Peer) {
  const frame = await peer.next()
  peer.send({ open: frame.open })
}

/** The bytes that came for a frame, once there are so many. */
async function bytesOf(peer: Peer, id: unknown, size: number): Promise<Buffer> {
  for (;;) {
    const parts = peer.bytes.filter((part) => part.readUInt32BE(0) === id)
    const all = Buffer.concat(parts.map((part) => part.subarray(4)))
    if (all.length >= size) return all
    await peer.nextBytes()
  }
}

/** A message of bytes. */
function message(id: number, text: string): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt32BE(id)
  return Buffer.concat([head, Buffer.from(text)])
}

describe('a message with files', () => {
  test('sends their bytes after its frame, in messages that are not too large', async () => {
    await using server = await serveSockets()
    using room = await openFiles(server.url)
    const large = Buffer.alloc(150_000, 'ab')
    const shared = room.send('share', {
      text: 'Hi',
      until: new Date(at),
      files: [new File([large], 'a.png', { type: 'image/png' }), new Blob([]), new Blob(['end'])],
    })
    const peer = await server.peer()
    await open(peer)
    const { send, input, files } = await peer.next()
    assert.deepEqual(input, { text: 'Hi', until: at, files: [null, null, null] })
    assert.deepEqual(files, [
      { at: ['files', 0], name: 'a.png', type: 'image/png', size: 150_000 },
      { at: ['files', 1], type: '', size: 0 },
      { at: ['files', 2], type: '', size: 3 },
    ])
    assert.deepEqual(await bytesOf(peer, send, 150_003), Buffer.concat([large, Buffer.from('end')]))
    assert.ok(peer.bytes.every(({ length }) => length <= 65_536))
    peer.send({ done: send, output: { at } })
    assert.deepEqual(await shared, { at: new Date(at) })
  })

  test('is sent again whole, when it has a key and the socket was lost', async () => {
    await using server = await serveSockets()
    using room = await openFiles(server.url)
    const kept = room.send('keep', { file: new File(['abc'], 'a') })
    const first = await server.peer()
    await open(first)
    const { send } = await first.next()
    first.cut()
    const second = await server.peer()
    await open(second)
    assert.equal((await second.next()).send, send)
    assert.equal(`${await bytesOf(second, send, 3)}`, 'abc')
    second.send({ done: send })
    await kept
  })

  test('is answered with a file', async () => {
    await using server = await serveSockets()
    using room = await openFiles(server.url)
    const [one, other] = [room.send('fetch', { name: 'a' }), room.send('fetch', { name: 'b' })]
    const peer = await server.peer()
    await open(peer)
    await peer.next()
    await peer.next()
    peer.send(
      { done: 2, file: { name: 'a.txt', type: 'text/plain', size: 6 } },
      message(2, 'abc'),
      { done: 3, file: { type: 'text/plain', size: 0 } },
      message(2, 'def'),
    )
    const file = await one
    assert.deepEqual([file.name, file.type, await file.text()], ['a.txt', 'text/plain', 'abcdef'])
    assert.equal((await other).size, 0)
  })

  test('leaves nothing on the socket, be it answered or left', async () => {
    await using server = await serveSockets()
    let listeners = 0
    class Counting extends WebSocket {
      override addEventListener(...how: Parameters<WebSocket['addEventListener']>): void {
        listeners++
        super.addEventListener(...how)
      }
      override removeEventListener(...how: Parameters<WebSocket['removeEventListener']>): void {
        listeners--
        super.removeEventListener(...how)
      }
    }
    using room = await openFiles(server.url, { WebSocket: Counting })
    const peer = await server.peer()
    await open(peer)
    await room.opened
    // Those of the client itself.
    const own = listeners
    const leaving = new AbortController()
    const kept = room.send('keep', { file: new File(['abc'], 'a') })
    const left = assert.rejects(room.send('fetch', { name: 'a' }, leaving), /left/)
    const [{ send }] = [await peer.next(), await peer.next()]
    assert.equal(listeners, own + 4)
    peer.send({ done: send })
    await kept
    leaving.abort(new Error('left'))
    await left
    assert.equal(listeners, own)
  })

  test('is not waited for by who sends its bytes when the socket is lost', async () => {
    await using server = await serveSockets()
    let looks = 0
    class Full extends WebSocket {
      // What was not sent when it was closed stays so.
      override get bufferedAmount(): number {
        looks++
        return 2_000_000
      }
    }
    using room = await openFiles(server.url, { WebSocket: Full })
    const lost = room.send('share', { text: '', until: new Date(at), files: [new Blob(['abc'])] })
    const peer = await server.peer()
    await open(peer)
    await peer.next()
    while (looks < 3) await setTimeout(5)
    peer.cut()
    await assert.rejects(lost)
    await setTimeout(50)
    const before = looks
    for (let turn = 0; turn < 10; turn++) await setTimeout(20)
    assert.equal(looks, before)
  })

  test('fails when the socket is lost before all of its file came, and with the error of the server', async () => {
    await using server = await serveSockets()
    using room = await openFiles(server.url)
    const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code
    const failed = assert.rejects(room.send('fetch', { name: 'a' }), isCode('NOT_FOUND'))
    const cut = assert.rejects(room.send('fetch', { name: 'b' }), isCode('UNREACHABLE'))
    const peer = await server.peer()
    await open(peer)
    await peer.next()
    peer.send({ fail: 2, problem: { code: 'NOT_FOUND', status: 404 } })
    await failed
    await peer.next()
    peer.send({ done: 3, file: { type: 'text/plain', size: 6 } }, message(3, 'abc'))
    peer.cut()
    await cut
  })
})
