import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import type { Hub } from '../../core/index.ts'
import { createHono } from '../hono.ts'
import { memoryHub } from '../hub.ts'
import { gatewayHub, memoryConnections, toLambdaHandler } from '../lambda.ts'
import { OpenChannel } from '../realtime/open-channel.ts'
import { Replays } from '../realtime/replays.ts'
import type { Frame } from '../testing/conformance/socket.ts'
import app from '../testing/conformance/src/app.ts'
import { KeptLines } from '../testing/conformance/src/kept-lines.ts'
import { bearer } from '../testing/conformance/src/session.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { GatewayDouble, withStatus } from '../testing/lambda/gateway-double.ts'

/** Several processes of a function, which share what is outside of them. */
function start() {
  const [gateway, hub, connections] = [new GatewayDouble(), memoryHub(), memoryConnections()]
  const { services, ...options } = setup()
  const notes = services.notes()
  const process = () => {
    const ours = gatewayHub(hub, { gateway, connections })
    const hono = createHono(app, { ...options, services: { ...services, notes: () => notes, hub: () => ours } })
    return { handler: toLambdaHandler(hono, { hub: ours }), hub: ours }
  }
  const processes = [process(), process()] as const
  let turn = 0
  const invoke = (eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT', connectionId: string, more: object = {}) => {
    const requestContext = { connectionId, eventType, domainName: 'localhost', stage: 'rpc' }
    return (processes[turn++ % 2] as (typeof processes)[number]).handler({ requestContext, ...more })
  }
  const send = async (id: string, frame: object | string): Promise<Frame[]> => {
    await invoke('MESSAGE', id, { body: typeof frame === 'string' ? frame : JSON.stringify(frame) })
    return gateway.taken(id)
  }
  const connect = (id: string, headers: Record<string, string> = { authorization: 'Bearer bob-token' }) =>
    invoke('CONNECT', id, { headers: { host: 'localhost', 'sec-websocket-protocol': 'pikku.v1', ...headers } })
  const enter = async (id: string, room = 'tea') => {
    assert.equal((await connect(id)).statusCode, 200)
    await send(id, { ping: 0 })
    return send(id, { open: 1, to: '/rooms/:room', input: { room } })
  }
  const say = (id: string, message: number, text: string) =>
    send(id, { send: message, on: 1, to: 'say', input: { text } })
  return { gateway, hub, connections, notes, processes, invoke, send, connect, enter, say }
}

const texts = (frames: readonly Frame[]) =>
  frames.filter(({ name }) => name === 'posted').map(({ data }) => (data as { text: string }).text)

