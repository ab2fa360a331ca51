import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ChannelContract, Contracts } from '../../core/index.ts'
import type { ChannelModel, OperationModel } from '../model.ts'
import type { Shape } from '../shape.ts'
import { checkRoutes, printContracts } from './index.ts'
import { evaluate } from './testing/evaluate.ts'
import { array, channel, date, model, object, operation, ref, string, union } from './testing/model.ts'
import { rooms } from './testing/rooms.ts'

const file: Shape = { kind: 'file' }

function told(...channels: ChannelModel[]): string[] {
  return checkRoutes({ ...model([]), channels }).map(({ code, path }) => `${code} ${path}`)
}

function opened(path: string, input?: Shape): ChannelModel {
  return channel('rooms.room', path, {
    connect: operation('rooms.room.connect', { rpc: false, ...(input ? { input } : {}) }),
  })
}

function taking(message: Partial<OperationModel>): string[] {
  return told(channel('rooms.room', '/', { messages: { say: message } }))
}

describe('a channel', () => {
  test('opens with what stands in its path, and no more', () => {
    assert.deepEqual(told(opened('/rooms/:room', object({ room: string }))), [])
    assert.deepEqual(told(opened('/')), [])
    assert.deepEqual(told(opened('/rooms/:room')), ['PK2002 rooms.room.connect input'])
    assert.deepEqual(told(opened('/rooms/:room', object({ id: string }))), [
      'PK2002 rooms.room.connect input',
      'PK2015 rooms.room.connect input.id',
    ])
    assert.deepEqual(told(opened('/rooms', object({ 'since?': date }))), ['PK2015 rooms.room.connect input.since'])
    assert.deepEqual(told(opened('/:room', object({ room: array(string) }))), ['PK2004 rooms.room.connect input.room'])
    assert.deepEqual(told(opened('/:room', string)), ['PK2003 rooms.room.connect input'])
    const open: Shape = { kind: 'object', properties: [], index: { key: string, value: string } }
    assert.deepEqual(told(opened('/', open)), ['PK2015 rooms.room.connect input.[key]'])
  })

  test('has a path of its own, which can be served', () => {
    const [one, other] = [channel('rooms.one', '/a'), channel('rooms.other', '/a')]
    assert.deepEqual(told(one, other), ['PK2001 rooms.other'])
    const input = object({ a: string, b: string })
    const named = (name: string, parameter: string): ChannelModel =>
      channel(name, `/:${parameter}`, {
        connect: operation(`${name}.connect`, { input: object({ [parameter]: string }) }),
      })
    assert.deepEqual(told(named('rooms.one', 'a'), named('rooms.other', 'b')), ['PK2001 rooms.other'])
    assert.deepEqual(told(opened('/:a/../:b', input)), ['PK2006 rooms.room'])
    assert.deepEqual(told(opened('/*')), ['PK2006 rooms.room'])
  })

  test('has names that no operation has, and leaves `channel` to itself in the client', () => {
    const app = (name: string) =>
      checkRoutes({ ...model([operation(name)]), channels: rooms.channels, types: rooms.types }).map(
        ({ code, path }) => `${code} ${path}`,
      )
    assert.deepEqual(app('rooms.room.say'), ['PK2007 rooms.room.say'])
    assert.deepEqual(app('rooms.room'), [
      'PK2007 rooms.room.connect',
      'PK2007 rooms.room.disconnect',
      ...['say', 'clear', 'show', 'typing'].map((message) => `PK2007 rooms.room.${message}`),
    ])
    assert.deepEqual(app('channel.open'), ['PK2007 channel.open'])
    assert.deepEqual(checkRoutes(model([operation('channel.open')])), [])
    // An event is no operation.
    assert.deepEqual(app('rooms.room:posted'), [])
  })
})

