import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { type Frame, refusal, TestSocket } from '../socket.ts'
import type { Target } from '../target.ts'

const bob = { authorization: 'Bearer bob-token' }

/** A room that no other test is in. */
const freshRoom = (): string => crypto.randomUUID()

async function inRoom(target: Target, room = freshRoom(), id = 1): Promise<TestSocket> {
  const socket = await TestSocket.bob(target)
  await open(socket, room, id)
  return socket
}

async function open(socket: TestSocket, room: string, id: number, after?: string): Promise<Frame> {
  const frame = await socket.ask({ open: id, to: '/rooms/:room', input: { room }, after })
  assert.equal(frame.open, id, JSON.stringify(frame))
  return frame
}

/** The code with which a socket is closed that does this. */
async function broken(target: Target, break_: (one: TestSocket) => void): Promise<number> {
  const one = await TestSocket.open(target)
  break_(one)
  return one.closed
}

const goodKey = 'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n'

/** What a handshake is answered with, as it is. */
function upgrade(target: Target, path: string, key: string): Promise<string> {
  return target.send(
    `GET ${path} HTTP/1.1\r\nhost: ${new URL(target.url).host}\r\nconnection: upgrade\r\nupgrade: websocket\r\n` +
      `sec-websocket-version: 13\r\nsec-websocket-protocol: pikku.v1\r\n${key}\r\n`,
    /\r\n\r\n/,
  )
}

