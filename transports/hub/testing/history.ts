import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { isEventId } from '../../../core/index.ts'
import { Ear } from './ear.ts'
import { type HubUnderTest, Nodes } from './under-test.ts'

export function historyTests(under: HubUnderTest): void {
  describe('who comes back with an id', () => {
    it('is given what followed, and then what is to come', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const before = await Ear.listen(hub, topic)
      for (const value of ['a', 'b', 'c', 'd']) await hub.publish(topic, value)
      await before.hears('d')
      before.stop()
      await hub.publish(topic, 'e')
      const ids = before.entries.map(({ id }) => id ?? '')
      assert.ok(ids.every(isEventId))
      const back = await Ear.listen(hub, topic, ids[1])
      assert.equal(back.start.whole, true)
      assert.deepEqual(back.values, ['c', 'd', 'e'])
      assert.equal(back.start.at, back.entries.at(-1)?.id)
      assert.deepEqual(
        back.entries.slice(0, 2).map(({ id }) => id),
        ids.slice(2),
      )
      await hub.publish(topic, 'f')
      assert.deepEqual((await back.hears('f')).values, ['c', 'd', 'e', 'f'])
    })
    it('can come back with the id it was given at the beginning', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const before = await Ear.listen(hub, topic)
      assert.ok(isEventId(before.start.at))
      before.stop()
      await hub.publish(topic, 1)
      const back = await Ear.listen(hub, topic, before.start.at)
      assert.deepEqual([back.start.whole, back.values], [true, [1]])
      const again = await Ear.listen(hub, topic, back.start.at)
      assert.deepEqual([again.start, again.values], [{ whole: true, at: back.start.at }, []])
    })
    it('is told when that was too long ago, and is given what is to come', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub({ history: { entries: 10 } })
      const topic = randomUUID()
      const before = await Ear.listen(hub, topic)
      for (let value = 0; value < 300; value++) await hub.publish(topic, value)
      await before.hears(299)
      const back = await Ear.listen(hub, topic, before.entries[0]?.id)
      assert.deepEqual([back.start.whole, back.values], [false, []])
      assert.equal(back.start.at, before.entries.at(-1)?.id)
      await hub.publish(topic, 'next')
      assert.deepEqual((await back.hears('next')).values, ['next'])
      const recent = await Ear.listen(hub, topic, before.entries[295]?.id)
      assert.deepEqual([recent.start.whole, recent.values], [true, [296, 297, 298, 299, 'next']])
    })
    it('is told that an id is unknown', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const [topic, other] = [randomUUID(), randomUUID()]
      await hub.publish(topic, 1)
      const ear = await Ear.listen(hub, topic)
      const [epoch, number] = ear.start.at.split('-')
      const unknown = ['', 'x', '__proto__', `${epoch}-${Number(number) + 1e9}`, `0-${number}`, `${epoch}-1e3`]
      for (const id of unknown) assert.equal((await Ear.listen(hub, topic, id)).start.whole, false, id)
      if (under.idsNameTopics) assert.equal((await Ear.listen(hub, other, ear.start.at)).start.whole, false)
    })
    it('is not given what was not to be kept, which has no id', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      await hub.publish(topic, 'typing', { history: false })
      await hub.publish(topic, 'posted')
      await ear.hears('posted')
      assert.deepEqual(ear.values, ['typing', 'posted'])
      assert.deepEqual(
        ear.entries.map((entry) => Object.hasOwn(entry, 'id')),
        [false, true],
      )
      assert.deepEqual((await Ear.listen(hub, topic, ear.start.at)).values, ['posted'])
    })
    it('is given each entry once while others are published', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const first = await Ear.listen(hub, topic)
      const published: Promise<void>[] = []
      const backs: Promise<Ear>[] = []
      for (let value = 0; value < 200; value++) {
        published.push(hub.publish(topic, value))
        if (value % 20 === 0) backs.push(Ear.listen(hub, topic, first.start.at))
        if (value % 10 === 0) await new Promise(setImmediate)
      }
      await Promise.all(published)
      for (const back of await Promise.all(backs)) {
        assert.deepEqual(
          (await back.hears(199)).values,
          Array.from({ length: 200 }, (_, at) => at),
        )
      }
    })
  })
}
