import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Hub } from '../src/hub.ts'

describe('a hub', () => {
  const { signal } = new AbortController()

  /** The next events, and the id of the last one. */
  async function take(events: AsyncGenerator<{ id: string; value: string }, void>, count: number) {
    const values: string[] = []
    let id = ''
    while (values.length < count) {
      const { value, done } = await events.next()
      if (done) break
      values.push(value.value)
      id = value.id
    }
    return { values, id }
  }

  /** What somebody is told who comes back after an id, up to what is published then. */
  async function comeBack(hub: Hub<string>, topic: string, id: string) {
    const events = hub.subscribe(topic, 'anew', signal, id)
    const heard: string[] = []
    const first = events.next()
    hub.publish(topic, 'end')
    for (let next = await first; !next.done && next.value.value !== 'end'; next = await events.next()) {
      heard.push(next.value.value)
    }
    await events.return()
    return heard
  }

  test('tells who comes back what followed, of this topic and once', async () => {
    const hub = new Hub<string>()
    const events = hub.subscribe('ada', 'anew', signal)
    assert.deepEqual((await take(events, 1)).values, ['anew'])
    hub.publish('ada', 'a')
    hub.publish('eve', 'not hers')
    hub.publish('ada', 'b')
    const { values, id } = await take(events, 1)
    assert.deepEqual(values, ['a'])
    await events.return()
    hub.publish('eve', 'not hers either')
    hub.publish('ada', 'c')
    assert.deepEqual(await comeBack(hub, 'ada', id), ['b', 'c'])
  })

  test('tells who has everything nothing twice', async () => {
    const hub = new Hub<string>()
    const events = hub.subscribe('ada', 'anew', signal)
    const { id } = await take(events, 1)
    await events.return()
    assert.deepEqual(await comeBack(hub, 'ada', id), [])
  })

  test('says that it knows no more where it keeps too little, and goes on from there', async () => {
    const hub = new Hub<string>()
    const events = hub.subscribe('ada', 'anew', signal)
    const { id } = await take(events, 1)
    for (let event = 1; event <= 100; event++) hub.publish('ada', `${event}`)
    assert.equal((await take(hub.subscribe('ada', 'anew', signal, id), 100)).values.at(0), '1')
    hub.publish('ada', '101')
    // One who reads slowly is as far behind as one who comes back.
    assert.deepEqual((await take(events, 1)).values, ['anew'])
    hub.publish('ada', '102')
    assert.deepEqual((await take(events, 1)).values, ['102'])
    assert.equal((await take(hub.subscribe('ada', 'anew', signal, id), 1)).values.at(0), 'anew')
  })

  test('takes ids of another process, and what is no id, for no id', async () => {
    const before = new Hub<string>()
    const { id } = await take(before.subscribe('ada', 'anew', signal), 1)
    const hub = new Hub<string>()
    const here = (await take(hub.subscribe('ada', 'anew', signal), 1)).id
    const name = here.split(':')[0]
    for (const other of [id, 'none', `${name}:x`, `${name}:1000`]) {
      assert.equal((await comeBack(hub, 'ada', other)).at(0), 'anew', other)
    }
  })

  test('forgets the topics to which nobody has listened for longest, and nobody takes that for silence', async () => {
    const hub = new Hub<string>()
    const events = hub.subscribe('ada', 'anew', signal)
    const { id } = await take(events, 1)
    await events.return()
    for (let other = 0; other < 1000; other++) {
      const quiet = hub.subscribe(`other ${other}`, 'anew', signal)
      await quiet.next()
      await quiet.return()
    }
    hub.publish('ada', 'unheard')
    assert.deepEqual(await comeBack(hub, 'ada', id), ['anew'])
  })
})
