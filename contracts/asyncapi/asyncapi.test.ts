import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { tool } from '../../tests/tools.ts'
import type { AppModel } from '../model.ts'
import { array, channel, model, object, operation, ref, string } from '../print/testing/model.ts'
import { rooms } from '../print/testing/rooms.ts'
import { todos } from '../print/testing/todos.ts'
import { printAsyncApi } from './document.ts'

const info = { title: 'Rooms', version: '1.2.3' }

function documentOf(app: AppModel, more: object = {}) {
  return JSON.parse(printAsyncApi(app, { ...info, ...more }) ?? 'null')
}

/** An app whose shapes JSON Schema says differently in its drafts, and whose names have to be escaped. */
const odd: AppModel = {
  ...model(
    [operation('odd.items', { kind: 'stream', resumable: true, output: ref('Pair'), permissions: ['isAdmin'] })],
    {
      Pair: { kind: 'tuple', items: [{ shape: string }, { shape: ref('Id') }], rest: { kind: 'number' } },
      Id: { kind: 'union', members: [{ kind: 'bigint' }, { kind: 'null' }] },
    },
  ),
  channels: [
    channel('odd.$room', '/', {
      deprecated: 'Use rooms.',
      messages: { $say: { input: object({ pair: { ...ref('Pair'), description: 'Both.' } }), output: ref('Pair') } },
      events: {
        'a/b': { output: { kind: 'map', key: { kind: 'number' }, value: ref('Pair') } },
        'a.b': { output: { kind: 'keyed', properties: [], signatures: [{ key: string, value: array(ref('Pair')) }] } },
        $say: {},
      },
    }),
  ],
  security: [
    { from: 'bearer', format: 'JWT' },
    { from: 'cookie', name: 'sid' },
    { from: 'header', name: 'x-api-key' },
  ],
}

describe('the document of an app with channels', () => {
  const { channels, operations, components, ...head } = documentOf(rooms)

  test('is the same text each time, and ends with a line break', () => {
    assert.equal(printAsyncApi(rooms, info), printAsyncApi(structuredClone(rooms), info))
    assert.match(printAsyncApi(rooms, info) ?? '', /\}\n$/)
  })

  test('is not there where nothing goes over a socket alone', () => {
    assert.equal(printAsyncApi(model([operation('todos.list')]), info), undefined)
    assert.deepEqual(Object.keys(documentOf(todos).channels), ['todos.watch'])
  })

  test('has an address for each channel, with its parameters, and for each stream', () => {
    const addresses = Object.entries<{ address: string; parameters?: object }>(channels)
    assert.deepEqual(
      addresses.map(([id, { address, parameters }]) => [id, address, parameters]),
      [
        ['rooms.room', '/rooms/{room}', { room: {} }],
        ['rooms.lobby', '/lobby', undefined],
        ['rooms.changes', 'rooms.changes', undefined],
      ],
    )
    assert.equal(channels['rooms.room'].description, 'A room, where people talk.')
    assert.deepEqual(head.info.tags, [{ name: 'rooms', description: 'The channels and streams of `rooms`.' }])
  })

  test('has what is received with what answers it, and what is sent', () => {
    const last = ({ $ref }: { $ref: string }) => $ref.slice($ref.lastIndexOf('/') + 1)
    type Read = { action: string; messages: { $ref: string }[]; reply?: { messages: { $ref: string }[] } }
    const read = Object.entries<Read>(operations).map(([name, { action, messages, reply }]) => {
      return [action, name, messages.map(last).join(), reply?.messages.map(last).join()]
    })
    assert.deepEqual(read, [
      ['receive', 'rooms.room.connect', 'open', 'opened,open.fail'],
      ['receive', 'rooms.room.say', 'send.say', 'send.say.done,send.say.fail'],
      ['receive', 'rooms.room.clear', 'send.clear', 'send.clear.done,send.clear.fail'],
      ['receive', 'rooms.room.show', 'send.show', 'send.show.done,send.show.fail'],
      ['receive', 'rooms.room.typing', 'send.typing', 'send.typing.done,send.typing.fail'],
      ['send', 'rooms.room:posted', 'event.posted', undefined],
      ['send', 'rooms.room:present', 'event.present', undefined],
      ['send', 'rooms.room:user:left', 'event.user:left', undefined],
      ['send', 'rooms.room:cleared', 'event.cleared', undefined],
      ['receive', 'rooms.lobby.connect', 'open', 'opened,open.fail'],
      ['receive', 'rooms.lobby.hello', 'send.hello', 'send.hello.done,send.hello.fail'],
      ['receive', 'rooms.changes', 'call', 'item,done,fail'],
    ])
  })

  test('has messages that are frames of the protocol', () => {
    const { messages } = channels['rooms.room']
    assert.deepEqual(messages['send.say'].payload, {
      type: 'object',
      properties: {
        send: { type: 'integer', minimum: 1 },
        on: { type: 'integer', minimum: 1, description: 'The id of the channel.' },
        to: { type: 'string', const: 'say' },
        input: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
      },
      required: ['send', 'on', 'to', 'input'],
    })
    assert.deepEqual(messages['send.say'].correlationId, { location: '$message.payload#/send' })
    assert.deepEqual(messages['send.say.done'].payload.properties.output, { $ref: '#/components/schemas/Message' })
    assert.deepEqual(messages['event.cleared'].payload.required, ['event', 'name'])
    assert.ok(messages['send.clear'].payload.required.includes('key'))
    const [full] = messages['open.fail'].payload.properties.problem.anyOf
    assert.deepEqual(full.allOf[1].properties.code, { type: 'string', const: 'ROOM_FULL' })
  })

  test('has null where a file stands in a message, and the files beside it', () => {
    const { input, files } = channels['rooms.room'].messages['send.show'].payload.properties
    assert.deepEqual(input.properties.picture, { type: 'null' })
    assert.deepEqual(input.properties.more, { type: 'array', items: { type: 'null' } })
    assert.equal(files.type, 'array')
  })

  test('says who may do what', () => {
    const bearer = [{ $ref: '#/components/securitySchemes/bearer' }]
    assert.deepEqual(operations['rooms.room.say'].security, bearer)
    assert.equal(operations['rooms.lobby.hello'].security, undefined)
    assert.deepEqual(operations['rooms.room.connect']['x-permissions'], ['isMember'])
    assert.deepEqual(components.securitySchemes, { bearer: { type: 'http', scheme: 'bearer' } })
  })

  test('has the sockets of servers with an address, and none of one that is relative', () => {
    const servers = [
      { url: '/' },
      { url: 'https://rooms.test/api/', description: 'Live.' },
      { url: 'http://localhost:3000' },
    ]
    assert.equal(head.servers, undefined)
    assert.deepEqual(documentOf(rooms, { servers }).servers, {
      server1: { host: 'rooms.test', pathname: '/api/rpc', protocol: 'wss', description: 'Live.' },
      server2: { host: 'localhost:3000', pathname: '/rpc', protocol: 'ws' },
    })
  })

  test('says in draft 7 what shapes are', () => {
    const { Pair } = documentOf(odd).components.schemas
    assert.deepEqual(Pair, {
      type: 'array',
      items: [{ type: 'string' }, { $ref: '#/components/schemas/Id' }],
      additionalItems: { type: 'number' },
      minItems: 2,
    })
    const { input } = documentOf(odd).channels['odd.$room'].messages['send.$say'].payload.properties
    assert.deepEqual(input.properties.pair, { allOf: [{ $ref: '#/components/schemas/Pair' }], description: 'Both.' })
  })
})

