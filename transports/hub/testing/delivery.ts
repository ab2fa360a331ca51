import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { Ear } from './ear.ts'
import { type HubUnderTest, Nodes } from './under-test.ts'

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at)

export function deliveryTests(under: HubUnderTest): void {
  describe('what is published', () => {
    it('reaches everybody who listens, in order and once', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ears = await Promise.all([Ear.listen(hub, topic), Ear.listen(hub, topic), Ear.listen(hub, topic)])
      await Promise.all(numbers(1, 50).map((value) => hub.publish(topic, value)))
      for (const ear of ears) {
        assert.deepEqual((await ear.hears(50)).values, numbers(1, 50))
        assert.equal(new Set(ear.entries.map(({ id }) => id)).size, 50)
      }
      const [first, second] = ears
      assert.equal(first?.entries[0], second?.entries[0])
    })
    it('reaches nobody else', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const [topic, other] = [randomUUID(), randomUUID()]
      const ear = await Ear.listen(hub, topic)
      const left = await Ear.listen(hub, topic)
      left.stop()
      await hub.publish(other, 'no')
      await hub.publish(topic, 'yes')
      assert.deepEqual((await ear.hears('yes')).values, ['yes'])
      assert.deepEqual(left.values, [])
    })
    it('arrives as what it is', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      for (const value of values) {
        await hub.publish(topic, value)
        const { entries } = await ear.until(({ entries }) => entries.length > 0)
        assert.deepEqual(entries.pop()?.value, value)
      }
    })
    it('is a copy: what the publisher changes later is not seen', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      const value = { list: ['before'] }
      const published = hub.publish(topic, value)
      value.list.push('after')
      await published
      await ear.until(({ entries }) => entries.length > 0)
      assert.deepEqual(ear.values, [{ list: ['before'] }])
    })
    it('is refused when it is no data, and may have hostile keys', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      const refused = [
        () => {},
        Symbol('no'),
        new (class Own {})(),
        { at: Promise.resolve() },
        JSON.parse('{"__proto__":1}'),
      ]
      for (const value of refused) await assert.rejects(hub.publish(topic, value), TypeError)
      const hostile = { constructor: { prototype: { polluted: true } }, toString: 1, hasOwnProperty: null, '': '' }
      await hub.publish(topic, hostile)
      await ear.until(({ entries }) => entries.length > 0)
      assert.deepEqual(ear.values, [hostile])
      assert.equal('polluted' in {}, false)
    })
    it('is not kept from others by a listener that throws, or lags by one that publishes', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const { signal } = new AbortController()
      await hub.listen(topic, () => assert.fail('on purpose'), { signal })
      await hub.listen<unknown>(topic, ({ value }) => value === 1 && void hub.publish(topic, 2), { signal })
      const ear = await Ear.listen(hub, topic)
      await hub.publish(topic, 1)
      assert.deepEqual((await ear.hears(2)).values, [1, 2])
    })
    it('may be large', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const ear = await Ear.listen(hub, topic)
      const large = 'ü'.repeat(100_000)
      await hub.publish(topic, large)
      await hub.publish(topic, large, { history: false })
      await hub.publish(topic, 'end')
      assert.deepEqual((await ear.hears('end')).values, [large, large, 'end'])
    })
    it('goes to topics of any name', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const ears = await Promise.all(hostileNames.map((name) => Ear.listen(hub, name)))
      const run = randomUUID()
      for (const name of hostileNames) await hub.publish(name, `${run} ${name}`)
      for (const [at, name] of hostileNames.entries()) {
        const { values } = (await ears[at]?.hears(`${run} ${name}`)) ?? { values: [] }
        assert.deepEqual(values, [`${run} ${name}`])
      }
    })
    it('is refused for what is no name', async () => {
      await using nodes = new Nodes(under)
      for (const name of ['', 'ü'.repeat(257), 'lone \ud800']) {
        await assert.rejects((await nodes.hub()).publish(name, 1), TypeError)
      }
    })
  })

  describe('listening', () => {
    it('fails when its signal has fired, and when the hub is closed', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      await assert.rejects(
        hub.listen('topic', () => {}, { signal: AbortSignal.abort() }),
        { name: 'AbortError' },
      )
      await hub[Symbol.asyncDispose]()
      const { signal } = new AbortController()
      await assert.rejects(
        hub.listen('topic', () => {}, { signal }),
        { code: 'UNAVAILABLE' },
      )
      await assert.rejects(hub.publish('topic', 1), { code: 'UNAVAILABLE' })
    })
    it('can begin and end at once, many times', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      for (const at of numbers(1, 20)) {
        const [ear, other] = await Promise.all([Ear.listen(hub, topic), Ear.listen(hub, topic)])
        other.stop()
        await hub.publish(topic, at)
        assert.deepEqual((await ear.hears(at)).values, [at])
        ear.stop()
      }
    })
  })
}

const values = [
  undefined,
  null,
  0,
  { '\udc00': 'half \ud800 🦊' },
  'text \0 \u2028 </script>',
  -0,
  Number.NaN,
  12345678901234567890n,
  new Date(0),
  new URL('https://a.example/?b=c'),
  new Map<unknown, unknown>([[{ key: 1 }, new Set([1n])]]),
  new Uint8Array([0, 255, 10]),
  { there: undefined, list: [undefined, null, new Date(1)] },
]

const hostileNames = [
  '__proto__',
  'constructor',
  'rooms:*',
  'rooms.*',
  'rooms.>',
  '>',
  '*',
  '$JS.API.>',
  'a b\tc\r\nPUB x 1',
  'h[a-z]?llo*',
  `'; drop table pikku_hub_topics; --`,
  '"quoted" \\ $1 $$',
  '{tag}',
  '\0',
  '-',
  'ünï cödé 🦊',
  'x'.repeat(512),
]
