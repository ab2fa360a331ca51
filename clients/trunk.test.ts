import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FromTrunk, Trunk } from './trunk.ts'

/** A trunk, what it has said, and its end of the socket. */
function setUp() {
  const said: FromTrunk[] = []
  const socket = { onmessage: (_: { data: unknown }) => {}, onclose: () => {}, onerror: null, send() {}, close() {} }
  const trunk = new Trunk(
    socket,
    (message) => said.push(message),
    () => {},
  )
  const receive = (data: object | ArrayBuffer) =>
    socket.onmessage({ data: data instanceof ArrayBuffer ? data : JSON.stringify(data) })
  return { trunk, said, receive, [Symbol.dispose]: () => trunk.take({ from: 'a', left: 1000 }) }
}

test('a tab that says twice that it is there is told once that the socket is ready', () => {
  using set = setUp()
  set.trunk.take({ from: 'a' })
  set.receive({ ready: { beat: 1 } })
  set.trunk.take({ from: 'a' })
  assert.equal(set.said.filter(({ data }) => `${data}`.includes('ready')).length, 1)
})

test('bytes of a file go to the tab that asked, as long as there are any', () => {
  using set = setUp()
  set.trunk.take({ from: 'a' })
  const bytes = (number: number) => new Uint8Array([0, 0, 0, number, 1, 2, 3]).buffer
  for (const [number, size] of [
    [1, 6],
    [2, 0],
  ] as const) {
    set.trunk.take({ from: 'a', data: JSON.stringify({ send: 10 + number, on: 1 }) })
    set.receive({ done: number, file: { size } })
    for (let part = 0; part < 3; part++) set.receive(bytes(number))
  }
  const parts = set.said.flatMap(({ data }) => (data instanceof ArrayBuffer ? [new DataView(data).getUint32(0)] : []))
  assert.deepEqual(parts, [11, 11])
})