describe('a message', () => {
  test('is JSON with files among its properties', () => {
    const inner = object({ at: date, inner: object({ deep: array(object({ x: string })) }) })
    assert.deepEqual(
      taking({ input: object({ picture: file, 'more?': array({ kind: 'blob' }), body: file, inner }) }),
      [],
    )
    assert.deepEqual(taking({ input: file }), ['PK2016 rooms.room.say input'])
    assert.deepEqual(taking({ input: object({ picture: { kind: 'stream' } }) }), [
      'PK2016 rooms.room.say input.picture',
    ])
    assert.deepEqual(taking({ input: object({ inner: object({ picture: file }) }) }), [
      'PK1109 rooms.room.say input.inner.picture',
    ])
    assert.deepEqual(taking({ input: object({ body: { kind: 'bytes' } }), consumes: ['image/png'] }), [
      'PK2016 rooms.room.say input',
    ])
  })

  test('is answered once, with JSON', () => {
    assert.deepEqual(taking({ kind: 'stream', output: string }), ['PK2016 rooms.room.say output'])
    for (const kind of ['file', 'stream', 'response', 'text'] as const) {
      assert.deepEqual(taking({ answer: { kind } }), ['PK2016 rooms.room.say output'])
    }
    assert.deepEqual(taking({ output: object({ picture: file }) }), ['PK1109 rooms.room.say output.picture'])
  })

  test('and an event are read like everything else', () => {
    const clash = union(object({ a: date }), object({ 'a?': string }))
    assert.deepEqual(taking({ output: clash }), ['PK2008 rooms.room.say output.a'])
    const sent = told(channel('rooms.room', '/', { events: { posted: { output: clash }, file: { output: file } } }))
    assert.deepEqual(sent, ['PK1109 rooms.room:file output', 'PK2008 rooms.room:posted output.a'])
  })
})

test('names and texts of channels are printed as what they are', () => {
  const text = fc
    .array(
      fc.oneof(fc.constantFrom(...'*/\\\'"`${}\n', '__proto__', 'constructor', '\u2028'), fc.string({ maxLength: 4 })),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(''))
  const names = fc.uniqueArray(
    text.filter((name) => name !== ''),
    { minLength: 2, maxLength: 2 },
  )
  fc.assert(
    fc.property(names, text, text, ([message = '', event = ''], description, path) => {
      const more = { description, deprecated: description }
      const hostile = channel('rooms.room', `/${path}`, {
        ...more,
        messages: { [message]: { ...more, input: object({ at: { kind: 'bigint' } }), idempotencyKey: 'taken' } },
        events: { [event]: { ...more, output: date } },
      })
      const files = printContracts({ ...model([]), channels: [hostile] })
      const contracts = evaluate((files.get('index.ts') ?? '').replace('import.meta.url', "''"), {})
        .contracts as Contracts
      const [printed] = contracts.channels as [ChannelContract]
      assert.equal(printed.path, `/${path}`)
      assert.equal(printed.messages[0]?.name, `rooms.room.${message}`)
      assert.equal(printed.events[0]?.name, event)
      const run = {
        createSocketClient: (_url: string, _operations: object, channels: object) => channels,
        idempotencyKey: () => '',
        isError: () => true,
      }
      const { createClient } = evaluate(files.get('client.ts') ?? '', {
        'pikku/client': run,
      })
      const [[key, table]] = Object.entries((createClient as () => object)()) as [[string, { m: object; e: object }]]
      assert.equal(key, `/${path}`)
      assert.deepEqual([Object.keys(table.m), Object.keys(table.e)], [[message], [event]])
    }),
  )
})

test('the lock tells what has changed: the channel, a message or an event', () => {
  const lockOf = (channels: readonly ChannelModel[]) =>
    JSON.parse(printContracts({ ...rooms, channels }).get('contract.json') ?? '{}').channels['rooms.room']
  const [room] = rooms.channels
  assert.ok(room)
  const before = lockOf([room])
  const changed = (change: Partial<ChannelModel>) => lockOf([{ ...room, ...change }])
  assert.deepEqual(changed({ description: 'Other words.', messages: room.messages.toReversed() }), before)
  for (const change of [
    { path: '/room/:room' },
    { auth: false },
    { connect: { ...room.connect, input: object({ room: date }) } },
  ]) {
    const { channel, ...others } = changed(change)
    assert.notEqual(channel, before.channel)
    assert.deepEqual({ channel: before.channel, ...others }, before)
  }
  const [say, ...messages] = room.messages
  assert.ok(say)
  const asked = changed({ messages: [{ ...say, operation: { ...say.operation, output: string } }, ...messages] })
  assert.notEqual(asked.messages.say, before.messages.say)
  assert.deepEqual({ ...asked, messages: { ...asked.messages, say: before.messages.say } }, before)
  const [posted, ...events] = room.events
  assert.ok(posted)
  const sent = changed({
    events: [{ ...posted, operation: { ...posted.operation, output: array(ref('Message')) } }, ...events],
  })
  assert.notEqual(sent.events.posted, before.events.posted)
  assert.deepEqual({ ...sent, events: { ...sent.events, posted: before.events.posted } }, before)
})
