import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AppModel, ChannelModel } from '../model.ts'
import { createProject, type Files, type TestProject } from './testing/project.ts'
import { shapeText } from './testing/shape-text.ts'

const files: Files = {
  'src/checks.ts': `import { defineError } from 'pikku'
import { middleware, permission } from './pikku.ts'
export class Full extends defineError('ROOM_FULL', { status: 409 })<{ room: string }> {}
export class Never extends defineError('NEVER')<{ by: string }> {}
export const isMember = permission('isMember', async ({ db }, { room }: { room: string }) => (await db.find(room)) !== '')
export const isAdmin = permission('isAdmin', async ({ clock }) => clock !== undefined)
export const audit = middleware(async ({ mail }, _input, _call, next) => { void mail; return next() })
`,
  'src/functions/messages.ts': `import type { Services } from '../pikku.ts'
export interface Message { id: string; text: string; at: Date }
/** Takes one back. */
export async function unsay({ db }: Services, { id }: { id: string }): Promise<boolean> { return (await db.find(id)) !== '' }
`,
  'src/functions/rooms.ts': `import { type } from 'pikku'
import { audit, Full, isAdmin, isMember, Never } from '../checks.ts'
import { channel, func } from '../pikku.ts'
import { type Message, unsay } from './messages.ts'
export interface RoomEvents {
  /** Somebody said something. */
  posted: Message
  /** Who is there. */
  present: string[]
  'user:left': { user: string }
  cleared: void
}
/** A room, where people talk. */
export const room = channel({
  events: type<RoomEvents>(),
  permissions: [isMember],
  middleware: [audit],
  connect: async ({ hub }, { room }: { room: string }) => {
    void hub
    if (room === 'full') throw new Full({ room })
  },
  disconnect: async ({ clock }) => { void clock },
  messages: {
    /** Says something in the room. */
    say: async ({ hub, db }, input: { text: string }, { channel, session }): Promise<Message> => {
      void hub
      await channel.send('present', [session.userId])
      return { id: await db.find(input.text), text: input.text, at: new Date() }
    },
    clear: func({ permissions: [isAdmin], idempotency: true }, async (_services, _input: { before?: Date }) => {}),
    unsay,
    typing() {},
  },
})
export const lobby = channel({ auth: false, messages: { hello: async () => 'hello' as const, anybody: func({ auth: false }, async () => {}) } })
const adminOnly = { permissions: isAdmin }
const clear = { ...adminOnly, handler: async (): Promise<void> => {} }
/** Takes any message with options. */
export const hall = channel({
  connect: async (_services, _params: { hall: string }) => {},
  messages: {
    /** Says something in the hall. */
    say: {
      permissions: [isMember],
      middleware: [audit],
      errors: [Full],
      idempotency: { required: true },
      timeout: 10,
      handler: async ({ hub }, input: { room: string; text: string }, { channel, session }): Promise<Message> => {
        void hub
        if (input.text === 'never') throw new Never({ by: session.userId })
        return { id: channel.params.hall, text: input.text, at: new Date() }
      },
    },
    unsay: { rateLimit: { limit: 1, window: 1 }, handler: unsay },
    method: { async handler({ clock }, _input: { at: Date }) { void clock } },
    clear,
  },
})
const definition = { connect: async (_services: object, _params: { day: Date }) => {} }
export const days = channel(definition)
const make = () => channel({})
export const made = make()
export const ping = func(async () => true)
`,
  'src/app.ts': `import { app } from './pikku.ts'
import * as rooms from './functions/rooms.ts'
import { channel, func } from './pikku.ts'
export default app({
  rpc: { rooms },
  channels: {
    '/rooms/:room': rooms.room,
    '/lobby': rooms.lobby,
    '/halls/:hall': rooms.hall,
    '/days/:day': rooms.days,
    '/made': rooms.made,
    '/inline/here': channel({ messages: { ping: async () => {}, open: func({ auth: false }, async () => {}) } }),
  },
})
`,
}

