import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Tracked } from '../../../core/index.ts'
import { Ear } from './ear.ts'
import { type HubUnderTest, Nodes } from './under-test.ts'

export function subscribeTests(under: HubUnderTest): void {
  describe('a stream of a topic', () => {
    it('begins anew, gives values with ids, and is taken up by the last one', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const stop = new AbortController()
      const stream = hub.subscribe<string>(topic, { signal: stop.signal, anew: 'anew' })
      assert.equal((await next(stream)).value, 'anew')
      await hub.publish(topic, 'a')
      await hub.publish(topic, 'b')
      const { id, value } = await next(stream)
      assert.equal(value, 'a')
      const back = hub.subscribe<string>(topic, { signal: stop.signal, after: id, anew: 'anew' })
      assert.equal((await next(back)).value, 'b')
      const end = [next(stream), stream.next(), back.next()]
      stop.abort()
      assert.deepEqual((await Promise.all(end)).slice(1), [
        { done: true, value: undefined },
        { done: true, value: undefined },
      ])
    })
    it('gives what is not kept with the id of what was before it', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const stop = new AbortController()
      const stream = hub.subscribe<string>(topic, { signal: stop.signal, anew: 'anew' })
      const start = await next(stream)
      await hub.publish(topic, 'typing', { history: false })
      const typing = await next(stream)
      assert.deepEqual([typing.id, typing.value], [start.id, 'typing'])
      stop.abort()
    })
    it('is anew, or fails, where entries are not known any more', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const topic = randomUUID()
      const stop = new AbortController()
      const stream = hub.subscribe<string>(topic, { signal: stop.signal, after: 'unknown', anew: 'anew' })
      assert.equal((await next(stream)).value, 'anew')
      const failing = hub.subscribe<string>(topic, { signal: stop.signal, after: 'unknown' })
      await assert.rejects(failing.next(), { code: 'CONFLICT' })
      stop.abort()
    })
    it('of a slow reader is bounded: it reads on from the history, or anew', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub({ history: { entries: 2000 } })
      const topic = randomUUID()
      const stop = new AbortController()
      const ear = await Ear.listen(hub, topic)
      const slow = hub.subscribe<number>(topic, { signal: stop.signal, anew: -1 })
      await next(slow)
      await publish(0, 2500)
      assert.deepEqual(await take(slow, 2500), range(0, 2500))
      await publish(2500, 6000)
      const read = await take(slow, 1001)
      assert.deepEqual(read.slice(0, 1000), range(2500, 3500))
      assert.equal(read[1000], -1)
      stop.abort()

      async function publish(from: number, to: number): Promise<void> {
        await Promise.all(range(from, to).map((value) => hub.publish(topic, value)))
        await ear.hears(to - 1)
      }
    })
    it('ends when its signal fires before it has begun', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const stop = new AbortController()
      const first = hub.subscribe(randomUUID(), { signal: stop.signal, anew: 0 }).next()
      stop.abort()
      assert.equal((await first).done, true)
    })
    it('ends with the hub', async () => {
      await using nodes = new Nodes(under)
      const hub = await nodes.hub()
      const { signal } = new AbortController()
      const stream = hub.subscribe(randomUUID(), { signal, anew: 0 })
      await next(stream)
      const end = stream.next()
      await hub[Symbol.asyncDispose]()
      assert.equal((await end).done, true)
    })
  })
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at)

async function next<Value>(stream: AsyncGenerator<Tracked<Value>, void>): Promise<Tracked<Value>> {
  const { done, value } = await stream.next()
  assert.ok(!done)
  return value
}

async function take<Value>(stream: AsyncGenerator<Tracked<Value>, void>, count: number): Promise<Value[]> {
  const taken: Value[] = []
  while (taken.length < count) taken.push((await next(stream)).value)
  return taken
}