export const sockets = group('sockets', (it) => {
  const socket = (name: string, run: (target: Target) => Promise<void>) => it(name, 'sockets', run)

  socket('answers calls, each by its id', async (target) => {
    const one = await TestSocket.bob(target)
    one.send({ call: 1, to: 'notes.mine', input: {} })
    one.send({ call: 2, to: 'probe.noted', input: { id: 'nothing' } })
    assert.deepEqual(await one.next(({ done }) => done === 2), { done: 2, output: {} })
    assert.deepEqual(await one.next(({ done }) => done === 1), { done: 1, output: 'bob' })
    one.close()
  })
  socket(
    'answers a call that fails with problem details, and keeps to itself what only the server may know',
    async (target) => {
      const one = await TestSocket.bob(target)
      const { problem } = await one.ask({ call: 1, to: 'nope', input: {} })
      assert.equal(problem?.code, 'NOT_FOUND')
      assert.equal((await one.ask({ call: 2, to: 'probe.noted', input: {} })).problem?.code, 'INVALID_INPUT')
      assert.equal((await one.ask({ call: 3, to: '__proto__', input: {} })).problem?.code, 'NOT_FOUND')
      assert.equal((await one.ask({ call: 4, to: 'uploads.store', input: {} })).problem?.code, 'BAD_REQUEST')
      one.close()
    },
  )
  socket('knows who comes by a cookie, a header and headers in the subprotocol', async (target) => {
    const mine = async (how: Parameters<typeof TestSocket.open>[1]) => {
      const one = await TestSocket.open(target, how)
      const { output, problem } = await one.ask({ call: 1, to: 'notes.mine', input: {} })
      one.close()
      return output ?? problem?.code
    }
    assert.equal(await mine({ headers: { cookie: target.cookie('sid=ann'), origin: target.url } }), 'ann')
    assert.equal(await mine({ headers: { 'x-api-key': 'key-of-carl' } }), 'carl')
    const sent = (headers: object) => [
      'pikku.v1',
      `pikku.headers.${Buffer.from(JSON.stringify(headers)).toString('base64url')}`,
    ]
    const cookie = target.cookie('sid=ann')
    assert.equal(await mine({ protocols: sent({ Authorization: 'Bearer bob-token', cookie }) }), 'bob')
    assert.equal(await mine({ protocols: sent({ cookie }) }), 'ann')
    // Browsers let no page write cookies.
    assert.equal(await mine({ protocols: sent({ cookie }), headers: { origin: target.url } }), 'UNAUTHENTICATED')
    assert.equal(await mine({}), 'UNAUTHENTICATED')
  })
  socket('refuses a handshake before there is a socket', async (target) => {
    const refused = async (how: Parameters<typeof refusal>[1], status: number, code: string) => {
      const answer = await refusal(target, how)
      assert.equal(answer.status, status, answer.body)
      if (target.can('refusalBodies')) assert.equal(JSON.parse(answer.body).code, code)
    }
    await refused({ headers: { origin: 'https://evil.example' } }, 403, 'FORBIDDEN')
    await refused({ headers: { origin: 'null' } }, 403, 'FORBIDDEN')
    await refused({ headers: { authorization: 'Bearer wrong' } }, 401, 'UNAUTHENTICATED')
    await refused({ protocols: ['graphql-ws'] }, 400, 'BAD_REQUEST')
    await refused({ protocols: ['pikku.v1', 'pikku.headers.bm90IGpzb24'] }, 400, 'BAD_REQUEST')
    const allowed = await TestSocket.open(target, {
      headers: { origin: 'https://app.example.com', cookie: target.cookie('sid=ann') },
    })
    allowed.close()
  })
  socket('refuses odd targets and handshakes without a key, and lives', async (target) => {
    for (const path of ['/elsewhere', '//', '/rpc//', '/rpc/%00', '/%'])
      assert.match(await upgrade(target, path, goodKey), /^HTTP\/1\.1 4\d\d/, path)
    assert.match(await upgrade(target, '/rpc', ''), /^HTTP\/1\.1 4\d\d/)
    assert.match(await upgrade(target, '/rpc', 'sec-websocket-key: short\r\n'), /^HTTP\/1\.1 4\d\d/)
    assert.equal((await target.rpc('probe.noted', { id: 'x' })).status, 200)
  })
  it('refuses a target with a fragment', 'rawTargets', async (target) => {
    assert.match(await upgrade(target, '/rpc#x', goodKey), /^HTTP\/1\.1 4\d\d/)
  })
  it('sends a stream as there is credit for it', 'sockets', 'socketStreams', async (target) => {
    const one = await TestSocket.open(target)
    one.send({ call: 1, to: 'streams.ticks', input: { upTo: 3 }, credit: 2 })
    assert.equal((await one.next(({ item }) => item === 1)).output, 1)
    assert.equal((await one.next(({ item }) => item === 1)).output, 2)
    // An answer to another call shows that no third item was on its way before it.
    assert.equal((await one.ask({ call: 2, to: 'probe.noted', input: { id: 'x' } })).done, 2)
    assert.deepEqual(one.frames, [])
    one.send({ more: 1, credit: 5 })
    assert.equal((await one.next(({ item }) => item === 1)).output, 3)
    assert.deepEqual(await one.next(({ done }) => done === 1), { done: 1 })
    one.close()
  })
  it('says that a stream failed, and not why', 'sockets', 'socketStreams', async (target) => {
    const one = await TestSocket.open(target)
    one.send({ call: 1, to: 'streams.ticks', input: { upTo: 20 }, credit: 50 })
    const { problem } = await one.next(({ fail }) => fail === 1)
    assert.equal(problem?.code, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(problem), /unlucky/)
    one.close()
  })
  it('goes on with a stream after the id that the client has', 'sockets', 'socketStreams', async (target) => {
    const one = await TestSocket.open(target)
    one.send({ call: 1, to: 'streams.counted', input: { upTo: 3 }, credit: 9, after: '2' })
    assert.deepEqual(await one.next(({ item }) => item === 1), { item: 1, output: { count: 3 }, id: '3' })
    assert.deepEqual(await one.next(({ item }) => item === 1), { item: 1, id: 'end' })
    one.close()
  })
  it(
    'ends a generator when the client ends its stream, and when the socket closes',
    'sockets',
    'socketStreams',
    async (target) => {
      const one = await TestSocket.open(target)
      await target.forget('counting')
      one.send({ call: 1, to: 'streams.counting', input: {}, credit: 1000 })
      await one.next(({ item }) => item === 1)
      one.send({ end: 1 })
      assert.equal(await target.untilNoted('counting'), 'ended')
      await target.forget('counting')
      one.send({ call: 2, to: 'streams.counting', input: {}, credit: 1000 })
      await one.next(({ item }) => item === 2)
      one.close()
      assert.equal(await target.untilNoted('counting'), 'ended')
    },
  )
  socket('answers what is no frame with an error, and stays', async (target) => {
    const one = await TestSocket.open(target)
    const bad = [
      'x',
      '',
      '[]',
      'null',
      '{}',
      '{"call":1}',
      '{"call":-1,"to":"x"}',
      '{"call":1.5,"to":"x"}',
      '{"call":"1","to":"x"}',
      '{"call":4294967296,"to":"x"}',
      '{"call":1,"to":"probe.noted","input":{"__proto__":{"polluted":true}}}',
      `{"call":1,"to":"probe.noted","input":${'['.repeat(100)}${']'.repeat(100)}}`,
      '{"more":1,"credit":-1}',
      '{"auth":{"authorization":1}}',
    ]
    for (const text of bad) {
      one.send(text)
      const { problem } = await one.next(({ fail }) => fail === 0)
      assert.equal(problem?.status, 400, text)
    }
    assert.equal((await one.ask({ call: 7, to: 'probe.polluted', input: {} })).output, false)
    one.close()
  })
  socket('closes a socket whose message is too large, with a code', async (target) => {
    assert.equal(await broken(target, (one) => one.send('x'.repeat(70_000))), 1009)
  })
  it('closes a socket that sends bytes for nothing, with a code', 'sockets', 'binaryFrames', async (target) => {
    assert.equal(await broken(target, (one) => one.socket.send(Buffer.from([0, 0, 0, 9, 1]))), 4002)
    assert.equal(await broken(target, (one) => one.socket.send(Buffer.from([1]))), 4002)
  })
  it('closes a socket that breaks the protocol, with a code', 'sockets', 'oneProcess', async (target) => {
    const again = (one: TestSocket) => {
      one.send({ call: 2, to: 'streams.ticks', input: { upTo: 0 } })
      one.send({ call: 2, to: 'streams.ticks', input: { upTo: 0 } })
    }
    assert.equal(await broken(target, again), 4002)
    // Who still sends when the server closes may lose the code with the connection.
    const flooded = await broken(target, (one) => Array.from({ length: 500 }, () => one.send({ more: 1 })))
    assert.ok([4029, 1006].includes(flooded), `${flooded}`)
    const many = (one: TestSocket) => {
      for (let id = 1; id <= 129; id++) one.send({ call: id, to: 'streams.ticks', input: { upTo: 0 } })
    }
    assert.equal(await broken(target, many), 4029)
  })
  socket('answers a ping', async (target) => {
    const one = await TestSocket.open(target)
    one.send({ ping: 0 })
    assert.deepEqual(await one.next(({ pong }) => pong === 0), { pong: 0 })
    one.close()
  })
  it('takes files with a call, and sends one', 'sockets', 'binaryFrames', async (target) => {
    const one = await inRoom(target)
    const files = [{ at: ['file'], name: '../a.csv', type: 'text/csv', size: 5 }]
    one.send({ send: 2, on: 1, to: 'file', input: { file: null, note: 'n' }, files })
    for (const part of ['he', 'l', 'lo']) one.socket.send(Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from(part)]))
    const { output } = await one.next(({ done }) => done === 2)
    assert.deepEqual(output, { name: 'a.csv', type: 'text/csv', text: 'n: hello' })
    const wrong = { send: 3, on: 1, to: 'file', input: { file: 1, note: 'n' }, files: [{ ...files[0], size: 0 }] }
    assert.equal((await one.ask(wrong)).problem?.code, 'BAD_REQUEST')
    const large = {
      send: 4,
      on: 1,
      to: 'file',
      input: { file: null, note: 'n' },
      files: [{ ...files[0], size: 2 ** 40 }],
    }
    assert.equal((await one.ask(large)).problem?.code, 'PAYLOAD_TOO_LARGE')
    const { file } = await one.ask({ call: 5, to: 'downloads.blob', input: { size: 100_000 } })
    assert.equal(file?.size, 100_000)
    const parts = await one.binary(2)
    assert.equal(Buffer.concat(parts.map((part) => part.subarray(4))).byteLength, 100_000)
    assert.ok(parts.every((part) => part.readUInt32BE(0) === 5))
    one.close()
  })
  it('sends a file of megabytes as it is read, and cuts nobody for it', 'sockets', 'binaryFrames', async (target) => {
    const one = await TestSocket.open(target)
    const size = 3_000_000
    const head = await one.ask({ call: 1, to: 'downloads.blob', input: { size } })
    assert.equal(head.file?.size, size)
    let [arrived, unanswered, most] = [0, 0, 0]
    one.socket.on('message', (data: Buffer, isBinary) => {
      const isPing = !isBinary && String(data) === '{"ping":0}'
      if (isPing) one.send({ pong: 0 })
      unanswered = isPing ? 0 : unanswered + data.byteLength
      most = Math.max(most, unanswered)
    })
    while (arrived < size) for (const part of await one.binary(1)) arrived += part.byteLength - 4
    assert.ok(most < 512 * 1024, `${most} bytes came without being asked for`)
    assert.equal(arrived, size)
    one.close()
  })
  socket('takes a new credential on an open socket, and loses it with a wrong one', async (target) => {
    const one = await TestSocket.open(target, { headers: bob })
    one.send({ auth: { 'x-api-key': 'key-of-carl' } })
    await one.next(({ ready }) => ready !== undefined)
    assert.equal((await one.ask({ call: 1, to: 'notes.mine', input: {} })).output, 'carl')
    one.send({ auth: { authorization: 'Bearer wrong' } })
    assert.equal(await one.closed, target.can('closeCodes') ? 4401 : 1000)
  })
})

