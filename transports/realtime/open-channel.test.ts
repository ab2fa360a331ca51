import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BoundChannel, Hub, HubEntry } from '../../core/index.ts'
import { EventTexts } from './event-text.ts'
import { OpenChannel } from './open-channel.ts'
import { Replays } from './replays.ts'

/** Channels that have joined a topic, what a hub may do to them, what they send and what is logged. */
async function setUp(count: number, encode: (data: unknown) => Promise<unknown>) {
  const sent: string[] = []
  const lines: string[] = []
  const listeners: { entry(entry: HubEntry): void; lost(at: string): void }[] = []
  const log = { debug() {}, info() {}, warn() {}, error: (_: object, message: string) => void lines.push(message) }
  const bound = { contract: { path: '/room', name: 'room' } } as BoundChannel
  const encoders = new Map([['said', async (data: unknown) => ({ success: true, data: await encode(data) }) as const]])
  const texts = new EventTexts(bound, encoders, log)
  const hub = {
    async listen(_topic, entry, { lost = () => {} }) {
      listeners.push({ entry, lost })
      return { at: 'a-0', whole: true }
    },
  } as Partial<Hub> as Hub
  const host = {
    id: 'one',
    log,
    isBrief: false,
    replays: new Replays({ rate: 1, burst: 1 }),
    isBrief: false,
    send: (frame: string) => void sent.push(frame),
    sendAll: (frames: readonly string[]) => void sent.push(...frames),
    end() {},
  }
  for (let number = 1; number <= count; number++) {
    const channel = new OpenChannel(number, bound, {}, { host, after: undefined, waiting: 1, resumes: false })
    channel.prepare(texts)
    await channel.join(hub, 'topic')
    channel.opened()
  }
  sent.length = 0
  const publish = (entry: HubEntry) => {
    for (const listener of listeners) listener.entry(entry)
  }
  return { sent, lines, listeners, publish }
}

test('what takes its time to be encoded is not overtaken, not even by the loss of what follows', async () => {
  const gate = Promise.withResolvers<unknown>()
  const { sent, listeners, publish } = await setUp(1, () => gate.promise)
  publish({ id: 'a-1', value: { event: 'said', data: 1 } })
  listeners[0]?.lost('a-9')
  gate.resolve(1)
  while (sent.length < 2) await new Promise(setImmediate)
  assert.match(sent[0] ?? '', /"name":"said","data":1,"id":"\w+\.a-1"/)
  assert.match(sent[1] ?? '', /"id":"\w+\.a-9","whole":false/)
})

test('what was published wrongly is logged once, and not for each who would have heard of it', async () => {
  const { sent, lines, publish } = await setUp(5, async () => {
    throw new TypeError('not this')
  })
  publish({ id: 'a-1', value: { event: 'unknown' } })
  publish({ id: 'a-2', value: { event: 'said', data: 1 } })
  await new Promise(setImmediate)
  assert.deepEqual(lines, ['an event was not sent', 'an event was not sent'])
  assert.deepEqual(sent, [])
})
