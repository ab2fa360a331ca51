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
  it('keeps only so much of all topics together, and tells who comes back that it is not whole', async () => {
    await using hub = memoryHub()
    const megabyte = 'x'.repeat(1024 * 1024)
    const [idle, some, more] = [
      await Ear.listen(hub, 'idle'),
      await Ear.listen(hub, 'some'),
      await Ear.listen(hub, 'more'),
    ]
    const isWhole = async (topic: string, { start }: Ear & { start: { at: string } }) =>
      (await Ear.listen(hub, topic, start.at)).start.whole
    await hub.publish('idle', megabyte)
    for (let time = 0; time < 40; time++) await hub.publish('some', megabyte)
    assert.deepEqual([await isWhole('idle', idle), await isWhole('some', some)], [true, true])
    idle.stop()
    for (let time = 0; time < 30; time++) await hub.publish('more', megabyte)
    // Of what nobody listens to there may be no more either.
    for (let time = 0; time < 70; time++) await hub.publish('unheard', megabyte)
    await hub.publish('unheard', 'x')
    // Who has just said most has least of it kept.
    assert.deepEqual([await isWhole('some', some), await isWhole('more', more)], [true, false])
  })
})