describe('a socket of an API Gateway', () => {
  it('is told once that it is ready, by whichever process it speaks to first', async () => {
    const { send, connect, invoke, gateway } = start()
    const { headers } = await connect('a')
    assert.equal(headers?.['sec-websocket-protocol'], 'pikku.v1')
    const [ready, pong] = await send('a', { ping: 0 })
    assert.deepEqual(ready, { ready: { id: 'a', beat: 25_000, message: 32_768 } })
    assert.deepEqual(pong, { pong: 0 })
    assert.deepEqual(await send('a', { ping: 0 }), [{ pong: 0 }])
    await connect('b')
    await Promise.all([invoke('MESSAGE', 'b', { body: '{"ping":0}' }), invoke('MESSAGE', 'b', { body: '{"ping":0}' })])
    assert.equal(gateway.taken('b').filter(({ ready }) => ready).length, 1)
  })

  it('of which nothing is known is closed, so that its client comes back', async () => {
    const { send, gateway } = start()
    assert.deepEqual(await send('x', { ping: 0 }), [])
    assert.ok(gateway.isGone('x'))
  })

  it('may have any id', async () => {
    const { enter, say, invoke, notes, connections } = start()
    for (const id of ['a b', '1 a', '__proto__', 'constructor', '../x?y#z', '{"a":1}', 'x'.repeat(500), '\u0000:*']) {
      const room = `of ${id.slice(0, 100)}`
      await enter(id, room)
      assert.deepEqual(texts(await say(id, 2, 'hi')), ['hi'], id)
      await invoke('DISCONNECT', id)
      assert.equal(notes.get(`left ${room}`), 'bob', id)
      assert.deepEqual([await connections.get(id), await connections.joined(`joined rooms:${room}`)], [undefined, []])
    }
  })

  it('is refused by who it comes from, before anything is kept', async () => {
    const { connect, connections } = start()
    const refused = async (headers: Record<string, string>) => {
      const { statusCode, body } = await connect('a', headers)
      return `${statusCode} ${JSON.parse(body).code}`
    }
    assert.equal(await refused({ origin: 'https://evil.example' }), '403 FORBIDDEN')
    assert.equal(await refused({ authorization: 'Bearer wrong' }), '401 UNAUTHENTICATED')
    assert.equal(await refused({ 'sec-websocket-protocol': 'graphql-ws' }), '400 BAD_REQUEST')
    assert.equal(await connections.get('a'), undefined)
  })

  it('is none that a request says it is', async () => {
    const { processes, connections } = start()
    const forged = { connectionId: 'a', eventType: 'CONNECT' }
    const event = {
      rawPath: '/rpc',
      rawQueryString: 'connectionId=a&eventType=CONNECT&requestContext=x',
      headers: { host: 'localhost', connectionId: 'a', eventType: 'CONNECT', 'sec-websocket-protocol': 'pikku.v1' },
      body: JSON.stringify({ requestContext: forged, ...forged }),
      requestContext: { http: { method: 'POST', sourceIp: '192.0.2.1' } },
    }
    assert.equal((await processes[0].handler(event)).statusCode, 404)
    assert.equal(await connections.get('a'), undefined)
  })

  it('is none of a function that was not told of a hub', async () => {
    const handler = toLambdaHandler(createHono(app, setup()))
    const requestContext = { connectionId: 'a', eventType: 'CONNECT' } as const
    await assert.rejects(async () => handler({ requestContext }), /toLambdaHandler\(hono, \{ hub \}\)/)
  })

  it('goes on in another process as it was, without another `connect`', async () => {
    const { enter, send, say, notes, gateway } = start()
    const opened = await enter('a')
    assert.deepEqual(
      opened.map(({ name, open }) => name ?? open),
      [1, 'welcome'],
    )
    notes.delete('joined tea')
    for (const text of ['1', '2', '3']) assert.deepEqual(texts(await say('a', Number(text) + 1, text)), [text])
    assert.equal(notes.has('joined tea'), false)
    await send('a', { open: 1, to: '/lobby' })
    assert.ok(gateway.isGone('a'), 'an id that is in use')
  })

  it('is closed when its session is over: no message of it runs, and no event gets to it', async (context) => {
    const { enter, say, gateway, notes, processes } = start()
    await enter('a')
    await enter('b')
    context.mock.method(bearer, 'resolve', () => undefined)
    assert.deepEqual(await say('a', 2, 'not heard'), [])
    assert.ok(gateway.isGone('a'))
    // It is left by who has opened it.
    assert.equal(notes.get('left tea'), 'bob')
    assert.deepEqual(gateway.taken('b'), [])
    await publish(processes[0].hub, 'tea', 'heard, since it was looked up just now')
    assert.equal(texts(gateway.taken('b')).length, 1)
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 5_000 })
    await publish(processes[1].hub, 'tea', 'not heard')
    assert.deepEqual([gateway.taken('b'), gateway.isGone('b')], [[], true])
  })

  it('refuses what needs more than one message, and says what to do', async () => {
    const { connect, send } = start()
    await connect('a')
    await send('a', { ping: 0 })
    const refused = async (frame: object) => {
      const { problem } = (await send('a', frame)).at(-1) ?? {}
      return `${problem?.code} ${problem?.detail}`
    }
    const detail = 'BAD_REQUEST Streams and files do not go over this socket. Call it over HTTP.'
    assert.equal(await refused({ call: 1, to: 'streams.ticks', input: { upTo: 1 }, credit: 1 }), detail)
    assert.equal(await refused({ call: 2, to: 'downloads.blob', input: { size: 1 } }), detail)
    await send('a', { open: 3, to: '/rooms/:room', input: { room: 'tea' } })
    const files = [{ at: ['file'], name: 'a', type: 'text/plain', size: 1 }]
    assert.equal(await refused({ send: 4, on: 3, to: 'file', input: { file: null, note: '' }, files }), detail)
  })

  it('may not begin after `connect` what is kept of a channel, or follow what ends with the process', async () => {
    const { hub, processes } = start()
    const replays = new Replays({ rate: 1, burst: 1 })
    const host = { id: 'a', log: new KeptLines(), isBrief: true, replays, send() {}, sendAll() {}, end() {} }
    const [bound] = createHono(app, setup()).operations.runtime.channels.values()
    assert.ok(bound)
    const init = { host, after: undefined, waiting: 0, resumes: false }
    const opening = new OpenChannel(1, bound, {}, init)
    assert.throws(() => opening.follow('present', (async function* () {})()), /follows `hub\.presence/)
    const open = new OpenChannel(1, bound, {}, { ...init, held: { params: {}, topics: ['x'], session: undefined } })
    await open.join(hub, 'x')
    await assert.rejects(open.join(hub, 'y'), /in `connect` alone/)
    await assert.rejects(processes[0].hub.enter('x', 'bob', open), /in `connect` alone/)
  })

  it('is told that an answer is too large for it', async () => {
    const { connect, send, notes } = start()
    await connect('a')
    notes.set('large', 'x'.repeat(140_000))
    const frames = await send('a', { call: 1, to: 'notes.get', input: { id: 'large' } })
    assert.equal(frames.at(-1)?.fail, 1)
    assert.match(frames.at(-1)?.problem?.detail ?? '', /128 KiB/)
    assert.deepEqual((await send('a', { call: 2, to: 'notes.get', input: { id: '1' } })).at(-1)?.done, 2)
  })

  it('may not have more open than can be kept', async () => {
    const { connect, send, notes, connections } = start()
    await connect('a')
    const codes: (string | undefined)[] = []
    for (let id = 1; id <= 4; id++) {
      const input = { room: `${id}`, unknown: 'x'.repeat(20_000) }
      const frames = await send('a', { open: id, to: '/rooms/:room', input })
      codes.push(frames.find(({ fail }) => fail === id)?.problem?.code)
    }
    assert.deepEqual(codes, [undefined, undefined, undefined, 'TOO_MANY_REQUESTS'])
    assert.equal(notes.get('left 4'), 'bob')
    assert.deepEqual(await connections.joined('joined rooms:4'), [])
  })

  it('is answered before the time of the function is over', async () => {
    const { enter, processes, gateway } = start()
    await enter('a')
    const requestContext = { connectionId: 'a', eventType: 'MESSAGE' } as const
    const body = JSON.stringify({ send: 2, on: 1, to: 'wait', input: { id: 'waiting' } })
    await processes[0].handler({ requestContext, body }, { getRemainingTimeInMillis: () => 600 })
    assert.equal(gateway.taken('a').at(-1)?.problem?.code, 'TIMEOUT')
  })

  it('is closed where nobody knows what is open on it', async (context) => {
    const { enter, say, connections, gateway } = start()
    await enter('a')
    context.mock.method(connections, 'get', async () => Promise.reject(new Error('away')))
    await assert.rejects(say('a', 2, 'x'), /away/)
    assert.ok(gateway.isGone('a'))
  })

  it('that was closed without a word is left once', async (context) => {
    const { enter, say, invoke, gateway, notes } = start()
    await Promise.all([enter('a'), enter('b')])
    gateway.leave('a')
    const set = context.mock.method(notes, 'set')
    await Promise.all([say('b', 2, 'x'), say('b', 3, 'y'), invoke('DISCONNECT', 'a')])
    assert.deepEqual(
      set.mock.calls.map((call) => call.arguments),
      [['left tea', 'bob']],
    )
  })

  it('leaves a channel once, however many processes hear of its end', async (context) => {
    const { enter, send, notes, connections } = start()
    await enter('a')
    const set = context.mock.method(notes, 'set')
    await Promise.all([send('a', { end: 1 }), send('a', { end: 1 })])
    assert.deepEqual(
      set.mock.calls.map((call) => call.arguments),
      [['left tea', 'bob']],
    )
    assert.deepEqual(await connections.joined('joined rooms:tea'), [])
  })

  it('that is gone while a channel opens has none', async (context) => {
    const { connect, send, invoke, connections, notes, gateway } = start()
    await connect('a')
    await send('a', { ping: 0 })
    const { swap } = connections
    context.mock.method(connections, 'swap', async (...swapping: Parameters<typeof swap>) => {
      if (swapping[2]?.includes('/rooms/:room')) {
        context.mock.restoreAll()
        gateway.leave('a')
        await invoke('DISCONNECT', 'a')
      }
      return swap(...swapping)
    })
    await send('a', { open: 1, to: '/rooms/:room', input: { room: 'tea' } })
    assert.equal(notes.get('left tea'), 'bob')
    assert.deepEqual([await connections.get('a'), await connections.joined('joined rooms:tea')], [undefined, []])
  })

  it('does not open what its client has ended meanwhile', async (context) => {
    const { connect, send, connections, notes, hub } = start()
    await connect('a')
    await send('a', { ping: 0 })
    const listen = context.mock.method(hub, 'listen', async (...listening: Parameters<typeof hub.listen>) => {
      listen.mock.restore()
      await send('a', { end: 1 })
      return hub.listen(...listening)
    })
    await send('a', { open: 1, to: '/rooms/:room', input: { room: 'tea' } })
    assert.equal(notes.get('left tea'), 'bob')
    assert.deepEqual(await connections.joined('joined rooms:tea'), [])
  })
})

describe('events for sockets of an API Gateway', () => {
  it('come once and in order, whoever publishes at the same time, with the ids to come back with', async () => {
    const { enter, processes, gateway, connect, send } = start()
    const ids = ['a', 'b', 'c']
    for (const id of ids) await enter(id)
    let random = 7
    gateway.before = async () => {
      // Some messages take longer than others.
      random = (random * 16807) % 2147483647
      for (let turns = random % 5; turns > 0; turns--) await setImmediate()
    }
    const all = Array.from({ length: 60 }, (_, at) => publish(processes[at % 2 ? 1 : 0].hub, 'tea', `${at}`))
    await Promise.all(all)
    const [first = [], ...others] = ids.map((id) => gateway.taken(id))
    assert.equal(new Set(texts(first)).size, 60)
    assert.equal(texts(first).length, 60)
    for (const frames of others) assert.deepEqual(texts(frames), texts(first))
    const after = first[29]?.id
    await connect('d')
    await send('d', { ping: 0 })
    const back = await send('d', { open: 1, to: '/rooms/:room', input: { room: 'tea' }, after })
    assert.deepEqual([back[0]?.id, texts(back)], [after, texts(first.slice(30))])
  })

  it('that are published while others are sent come after them', async () => {
    const { enter, processes, gateway } = start()
    await enter('a')
    const [posting, posted] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    gateway.before = () => {
      posting.resolve()
      return posted.promise
    }
    const first = publish(processes[0].hub, 'tea', '1')
    await posting.promise
    await publish(processes[1].hub, 'tea', '2')
    posted.resolve()
    await first
    assert.deepEqual(texts(gateway.taken('a')), ['1', '2'])
  })

  it('are not lost between a channel and what is kept of it', async (context) => {
    const { enter, processes, connections } = start()
    const { join } = connections
    context.mock.method(connections, 'join', async (topic: string, member: string) => {
      await publish(processes[0].hub, 'tea', 'before')
      await join(topic, member)
      await publish(processes[1].hub, 'tea', 'after')
    })
    assert.deepEqual(texts(await enter('a')), ['before', 'after'])
  })

  it('have their client come back where a process ends in the middle of them', async (context) => {
    const { enter, processes, gateway, connect, send } = start()
    const opened = await enter('a')
    gateway.before = ({ data }) => ((data as { text?: string })?.text === '2' ? new Promise(() => {}) : undefined)
    await publish(processes[0].hub, 'tea', '1')
    void publish(processes[0].hub, 'tea', '2')
    await setImmediate()
    gateway.before = () => {}
    await publish(processes[1].hub, 'tea', '3')
    const frames = gateway.taken('a')
    // Another one waits its turn, until that is over.
    assert.deepEqual(texts(frames), ['1'])
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 16_000 })
    assert.deepEqual([await send('a', { ping: 0 }), gateway.isGone('a')], [[{ pong: 0 }], true])
    await connect('b')
    await send('b', { ping: 0 })
    const after = frames.at(-1)?.id
    assert.notEqual(after, opened[0]?.id)
    assert.deepEqual(texts(await send('b', { open: 1, to: '/rooms/:room', input: { room: 'tea' }, after })), ['2', '3'])
  })

  it('are asked for again where a process has ended in the middle of them, by who opens another channel', async (context) => {
    const { enter, gateway, processes, send } = start()
    await enter('a')
    gateway.before = ({ name }) => (name === 'posted' ? new Promise(() => {}) : undefined)
    void publish(processes[0].hub, 'tea', '1')
    await setImmediate()
    context.mock.timers.enable({ apis: ['Date'], now: Date.now() + 16_000 })
    assert.deepEqual(await send('a', { open: 2, to: '/rooms/:room', input: { room: 'cake' } }), [])
    assert.ok(gateway.isGone('a'))
  })

  it('forget who is gone without being taken away', async () => {
    const { connections, processes } = start()
    await connections.join('joined rooms:tea', '[1,"gone"]')
    await publish(processes[0].hub, 'tea', '1')
    assert.deepEqual(await connections.joined('joined rooms:tea'), [])
    await connections.join('joined rooms:tea', '[1,"gone"]')
    await processes[0].hub.publish('rooms:tea', {}, { history: false })
    assert.deepEqual(await connections.joined('joined rooms:tea'), [])
  })

  it('have their client come back where the gateway cannot say whether it has sent one', async () => {
    const { enter, say, gateway, notes } = start()
    await Promise.all([enter('a'), enter('b')])
    let isBroken = false
    gateway.before = ({ name }) => {
      if (name === 'posted' && !isBroken) {
        isBroken = true
        throw withStatus(500)
      }
    }
    await say('b', 2, 'x')
    const [gone] = ['a', 'b'].filter((id) => gateway.isGone(id))
    assert.ok(gone)
    assert.equal(notes.get('left tea'), 'bob')
    const other = gone === 'a' ? 'b' : 'a'
    assert.equal(gateway.isGone(other), false)
  })

  it('are sent again that came too soon', async () => {
    const { enter, say, gateway } = start()
    await enter('a')
    let refused = 0
    gateway.before = ({ name }) => {
      if (name === 'posted' && refused++ < 2) throw withStatus(429)
    }
    assert.deepEqual(texts(await say('a', 2, 'x')), ['x'])
    assert.equal(refused, 3)
  })

  it('that nobody could send come with the next sign of life', async () => {
    const { enter, send, hub } = start()
    await enter('a')
    await publish(hub, 'tea', 'x')
    assert.deepEqual(texts(await send('a', { ping: 0 })), ['x'])
    assert.deepEqual(texts(await send('a', { ping: 0 })), [])
  })

  it('are refused by a hub that knows no app', async () => {
    const hub = gatewayHub(memoryHub(), { gateway: new GatewayDouble(), connections: memoryConnections() })
    await assert.rejects(hub.publish('x', 1), /hub\.attach\(hono\)/)
  })
})

describe('who is present by sockets of an API Gateway', () => {
  const lists = (frames: readonly Frame[]) => frames.filter(({ name }) => name === 'present').map(({ data }) => data)

  it('is shown when they come and go, however they go', async () => {
    const { connect, enter, send, invoke, gateway, processes, say } = start()
    assert.deepEqual(lists(await enter('a', 'lively')), [['bob']])
    await connect('b', { cookie: '__Host-sid=ann', origin: 'https://localhost' })
    await send('b', { ping: 0 })
    assert.deepEqual(lists(await send('b', { open: 1, to: '/rooms/:room', input: { room: 'lively' } })), [
      ['ann', 'bob'],
    ])
    assert.deepEqual(lists(gateway.taken('a')), [['ann', 'bob']])
    assert.deepEqual(await processes[1].hub.present('rooms:lively'), ['ann', 'bob'])
    await enter('c', 'lively')
    assert.deepEqual(lists(gateway.taken('a')), [])
    await invoke('DISCONNECT', 'c')
    assert.deepEqual(lists(gateway.taken('a')), [])
    assert.deepEqual(lists(await send('b', { end: 1 })), [])
    assert.deepEqual(lists(gateway.taken('a')), [['bob']])
    await send('b', { open: 2, to: '/rooms/:room', input: { room: 'lively' } })
    assert.deepEqual(lists(gateway.taken('a')), [['ann', 'bob']])
    gateway.leave('b')
    await say('a', 2, 'hello')
    assert.deepEqual(await processes[0].hub.present('rooms:lively'), ['bob'])
    await invoke('DISCONNECT', 'a')
    assert.deepEqual(await processes[0].hub.present('rooms:lively'), [])
  })

  it('counts with those who are present by something else', async () => {
    const { enter, send, hub, processes } = start()
    await enter('a', 'lively')
    const here = new AbortController()
    await hub.enter('rooms:lively', 'carl', here)
    assert.deepEqual(await processes[0].hub.present('rooms:lively'), ['bob', 'carl'])
    assert.deepEqual(lists(await send('a', { ping: 0 })), [['bob', 'carl']])
    const { value } = await processes[1].hub.presence('rooms:lively', here).next()
    assert.deepEqual(value, ['bob', 'carl'])
    here.abort()
  })
})

function publish(hub: Hub, room: string, text: string): Promise<void> {
  return hub.publish(`rooms:${room}`, { event: 'posted', data: { text, by: 'ann', at: new Date(0) } })
}
