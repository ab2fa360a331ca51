import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ChannelClient } from 'pikku/client'
import { createClient, isError, type LobbyEvents, type RoomEvents } from '../contracts/client.ts'
import { makePglite } from './databases.ts'
import { type RunningServer, startServer } from './server.ts'

describe('the channels', { timeout: 60_000 }, () => {
  let database: Awaited<ReturnType<typeof makePglite>>
  let server: RunningServer
  before(async () => {
    database = await makePglite()
    server = await startServer({ DATABASE_URL: database.address })
  })
  after(async () => {
    assert.equal(await server?.stop(), 0)
    await database?.drop()
  })

  /** The client of somebody who has signed in. */
  async function person(name: string) {
    let cookie = ''
    await createClient(server.url, {
      fetch: async (url, init) => {
        const response = await fetch(url, init)
        cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? ''
        return response
      },
    }).account.signIn({ name })
    return createClient(server.url, { headers: { cookie } })
  }

  test('a room tells everybody what is said, who is there and who writes', async () => {
    const [ada, grace] = [await person('Ada'), await person('Grace')]
    using hers = ada.channel('/rooms/:room', { room: 'general' })
    using others = grace.channel('/rooms/:room', { room: 'general' })
    const [typing, posted] = [
      next<RoomEvents, 'typing'>(others, 'typing'),
      next<RoomEvents, 'posted'>(others, 'posted'),
    ]
    await Promise.all([hers.opened, others.opened])
    const id = crypto.randomUUID()
    await hers.send('typing')
    assert.deepEqual(await typing, { name: 'Ada' })
    const said = await hers.send('say', { id, text: 'Hello' })
    assert.deepEqual([said.id, said.author, said.room, said.text], [id, 'Ada', 'general', 'Hello'])
    assert.ok(said.postedAt instanceof Date)
    assert.equal(typeof said.number, 'bigint')
    assert.deepEqual(await posted, said)
  })

  test('a room that is not there cannot be entered, nor can one without a name', async () => {
    const ada = await person('Ada')
    using nowhere = ada.channel('/rooms/:room', { room: 'nowhere' })
    await assert.rejects(nowhere.opened, (error) => isError(error, 'NO_ROOM') && error.data.room === 'nowhere')
    using stranger = createClient(server.url).channel('/rooms/:room', { room: 'general' })
    await assert.rejects(stranger.opened, (error) => isError(error, 'UNAUTHENTICATED'))
  })

  test('who floods a room is held back, and nobody else is', async () => {
    const [ada, grace] = [await person('Ada'), await person('Grace')]
    using hers = ada.channel('/rooms/:room', { room: 'general' })
    using others = grace.channel('/rooms/:room', { room: 'general' })
    await Promise.all([hers.opened, others.opened])
    const say = (channel: typeof hers) => channel.send('say', { id: crypto.randomUUID(), text: 'Again' })
    const flood = async () => {
      const answers = await Promise.allSettled(Array.from({ length: 101 }, () => say(hers)))
      return answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []))
    }
    let refused = await flood()
    // A machine that takes more than ten seconds for them has begun to count anew.
    while (refused.length === 0) refused = await flood()
    assert.ok(refused.every((error) => isError(error, 'TOO_MANY_REQUESTS')))
    await say(others)
  })

  test('the lobby tells of new rooms, and of rooms where something is said', async () => {
    const ada = await person('Ada')
    using lobby = ada.channel('/rooms')
    await lobby.opened
    const [opened, stirred] = [
      next<LobbyEvents, 'opened'>(lobby, 'opened'),
      next<LobbyEvents, 'stirred'>(lobby, 'stirred'),
    ]
    const room = await ada.rooms.create({ name: 'Engines' })
    assert.deepEqual(await opened, room)
    using channel = ada.channel('/rooms/:room', { room: room.id })
    const { number } = await channel.send('say', { id: crypto.randomUUID(), text: 'First' })
    assert.deepEqual(await stirred, { room: room.id, number })
  })
})

/** The data of the next event of this name. */
function next<Events, Name extends keyof Events & string>(
  channel: Pick<ChannelClient<Events, {}>, 'on'>,
  event: Name,
): Promise<Events[Name]> {
  return new Promise((resolve) => {
    const stop = channel.on(event, (data) => {
      stop()
      resolve(data)
    })
  })
}
