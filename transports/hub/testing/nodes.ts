import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { Ear } from './ear.ts'
import { type HubUnderTest, Nodes } from './under-test.ts'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

/** What hubs of several processes do together. */
export function nodesTests(under: HubUnderTest): void {
  describe('two hubs on one engine', () => {
    it('hand on what is published at either, in one order', async () => {
      await using nodes = new Nodes(under)
      const hubs = [await nodes.hub(), await nodes.hub()]
      const topic = randomUUID()
      const ears = await Promise.all(hubs.map((hub) => Ear.listen(hub, topic)))
      await Promise.all(hubs.flatMap((hub, at) => range(0, 100).map((value) => hub.publish(topic, `${at} ${value}`))))
      for (const ear of ears) await ear.until(({ values }) => values.length === 200)
      assert.deepEqual(ears[0]?.entries, ears[1]?.entries)
      for (const at of [0, 1]) {
        const own = ears[0]?.values.filter((value) => String(value).startsWith(`${at} `))
        assert.deepEqual(
          own,
          range(0, 100).map((value) => `${at} ${value}`),
        )
      }
    })
    it('take up by an id what was heard at the other', async () => {
      await using nodes = new Nodes(under)
      const [one, other] = [await nodes.hub(), await nodes.hub()]
      const topic = randomUUID()
      const ear = await Ear.listen(one, topic)
      await one.publish(topic, 'a')
      await one.publish(topic, 'b')
      await ear.hears('b')
      const back = await Ear.listen(other, topic, ear.entries[0]?.id)
      assert.deepEqual([back.start.whole, back.values], [true, ['b']])
    })
    it('lose nothing when a connection breaks', async () => {
      await using nodes = new Nodes(under)
      const [node, other] = [await nodes.node(), await nodes.node()]
      const topic = randomUUID()
      const ear = await Ear.listen(node.hub, topic)
      await other.hub.publish(topic, 0)
      await ear.hears(0)
      for (const round of range(0, 3)) {
        const published = range(1, 50).map((value) => other.hub.publish(topic, round * 50 + value))
        await node.cut?.()
        await Promise.all(published)
        await other.hub.publish(topic, round * 50 + 50)
        await ear.hears(round * 50 + 50)
      }
      assert.deepEqual(ear.values, range(0, 151))
      assert.deepEqual(ear.lost, [])
    })
    it('tell who is present at either, and that a process has died', async () => {
      await using nodes = new Nodes(under)
      const [one, other] = [await nodes.hub({ presence: 1 }), await nodes.hub({ presence: 1 })]
      const topic = randomUUID()
      const { signal } = new AbortController()
      const watching = other.presence(topic, { signal })
      assert.deepEqual((await watching.next()).value, [])
      await one.enter(topic, 'ann', { signal })
      assert.deepEqual((await watching.next()).value, ['ann'])
      await other.enter(topic, 'ann', { signal })
      await other.enter(topic, 'bob', { signal })
      assert.deepEqual((await watching.next()).value, ['ann', 'bob'])
      const process = await under.enterElsewhere?.(topic, 'cid')
      assert.deepEqual((await watching.next()).value, ['ann', 'bob', 'cid'])
      process?.kill('SIGKILL')
      assert.deepEqual((await watching.next()).value, ['ann', 'bob'])
      assert.deepEqual(await one.present(topic), ['ann', 'bob'])
    })
    it('take what their own hub has put down away when it ends', async () => {
      await using nodes = new Nodes(under)
      const [one, other] = [await nodes.hub(), await nodes.hub()]
      const topic = randomUUID()
      const { signal } = new AbortController()
      await one.enter(topic, 'ann', { signal })
      assert.deepEqual(await other.present(topic), ['ann'])
      await one[Symbol.asyncDispose]()
      assert.deepEqual(await other.present(topic), [])
    })
  })
}
