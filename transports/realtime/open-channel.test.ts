import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BoundChannel, Hub, HubEntry } from '../../core/index.ts'
import { hashOf } from './cursor.ts'
import { EventTexts } from './event-text.ts'
import { OpenChannel } from './open-channel.ts'
import { Replays } from './replays.ts'

/** Channels that join topics, what a hub may do to them, what they send and what is logged. */
function setUp(encode: (data: unknown) => unknown) {
  const sent: string[] = []
  const lines: string[] = []
  const listeners: { topic: string; entry(entry: HubEntry): void; lost(at: string): void }[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (_: object, message: string) => void lines.push(message) }
  const bound = { contract: { path: '/room', name: 'room' } } as BoundChannel
  const encoders = new Map([
    [
      'said',
      (data: unknown) => {
        const encoded = encode(data)
        const result = (data: unknown) => ({ success: true, data }) as const
        return encoded instanceof Promise ? encoded.then(result) : result(encoded)
      },
    ],
  ])
  const texts = new EventTexts(bound, encoders, log)
  /** What is given to who comes back, by topic. */
  const history = new Map<string, HubEntry[]>()
  const hub = {
    async listen(topic, entry, { after, lost = () => {} }) {
      listeners.push({ topic, entry: entry as (entry: HubEntry) => void, lost })
      const missed = after === undefined ? [] : (history.get(topic) ?? [])
      for (const one of missed) (entry as (entry: HubEntry) => void)(one)
      return { at: missed.at(-1)?.id ?? `${topic}-0`, whole: true }
    },
  } as Partial<Hub> as Hub
  const host = {
    id: 'one',
    log,
    replays: new Replays({ rate: 1, burst: 1 }),
    isBrief: false,
    send: (frame: string) => void sent.push(frame),
    sendAll: (frames: readonly string[]) => void sent.push(...frames),
    end() {},
  }
  const make = (number: number, after?: string) => {
    const channel = new OpenChannel(number, bound, {}, { host, after, waiting: 1, resumes: false })
    channel.prepare(texts)
    return channel
  }
  const publish = (topic: string, number: number, value: unknown = { event: 'said', data: number }) => {
    const entry = { id: `${topic}-${number}`, value }
    for (const listener of listeners) if (listener.topic === topic) listener.entry(entry)
  }
  return { sent, lines, listeners, history, hub, make, publish }
}

/** The frames, with the names of topics in place of their hashes. */
function framesOf(sent: readonly string[]): unknown[] {
  return sent.map((text) => {
    const { id, ...frame } = JSON.parse(text)
    const named = ['a', 'b'].reduce((id, topic) => id?.replace(`${hashOf(topic)}.`, ''), id as string | undefined)
    return { ...frame, id: named }
  })
}

test('who is cut right after it is open has missed nothing when he comes back', async () => {
  const { sent, history, hub, make } = setUp((data) => data)
  const said = (number: number) => ({ id: `a-${number}`, value: { event: 'said', data: number } })
  history.set('a', [said(1), said(2)])
  const channel = make(1, `${hashOf('a')}.a-0`)
  await channel.join(hub, 'a')
  channel.opened()
  assert.deepEqual(framesOf(sent), [
    { open: 1, id: 'a-0' },
    { event: 1, name: 'said', data: 1, id: 'a-1' },
    { event: 1, name: 'said', data: 2, id: 'a-2' },
  ])
})

test('each id of a channel that is open names all of its topics', async () => {
  const { sent, hub, make, publish } = setUp((data) => data)
  const channel = make(1)
  await channel.join(hub, 'a')
  publish('a', 1)
  await channel.join(hub, 'b')
  publish('b', 1)
  channel.opened()
  publish('a', 2)
  assert.deepEqual(framesOf(sent), [
    { open: 1, id: 'a-0,b-0' },
    { event: 1, name: 'said', data: 1, id: 'a-1,b-0' },
    { event: 1, name: 'said', data: 1, id: 'a-1,b-1' },
    { event: 1, name: 'said', data: 2, id: 'a-2,b-1' },
  ])
})

test('what was lost before it is open is told when it is, with the id of what is to come', async () => {
  const { sent, listeners, hub, make, publish } = setUp((data) => data)
  const channel = make(1)
  await channel.join(hub, 'a')
  await channel.join(hub, 'b')
  publish('a', 1)
  publish('b', 1)
  listeners[0]?.lost('a-9')
  publish('a', 10)
  channel.opened()
  assert.deepEqual(framesOf(sent), [
    { open: 1, whole: false, id: 'a-9,b-1' },
    { event: 1, name: 'said', data: 10, id: 'a-10,b-1' },
  ])
})

test('what takes its time to be encoded is not overtaken, not even by the loss of what follows', async () => {
  const gate = Promise.withResolvers<unknown>()
  const { sent, listeners, hub, make, publish } = setUp(() => gate.promise)
  const channel = make(1)
  await channel.join(hub, 'a')
  channel.opened()
  publish('a', 1)
  listeners[0]?.lost('a-9')
  gate.resolve(1)
  while (sent.length < 3) await new Promise(setImmediate)
  assert.deepEqual(framesOf(sent), [
    { open: 1, id: 'a-0' },
    { event: 1, name: 'said', data: 1, id: 'a-1' },
    { event: 1, whole: false, id: 'a-9' },
  ])
})

test('what was published wrongly is logged once, and not for each who would have heard of it', async () => {
  const { sent, lines, hub, make, publish } = setUp(async () => {
    throw new TypeError('not this')
  })
  for (let number = 1; number <= 5; number++) {
    const channel = make(number)
    await channel.join(hub, 'a')
    channel.opened()
  }
  sent.length = 0
  publish('a', 1, { event: 'unknown' })
  publish('a', 2)
  await new Promise(setImmediate)
  assert.deepEqual(lines, ['an event was not sent', 'an event was not sent'])
  assert.deepEqual(sent, [])
})
