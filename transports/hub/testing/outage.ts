import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { Ear } from './ear.ts'
import { Gate } from './gate.ts'
import { type HubUnderTest, Nodes, type Outage } from './under-test.ts'

/** What a hub does while its engine is away, and when it is back. */
export function outageTests(under: HubUnderTest, { url, connect, empty }: Outage): void {
  describe('an engine that is away', () => {
    it('lets nothing be published, and nothing be lost', async () => {
      await using gate = new Gate(url)
      await using nodes = new Nodes(under)
      const hub = await nodes.add(connect(await gate.open(), { timeout: 1 }))
      const other = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      await other.publish(topic, 'before')
      await ear.hears('before')
      await gate.cut()
      const { signal } = new AbortController()
      await assert.rejects(hub.publish(topic, 'never'), { code: 'UNAVAILABLE' })
      await assert.rejects(
        hub.listen(randomUUID(), () => {}, { signal }),
        { code: 'UNAVAILABLE' },
      )
      await assert.rejects(hub.present(topic), { code: 'UNAVAILABLE' })
      for (let value = 0; value < 50; value++) await other.publish(topic, value)
      await gate.open()
      await ear.hears(49)
      const heard = ear.values.filter((value) => value !== 'never')
      assert.deepEqual(heard, ['before', ...Array(50).keys()])
      assert.deepEqual(ear.lost, [])
      while (
        !(await hub.publish(topic, 'after').then(
          () => true,
          () => false,
        ))
      );
      await ear.hears('after')
    })
    it('and comes back empty is told to who listens', async () => {
      await using gate = new Gate(url)
      await using nodes = new Nodes(under)
      const hub = await nodes.add(connect(await gate.open(), {}))
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      await hub.publish(topic, 'before')
      await ear.hears('before')
      await gate.cut()
      await empty()
      await gate.open()
      await ear.until(({ lost }) => lost.length > 0)
      await hub.publish(topic, 'after')
      await ear.hears('after')
      assert.deepEqual(ear.values, ['before', 'after'])
      const back = await Ear.listen(hub, topic, ear.lost[0])
      assert.deepEqual([back.start.whole, back.values], [true, ['after']])
      assert.equal((await Ear.listen(hub, topic, ear.entries[0]?.id)).start.whole, false)
    })
    it('for longer than a lease takes those who are present for gone until it is back', async () => {
      await using gate = new Gate(url)
      await using nodes = new Nodes(under)
      const hub = await nodes.add(connect(await gate.open(), { presence: 1 }))
      const other = await nodes.hub({ presence: 1 })
      const topic = randomUUID()
      const { signal } = new AbortController()
      await hub.enter(topic, 'ann', { signal })
      const watching = other.presence(topic, { signal })
      assert.deepEqual((await watching.next()).value, ['ann'])
      await gate.cut()
      assert.deepEqual((await watching.next()).value, [])
      await gate.open()
      assert.deepEqual((await watching.next()).value, ['ann'])
    })
  })
}
