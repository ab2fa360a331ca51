import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { frames } from '../realtime/frames.ts'
import { ObjectPeer } from './object-peer.ts'
import type { ObjectSocket } from './shape.ts'

function connect() {
  const sent: (string | Uint8Array)[] = []
  const socket = {
    readyState: 1,
    send: (message: string | Uint8Array) => void sent.push(message),
    close: () => void sent.push('closed'),
    serializeAttachment() {},
    deserializeAttachment: () => null,
  } satisfies ObjectSocket
  const peer = new ObjectPeer(socket, () => {})
  return { socket, peer, pings: () => sent.filter((message) => message === frames.ping).length, sent }
}

describe('the other side of a socket of a Durable Object', () => {
  it('counts what has not been read, by the pings that are answered', () => {
    const { peer, pings } = connect()
    const message = 'x'.repeat(100_000)
    assert.equal(peer.send(message), 100_000)
    peer.send(message)
    assert.equal(pings(), 0)
    assert.equal(peer.send(message), 300_000)
    assert.equal(pings(), 1)
    assert.equal(peer.send(message), 400_000)
    peer.acknowledged()
    assert.equal(peer.send(new Uint8Array(100_000)), 200_000)
    // Nobody asked.
    peer.acknowledged()
    assert.equal(peer.send(message), 300_000)
  })

  it('takes the pings of the connection for its own', () => {
    const { peer } = connect()
    peer.send('x'.repeat(1_000))
    peer.send(frames.ping)
    peer.acknowledged()
    assert.equal(peer.send('x'), 1)
  })

  it('leaves a socket alone that is closing already', () => {
    const { peer, socket, sent } = connect()
    socket.readyState = 2
    peer.send('x')
    peer.close(1000, '')
    assert.deepEqual(sent, [])
  })
})
