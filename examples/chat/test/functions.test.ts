import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Hub, PikkuError } from 'pikku'
import { memoryHub } from 'pikku/hub'
import { type Database, openDatabase } from '../src/database/index.ts'
import * as account from '../src/functions/account.ts'
import * as files from '../src/functions/files.ts'
import * as messages from '../src/functions/messages.ts'
import * as rooms from '../src/functions/rooms.ts'
import { post } from '../src/posting.ts'
import { cookie } from '../src/session.ts'
import { lobbyTopic, roomTopic } from '../src/topics.ts'
import { callIn, callOf } from './call.ts'
import { testDatabases } from './databases.ts'

for (const { name, skip, make } of await testDatabases()) {
  describe(`the functions on ${name}`, { skip }, () => {
    let services: { db: Database; hub: Hub }
    let drop: () => Promise<void>
    const ada = callOf({ name: 'Ada' })

    before(async () => {
      const made = await make()
      drop = made.drop
      services = { db: await openDatabase(made.address), hub: memoryHub() }
    })
    after(async () => {
      await services?.hub[Symbol.asyncDispose]()
      await services?.db[Symbol.asyncDispose]()
      await drop?.()
    })

    const newRoom = () => rooms.create(services, { name: `Room ${crypto.randomUUID()}` }, ada)
    const draft = (room: string, text: string, author = 'Ada') => ({ id: crypto.randomUUID(), room, author, text })

    test('a name is signed in, in a cookie that only a server opens', async () => {
      const call = callOf(undefined)
      assert.deepEqual(await account.signIn(services, { name: 'Ada' }, call), { name: 'Ada' })
      const value = call.reply.cookies[0]?.value ?? ''
      assert.ok(!value.includes('Ada'))
      const session = await cookie.resolve(services, value, callOf(undefined))
      assert.deepEqual(session, { name: 'Ada' })
      assert.equal(await account.me(services, undefined, callOf(undefined)), null)
    })

    test('a room has an address of its own, and everybody hears of it', async () => {
      const heard: unknown[] = []
      const { signal } = ada
      await services.hub.listen(lobbyTopic, ({ value }) => heard.push(value), { signal })
      const room = await rooms.create(services, { name: ' Ausflug nach Köln! ' }, ada)
      assert.deepEqual(room, { id: 'ausflug-nach-köln', name: 'Ausflug nach Köln!' })
      assert.deepEqual(heard, [{ event: 'opened', data: room }])
      const again = rooms.create(services, { name: 'ausflug, nach köln' }, ada)
      await assert.rejects(again, (error) => error instanceof rooms.RoomTaken && error.data.room.id === room.id)
      assert.ok((await rooms.list(services, undefined, ada)).some(({ id }) => id === room.id))
    })

    test('what is sent twice is there once, and is told again', async () => {
      const room = (await newRoom()).id
      const heard: string[] = []
      const { signal } = ada
      await services.hub.listen(
        roomTopic(room),
        ({ value }) => value.event === 'posted' && heard.push(value.data.text),
        { signal },
      )
      const hello = draft(room, 'Hello')
      // At the same time, as from two servers, and later.
      const [first, second] = await Promise.all([post(services, hello), post(services, hello)])
      assert.deepEqual(first, second)
      assert.deepEqual(await post(services, { ...hello, text: 'Changed on the way' }), first)
      const { items } = await messages.list(services, { room }, ada)
      assert.deepEqual(items, [first])
      assert.deepEqual(heard, ['Hello', 'Hello', 'Hello'])
    })

    test('a room is entered where there is one, and what is said there is said in it', async () => {
      const room = (await newRoom()).id
      await rooms.room.connect(services, { room }, callIn(room, 'Ada'))
      await fails('NO_ROOM', rooms.room.connect(services, { room: 'nowhere' }, callIn('nowhere', 'Ada')))
      const id = crypto.randomUUID()
      const said = await rooms.room.messages.say(services, { id, text: 'Hello' }, callIn(room, 'Ada'))
      assert.deepEqual([said.id, said.author, said.room], [id, 'Ada', room])
      assert.deepEqual((await messages.list(services, { room }, ada)).items, [said])
    })

    test('an id leads to no message of somebody else, nor of another room', async () => {
      const [room, other] = [(await newRoom()).id, (await newRoom()).id]
      const secret = draft(room, 'Secret')
      await post(services, secret)
      await fails('ID_TAKEN', post(services, { ...secret, author: 'Eve' }))
      await fails('ID_TAKEN', post(services, { ...secret, room: other }))
      await fails('NO_ROOM', post(services, draft('nowhere', 'Hello')))
      assert.deepEqual((await messages.list(services, { room: other }, ada)).items, [])
    })

    test('history comes in pages, the newest first, and each page in its order', async () => {
      const room = (await newRoom()).id
      for (let number = 1; number <= 5; number++) await post(services, draft(room, `${number}`))
      const read = async (before?: bigint) => {
        const page = await messages.list(services, { room, limit: 2, ...(before && { before }) }, ada)
        return { ...page, texts: page.items.map(({ text }) => text) }
      }
      const newest = await read()
      assert.deepEqual([newest.texts, newest.more], [['4', '5'], true])
      const older = await read(newest.items[0]?.number)
      assert.deepEqual([older.texts, older.more], [['2', '3'], true])
      const oldest = await read(older.items[0]?.number)
      assert.deepEqual([oldest.texts, oldest.more], [['1'], false])
    })

    test('a file is shared as a message, and comes back as it was', async () => {
      const room = (await newRoom()).id
      const file = new File([new Uint8Array([0, 1, 254, 255])], 'größe.bin', { type: 'application/x-thing' })
      const id = crypto.randomUUID()
      const shared = await files.share(services, { id, room, file }, ada)
      assert.deepEqual(shared.file, { name: 'größe.bin', type: 'application/x-thing', size: 4 })
      assert.deepEqual(await files.share(services, { id, room, file }, ada), shared)
      const found = await files.download(services, { id }, ada)
      assert.deepEqual([found.name, found.type], ['größe.bin', 'application/x-thing'])
      assert.deepEqual(new Uint8Array(await found.arrayBuffer()), new Uint8Array([0, 1, 254, 255]))
      await fails('NO_FILE', files.download(services, { id: crypto.randomUUID() }, ada))
    })
  })
}

async function fails(code: string, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => error instanceof PikkuError && error.code === code)
}