export const channels = group('channels', (it) => {
  const socket = (name: string, run: (target: Target) => Promise<void>) => it(name, 'sockets', run)

  socket('open by their path, and send what their contract names', async (target) => {
    const room = freshRoom()
    const [one, two] = [await inRoom(target, room), await inRoom(target, room, 7)]
    assert.deepEqual((await one.event('welcome')).data, { room })
    const { output } = await one.ask({ send: 2, on: 1, to: 'say', input: { text: 'hi', more: 'dropped' } })
    const { at } = output as { at: string }
    assert.match(at, /^\d{4}-.*Z$/)
    const heard = await two.event('posted')
    // `secret` was published, and is not in the contract.
    assert.deepEqual(heard.data, { text: 'hi', by: 'bob', at })
    assert.equal(heard.event, 7)
    assert.ok(heard.id)
    assert.equal((await one.event('posted')).event, 1)
    one.close()
    two.close()
  })
  socket('refuse who may not open them, and say why where that is for the client', async (target) => {
    const stranger = await TestSocket.open(target)
    const refused = await stranger.ask({ open: 1, to: '/rooms/:room', input: { room: 'x' } })
    assert.equal(refused.problem?.code, 'UNAUTHENTICATED')
    assert.equal((await stranger.ask({ open: 2, to: '/lobby' })).open, 2)
    const echoed = await stranger.ask({ send: 3, on: 2, to: 'echo', input: { text: 'x' } })
    assert.deepEqual(echoed.output, { text: 'x', by: null })
    const one = await TestSocket.bob(target)
    const ask = async (id: number, room: unknown) =>
      (await one.ask({ open: id, to: '/rooms/:room', input: { room } })).problem
    const closed = await ask(1, 'closed')
    assert.equal(closed?.code, 'ROOM_CLOSED')
    assert.deepEqual(closed?.data, { room: 'closed', since: '1970-01-01T00:00:00.000Z' })
    const broken = await ask(2, 'broken')
    assert.equal(broken?.code, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(broken), /may know/)
    assert.equal((await ask(3, 5))?.code, 'INVALID_INPUT')
    for (const [at, to] of ['/rooms/7', '__proto__', 'constructor', ''].entries())
      assert.equal((await one.ask({ open: 10 + at, to, input: {} })).problem?.code, 'NOT_FOUND')
    stranger.close()
    one.close()
  })
  socket('answer messages, and refuse those that are none of theirs', async (target) => {
    const one = await inRoom(target)
    const code = async (frame: object) => (await one.ask(frame)).problem?.code
    assert.equal(await code({ send: 2, on: 1, to: 'nope', input: {} }), 'NOT_FOUND')
    assert.equal(await code({ send: 3, on: 1, to: 'constructor', input: {} }), 'NOT_FOUND')
    assert.equal(await code({ send: 4, on: 99, to: 'say', input: { text: 'x' } }), 'NOT_FOUND')
    assert.equal(await code({ send: 5, on: 1, to: 'say', input: { text: 5 } }), 'INVALID_INPUT')
    assert.equal(await code({ send: 6, on: 1, to: 'clear', input: {} }), 'FORBIDDEN')
    const told = await one.ask({ send: 7, on: 1, to: 'fail', input: { how: 'told' } })
    assert.equal(told.problem?.code, 'ROOM_CLOSED')
    const untold = await one.ask({ send: 8, on: 1, to: 'fail', input: { how: 'untold' } })
    assert.equal(untold.problem?.code, 'INTERNAL')
    assert.doesNotMatch(JSON.stringify(untold), /may know/)
    one.close()
  })
  socket('give a message with options its channel too', async (target) => {
    const ann = await TestSocket.open(target, { headers: { cookie: target.cookie('sid=ann') } })
    const room = freshRoom()
    await open(ann, room, 1)
    assert.equal((await ann.ask({ send: 2, on: 1, to: 'clear', input: {} })).output, `cleared ${room}`)
    ann.close()
  })
  socket('check and count a message by its channel', async (target) => {
    const one = await TestSocket.bob(target)
    const [here, there] = [freshRoom(), freshRoom()]
    const knock = async (id: number) => {
      const { output, problem } = await one.ask({ send: id + 10, on: id, to: 'knock', input: {} })
      return output ?? problem?.code
    }
    for (const [at, room] of [here, here, there, `locked ${here}`].entries()) await open(one, room, at + 1)
    assert.deepEqual(
      [await knock(1), await knock(2), await knock(3), await knock(4)],
      [`knocked at ${here}`, 'TOO_MANY_REQUESTS', `knocked at ${there}`, 'FORBIDDEN'],
    )
    one.close()
  })
  socket('run a message with an idempotency key once', async (target) => {
    const one = await inRoom(target)
    const id = crypto.randomUUID()
    const message = { on: 1, to: 'once', input: { id }, key: `key-of-${id}` }
    assert.equal((await one.ask({ send: 2, ...message })).output, 1)
    assert.equal((await one.ask({ send: 3, ...message })).output, 1)
    one.close()
  })
  it('run what comes before they are open, and one message after the other', 'sockets', 'order', async (target) => {
    const one = await TestSocket.bob(target)
    const room = freshRoom()
    one.send({ open: 1, to: '/rooms/:room', input: { room } })
    for (let id = 2; id < 12; id++) one.send({ send: id, on: 1, to: 'say', input: { text: `${id}` } })
    const texts: unknown[] = []
    for (let id = 2; id < 12; id++) texts.push(((await one.event('posted')).data as { text: string }).text)
    assert.deepEqual(texts, ['2', '3', '4', '5', '6', '7', '8', '9', '10', '11'])
    one.close()
  })
  socket('give who comes back what was missed, once and in order', async (target) => {
    const room = freshRoom()
    const [one, two] = [await inRoom(target, room), await inRoom(target, room)]
    await one.ask({ send: 2, on: 1, to: 'say', input: { text: 'a' } })
    const { id } = await two.event('posted')
    two.close()
    await two.closed
    await one.ask({ send: 3, on: 1, to: 'say', input: { text: 'b' } })
    await one.ask({ send: 4, on: 1, to: 'typing', input: {} })
    await one.ask({ send: 5, on: 1, to: 'say', input: { text: 'c' } })
    const back = await TestSocket.bob(target)
    const opened = await open(back, room, 1, id)
    assert.equal(opened.whole, undefined)
    // Who is gone again before the next frame has missed the same.
    assert.equal(opened.id, id)
    assert.equal(((await back.event('posted')).data as { text: string }).text, 'b')
    assert.equal(((await back.event('posted')).data as { text: string }).text, 'c')
    assert.equal(
      back.frames.some(({ name }) => name === 'typing' || name === 'posted'),
      false,
    )
    one.close()
    back.close()
  })
  socket('tell who comes back with an id of elsewhere that the events are not whole', async (target) => {
    const one = await TestSocket.bob(target)
    const room = freshRoom()
    const { id } = await open(one, room, 1)
    assert.ok(id)
    const hash = id.slice(0, id.indexOf('.'))
    assert.equal((await open(one, room, 2, `${hash}.elsewhere:5`)).whole, false)
    // What was never a topic of this channel is none that anything was missed of.
    assert.equal((await open(one, room, 3, 'x.y,,.,z')).whole, undefined)
    one.close()
  })
  socket('send what a published event should have been only where the contract allows it', async (target) => {
    const one = await inRoom(target)
    await one.ask({ send: 2, on: 1, to: 'spoil', input: {} })
    assert.deepEqual((await one.event('typing')).data, { user: 'after' })
    assert.equal(
      one.frames.some(({ name }) => name === 'posted'),
      false,
    )
    one.close()
  })
  socket('tell who is there', async (target) => {
    const one = await inRoom(target, 'lively')
    assert.deepEqual((await one.event('present')).data, ['bob'])
    const ann = await TestSocket.open(target, { headers: { cookie: target.cookie('sid=ann'), origin: target.url } })
    await open(ann, 'lively', 1)
    await one.next(({ name, data }) => name === 'present' && JSON.stringify(data) === '["ann","bob"]')
    ann.close()
    await one.next(({ name, data }) => name === 'present' && JSON.stringify(data) === '["bob"]')
    one.close()
  })
  socket('end by the client, by the server and with the socket, and are told so', async (target) => {
    const room = freshRoom()
    const one = await inRoom(target, room)
    assert.deepEqual(await one.ask({ end: 1 }), { done: 1 })
    assert.equal(await target.untilNoted(`left ${room}`), 'bob')
    await target.forget(`left ${room}`)
    await open(one, room, 2)
    one.send({ send: 3, on: 2, to: 'leave', input: { reason: 'enough' } })
    assert.deepEqual(await one.next(({ done }) => done === 2), { done: 2, output: { reason: 'enough' } })
    assert.equal(await target.untilNoted(`left ${room}`), 'bob')
    await target.forget(`left ${room}`)
    await open(one, room, 4)
    one.socket.terminate()
    assert.equal(await target.untilNoted(`left ${room}`), 'bob')
  })
  it('tell a message that its caller has gone away', 'sockets', 'oneProcess', async (target) => {
    const one = await inRoom(target)
    const id = crypto.randomUUID()
    one.send({ send: 2, on: 1, to: 'wait', input: { id } })
    await target.untilNoted(id)
    one.socket.terminate()
    while ((await target.noted(id)) !== 'left');
  })
  it('cut who does not read', 'sockets', 'oneProcess', async (target) => {
    const room = freshRoom()
    const one = await inRoom(target, room)
    one.socket.pause()
    one.send({ send: 2, on: 1, to: 'flood', input: { events: 2_000 } })
    // Others are served meanwhile.
    const other = await inRoom(target)
    assert.ok((await other.ask({ send: 2, on: 1, to: 'say', input: { text: 'still here' } })).output)
    other.close()
    assert.equal(await target.untilNoted(`left ${room}`), 'bob')
    one.socket.resume()
    assert.ok([4008, 1006].includes(await one.closed))
  })
})
