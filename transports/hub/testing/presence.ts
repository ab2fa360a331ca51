import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { type HubUnderTest, Nodes } from './under-test.ts'

export function presenceTests(under: HubUnderTest): void {
  describe('who is present', () => {
    it('is listed once, however often they came in, until they have left', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const [ann, ann2, bob] = [new AbortController(), new AbortController(), new AbortController()]
      const watching = hub.presence(topic, new AbortController())
      assert.deepEqual((await watching.next()).value, [])
      await hub.enter(topic, 'bob', bob)
      assert.deepEqual((await watching.next()).value, ['bob'])
      await hub.enter(topic, 'ann', ann)
      await hub.enter(topic, 'ann', ann2)
      assert.deepEqual(await hub.present(topic), ['ann', 'bob'])
      assert.deepEqual((await watching.next()).value, ['ann', 'bob'])
      ann.abort()
      bob.abort()
      assert.deepEqual((await watching.next()).value, ['ann'])
      ann2.abort()
      assert.deepEqual((await watching.next()).value, [])
      assert.deepEqual(await hub.present(topic), [])
    })
    it('may have any name, in any topic', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = `${randomUUID()} *.> ' "`
      const members = ['', '"', "'; --", '*', '__proto__', 'ü 🦊', '\0'].sort()
      const { signal } = new AbortController()
      await Promise.all(members.map((member) => hub.enter(topic, member, { signal })))
      assert.deepEqual(await hub.present(topic), members)
      assert.deepEqual(await hub.present('__proto__'), [])
    })
    it('is told to everybody who watches, until their signals fire', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const stops = [new AbortController(), new AbortController()]
      const watching = stops.map((stop) => hub.presence(topic, stop))
      for (const watch of watching) assert.deepEqual((await watch.next()).value, [])
      const { signal } = new AbortController()
      await hub.enter(topic, 'ann', { signal })
      for (const watch of watching) assert.deepEqual((await watch.next()).value, ['ann'])
      const ends = watching.map((watch) => watch.next())
      for (const stop of stops) stop.abort()
      for (const end of ends) assert.equal((await end).done, true)
    })
    it('is nobody whose signal has fired already', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      await assert.rejects(hub.enter(topic, 'ann', { signal: AbortSignal.abort() }), { name: 'AbortError' })
      assert.deepEqual(await hub.present(topic), [])
    })
  })
}