describe('the channels of an app', () => {
  let project: TestProject
  let model: AppModel
  const channel = (path: string): ChannelModel => {
    const found = model.channels.find((candidate) => candidate.path === path)
    assert.ok(found, `${path} is a channel`)
    return found
  }

  before(async () => {
    project = await createProject(files)
    model = project.model()
  })
  after(() => project[Symbol.dispose]())

  test('are named for their module and export, in the order of the app', () => {
    assert.deepEqual(
      model.channels.map(({ path, name, module, auth }) => [path, name, module, auth]),
      [
        ['/rooms/:room', 'rooms.room', 'rooms', true],
        ['/lobby', 'rooms.lobby', 'rooms', false],
        ['/halls/:hall', 'rooms.hall', 'rooms', true],
        ['/days/:day', 'rooms.days', 'rooms', true],
        ['/made', 'rooms.made', 'rooms', true],
        ['/inline/here', 'app.inlineHere', 'app', true],
      ],
    )
    assert.equal(channel('/rooms/:room').description, 'A room, where people talk.')
  })

  test('are no operations of the tree that their module stands in', () => {
    assert.deepEqual(
      model.operations.map(({ name }) => name),
      ['rooms.ping'],
    )
  })

  test('open with the parameters of their path, behind their permissions and their middleware', () => {
    const { connect, disconnect } = channel('/rooms/:room')
    assert.equal(connect.name, 'rooms.room.connect')
    assert.equal(connect.input && shapeText(connect.input), '{ room: string }')
    assert.deepEqual(connect.permissions, ['isMember'])
    assert.deepEqual(connect.services, ['db', 'hub', 'mail'])
    assert.deepEqual(
      connect.errors.map(({ code, status, data }) => [code, status, data && shapeText(data)]),
      [['ROOM_FULL', 409, '{ room: string }']],
    )
    assert.equal(disconnect?.name, 'rooms.room.disconnect')
    assert.deepEqual(disconnect.input, connect.input)
    assert.deepEqual([disconnect.services, disconnect.errors, disconnect.permissions], [['clock'], [], undefined])
  })

  test('open without a handler too, and without parameters take none', () => {
    const { connect, ...lobby } = channel('/lobby')
    assert.deepEqual(
      [connect.input, connect.services, connect.auth, lobby.disconnect],
      [undefined, [], false, undefined],
    )
  })

  test('are read from a definition with a name; of one that is made out of sight the services are not known', () => {
    const { input } = channel('/days/:day').connect
    assert.equal(input && shapeText(input), '{ day: date }')
    assert.equal(channel('/made').connect.services, '*')
  })

  test('take messages in the order in which they are written, with the options of their functions', () => {
    const { messages } = channel('/rooms/:room')
    assert.deepEqual(
      messages.map(({ name, operation: { name: whole, input, output, description } }) => {
        return [name, whole, input && shapeText(input), output && shapeText(output), description]
      }),
      [
        ['say', 'rooms.room.say', '{ text: string }', 'Message', 'Says something in the room.'],
        ['clear', 'rooms.room.clear', '{ before?: date }', undefined, undefined],
        ['unsay', 'rooms.room.unsay', '{ id: string }', 'boolean', 'Takes one back.'],
        ['typing', 'rooms.room.typing', undefined, undefined, undefined],
      ],
    )
    const clear = messages[1]?.operation
    assert.deepEqual([clear?.permissions, clear?.idempotencyKey, clear?.services], [['isAdmin'], 'taken', ['clock']])
    assert.deepEqual(messages[0]?.operation.services, ['db', 'hub'])
    assert.deepEqual(new Set(messages.map(({ operation }) => operation.module)), new Set(['rooms']))
  })

  test('take messages with options of their own, and a handler among them', () => {
    const { messages } = channel('/halls/:hall')
    assert.deepEqual(
      messages.map(({ name, operation: { input, output, permissions, idempotencyKey, services, auth } }) => {
        return [
          name,
          input && shapeText(input),
          output && shapeText(output),
          permissions,
          idempotencyKey,
          services,
          auth,
        ]
      }),
      [
        ['say', '{ room: string; text: string }', 'Message', ['isMember'], 'needed', ['db', 'hub', 'mail'], true],
        ['unsay', '{ id: string }', 'boolean', undefined, undefined, ['db'], true],
        ['method', '{ at: date }', undefined, undefined, undefined, ['clock'], true],
        // What `...adminOnly` brings along is not looked up.
        ['clear', undefined, undefined, undefined, undefined, '*', true],
      ],
    )
    const [say] = messages
    assert.equal(say?.operation.description, 'Says something in the hall.')
    assert.deepEqual(
      say.operation.errors.map(({ code }) => code),
      ['ROOM_FULL', 'NEVER', 'IDEMPOTENCY_KEY_REUSED'],
    )
  })

  test('send events with what is written of each', () => {
    assert.deepEqual(
      channel('/rooms/:room').events.map(({ name, operation: { name: whole, output, description } }) => {
        return [name, whole, output && shapeText(output), description]
      }),
      [
        ['posted', 'rooms.room:posted', 'Message(description Somebody said something.)', 'Somebody said something.'],
        ['present', 'rooms.room:present', 'string[](description Who is there.)', 'Who is there.'],
        ['user:left', 'rooms.room:user:left', '{ user: string }', undefined],
        ['cleared', 'rooms.room:cleared', undefined, undefined],
      ],
    )
    assert.deepEqual(channel('/lobby').events, [])
  })

  test('need a session for a message where they need one themselves, unless the message says otherwise', () => {
    const authOf = (path: string) => channel(path).messages.map(({ name, operation }) => [name, operation.auth])
    assert.deepEqual(authOf('/lobby'), [
      ['hello', false],
      ['anybody', false],
    ])
    assert.deepEqual(authOf('/inline/here'), [
      ['ping', true],
      ['open', false],
    ])
  })
})