interface Parser {
  parse(text: string): Promise<{
    readonly document?: object
    readonly diagnostics: readonly {
      readonly severity: number
      readonly code: string | number
      readonly message: string
    }[]
  }>
}

const { load, skip } = await tool('asyncapi')

test('the parser of AsyncAPI has neither an error nor a warning for the documents', { skip }, async () => {
  const { Parser } = await load<{ readonly Parser: new () => Parser }>('@asyncapi/parser')
  const license = { name: 'MIT', identifier: 'MIT', url: 'https://rooms.test/license' }
  const servers = [{ url: 'https://rooms.test' }]
  const contact = { name: 'The team', url: 'https://rooms.test', email: 'team@rooms.test' }
  for (const app of [rooms, todos, odd]) {
    for (const more of [{}, { license, servers, contact, description: 'Where people talk.' }]) {
      const { document, diagnostics } = await new Parser().parse(printAsyncApi(app, { ...info, ...more }) ?? '')
      // 0 is an error, 1 a warning, 2 a remark such as that there is a later AsyncAPI.
      assert.deepEqual(
        diagnostics.filter(({ severity }) => severity < 2),
        [],
      )
      assert.ok(document)
    }
  }
  const { diagnostics } = await new Parser().parse(JSON.stringify({ ...documentOf(rooms), channels: {} }))
  assert.ok(
    diagnostics.some(({ severity }) => severity === 0),
    'a reference that leads nowhere is found',
  )
})

interface Validator {
  addSchema(schema: object, key: string): void
  getSchema(ref: string): ((value: unknown) => boolean) | undefined
}

const judge = await tool('corpus')

test('the frames of the transcript in docs/protocol.md are messages of the document', {
  skip: judge.skip,
}, async () => {
  const { Ajv } = await judge.load<{ Ajv: new (options: object) => Validator }>('ajv')
  const root = join(import.meta.dirname, '../..')
  const document = JSON.parse(
    await readFile(join(root, 'transports/testing/conformance/contracts/asyncapi.json'), 'utf8'),
  )
  const transcript = await readFile(join(root, 'docs/protocol.md'), 'utf8')
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addSchema(document, 'document')
  const refs = Object.entries<{ messages: object }>(document.channels).flatMap(([id, { messages }]) =>
    Object.keys(messages).map((key) => `document#/channels/${id}/messages/${key}/payload`),
  )
  const frames = [...transcript.matchAll(/^[<>] (\{"(?:open|send|item|event|fail)":[1-9].*\})$/gm)].map(
    ([, json = '']) => JSON.parse(json),
  )
  assert.ok(frames.length > 10)
  const isMessage = (frame: unknown): boolean => refs.some((ref) => ajv.getSchema(ref)?.(frame))
  // The one that the server finds invalid, too.
  assert.deepEqual(
    frames.filter((frame) => !isMessage(frame)),
    [{ send: 5, on: 3, to: 'say', input: {} }],
  )
  assert.ok(!isMessage({ event: 1, name: 'gone', data: {} }))
})
