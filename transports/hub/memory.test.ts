import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { memoryHub } from './memory.ts'
import { Ear } from './testing/ear.ts'
import { testHub } from './testing/suite.ts'

testHub('the hub in memory', {
  skip: false,
  idsNameTopics: true,
  create: (options) => ({ hub: memoryHub(options) }),
})

describe('the hub in memory', () => {
  it('hands values on before publishing returns', async () => {
    await using hub = memoryHub()
    const ear = await Ear.listen(hub, 'topic')
    void hub.publish('topic', 1)
    assert.deepEqual(ear.values, [1])
  })
  it('knows no ids of another process', async () => {
    await using before = memoryHub()
    await using hub = memoryHub()
    const { start } = await Ear.listen(before, 'topic')
    assert.equal((await Ear.listen(hub, 'topic', start.at)).start.whole, false)
  })
  it('forgets topics that are quiet, and not those that are listened to', async (context) => {
    context.mock.timers.enable({ apis: ['Date'] })
    await using hub = memoryHub({ history: { seconds: 10 } })
    const [quiet, heard] = [await Ear.listen(hub, 'quiet'), await Ear.listen(hub, 'heard')]
    quiet.stop()
    context.mock.timers.tick(10_000)
    await hub.publish('another', 1)
    assert.equal((await Ear.listen(hub, 'quiet', quiet.start.at)).start.whole, false)
    assert.equal((await Ear.listen(hub, 'heard', heard.start.at)).start.whole, true)
  })
  it('forgets the longest silent of very many topics', async () => {
    await using hub = memoryHub()
    const [old, recent] = [randomUUID(), randomUUID()]
    const ids: string[] = []
    for (const topic of [old, recent]) {
      const ear = await Ear.listen(hub, topic)
      ear.stop()
      ids.push(ear.start.at)
    }
    for (let topic = 0; topic < 999; topic++) await hub.publish(String(topic), 1)
    assert.equal((await Ear.listen(hub, recent, ids[1])).start.whole, true)
    assert.equal((await Ear.listen(hub, old, ids[0])).start.whole, false)
  })
})
