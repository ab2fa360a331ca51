import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type BoundChannel, consoleLog } from '../../core/index.ts'
import { EventTexts } from './event-text.ts'

test('an entry of a topic is encoded once, however many are told of it', () => {
  let encoded = 0
  const encode = (data: unknown) => {
    encoded++
    return { success: true, data } as const
  }
  const channel = { contract: { path: '/room' } } as BoundChannel
  const texts = new EventTexts(channel, new Map([['said', encode]]), consoleLog)
  const entry = { id: 'a-1', value: { event: 'said', data: 1 } }
  assert.equal(texts.ofEntry(entry), ',"name":"said","data":1')
  assert.equal(texts.ofEntry(entry), texts.ofEntry(entry))
  assert.equal(encoded, 1)
})
