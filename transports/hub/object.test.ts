import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { type ObjectStorage, objectHub } from './object.ts'
import { Ear } from './testing/ear.ts'
import { testHub } from './testing/suite.ts'

/** SQLite as Durable Objects have it. */
function storage(): ObjectStorage {
  const database = new DatabaseSync(':memory:')
  return {
    sql: {
      exec(query, ...values) {
        const rows = database.prepare(query).all(...values)
        return { toArray: () => rows }
      },
    },
  }
}

testHub('the hub of a Durable Object', {
  skip: false,
  idsNameTopics: true,
  create: (options) => ({ hub: objectHub(storage(), options) }),
})

describe('the hub of a Durable Object', () => {
  it('knows the ids and the history of before it slept', async () => {
    const stored = storage()
    const before = objectHub(stored)
    const { start } = await Ear.listen(before, 'topic')
    await before.publish('topic', 1)
    const hub = objectHub(stored)
    const ear = await Ear.listen(hub, 'topic', start.at)
    assert.equal(ear.start.whole, true)
    assert.deepEqual(ear.values, [1])
  })
  it('forgets topics that are quiet, and not those that are listened to', async (context) => {
    context.mock.timers.enable({ apis: ['Date'] })
    const hub = objectHub(storage(), { history: { seconds: 10 } })
    const [quiet, heard] = [await Ear.listen(hub, 'quiet'), await Ear.listen(hub, 'heard')]
    quiet.stop()
    context.mock.timers.tick(10_000)
    await hub.publish('another', 1)
    assert.equal((await Ear.listen(hub, 'quiet', quiet.start.at)).start.whole, false)
    assert.equal((await Ear.listen(hub, 'heard', heard.start.at)).start.whole, true)
  })
})