describe('a channel that cannot be read', () => {
  const told = async (channels: string, rooms = ''): Promise<string[]> => {
    using project = await createProject({
      'src/functions/rooms.ts': `import { type } from 'pikku'\nimport { channel } from '../pikku.ts'\nvoid type\n${rooms}`,
      'src/app.ts': `import { app } from './pikku.ts'\nimport * as rooms from './functions/rooms.ts'\nvoid rooms\nexport default app({ channels: { ${channels} } })\n`,
    })
    return project
      .diagnostics()
      .map(({ code, at, message }) => `${code} ${at?.file.split('/').at(-1)}:${at?.line} ${message}`)
  }

  test('is told when one of its names cannot be', async () => {
    const room = `export const room = channel({
  events: type<{ fine: 1; 'user:left': 1; 'user-2': 1; constructor: 1; '__proto__': 1; 'two words': 1 }>(),
  messages: {
    connect: async () => {},
    disconnect: async () => {},
    constructor: async () => {},
    ['__proto__']: async () => {},
    'say-it': async () => {},
  },
})`
    const found = await told("'/rooms': rooms.room", room)
    assert.deepEqual(
      found.map((line) => line.replace(/ (cannot be the name|is what the channel).*/, '')),
      [
        'PK1011 rooms.ts:5 "constructor"',
        'PK1011 rooms.ts:5 "__proto__"',
        'PK1011 rooms.ts:5 "two words"',
        'PK1011 rooms.ts:7 `connect`',
        'PK1011 rooms.ts:8 `disconnect`',
        'PK1011 rooms.ts:9 "constructor"',
        'PK1011 rooms.ts:10 "__proto__"',
        'PK1011 rooms.ts:11 "say-it"',
      ],
    )
  })

  test('is told when its path is none', async () => {
    const found = await told(
      "'/a b': rooms.one, '/:id/:id': rooms.two, '/files/*': rooms.three",
      'export const one = channel({})\nexport const two = channel({})\nexport const three = channel({})',
    )
    assert.deepEqual(found, [
      'PK1003 app.ts:4 "a b" cannot be part of a path. A segment is plain text, or a parameter such as :id.',
      'PK1003 app.ts:4 The path names :id twice. Give each parameter its own name.',
      'PK1003 app.ts:4 "*" cannot be part of a path. A segment is plain text, or a parameter such as :id.',
    ])
  })

  test('is told when it stands at two paths', async () => {
    assert.deepEqual(await told("'/a': rooms.one, '/b': rooms.one", 'export const one = channel({})'), [
      'PK1006 app.ts:4 rooms.one is the channel at /a already. Make another channel for /b, or take one of the paths away.',
    ])
  })

  test('is told when only its run knows what it is', async () => {
    const hidden = 'export const hidden: { readonly "~channel": object } = channel({})'
    assert.deepEqual(await told("'/a': rooms.hidden", hidden), [
      'PK1002 app.ts:4 What "/a" holds is no channel that can be seen. Make it by channel({ … }), and wire it by its name: \'/rooms/:room\': rooms.room.',
    ])
    const open = 'const auth: boolean = Date.now() > 0\nexport const open = channel({ auth })'
    const [found] = await told("'/a': rooms.open", open)
    assert.match(found ?? '', /^PK1002 rooms.ts:5 Whether rooms.open needs a session is decided when it runs/)
  })
})
