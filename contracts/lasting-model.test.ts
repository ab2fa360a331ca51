import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LastingModel } from './lasting-model.ts'
import type { AppModel } from './model.ts'
import { array, channel, model, object, operation, ref, string } from './print/testing/model.ts'

const read = (name: 'title' | 'name', line = 1) =>
  model(
    [
      { ...operation('albums.get', { output: ref('Album') }), at: { file: 'albums.ts', line, column: 1, length: 1 } },
      operation('cards.get', { output: ref('Card') }),
    ],
    {
      Album: object({ label: ref('Label'), more: array(ref('Album')) }),
      Label: object({ [name]: string }),
      Card: object({ text: string }),
    },
  )

test('what says the same is the same object, and so is a model of nothing else', () => {
  const lasting = new LastingModel()
  const first = lasting.renew(read('title'))
  assert.equal(lasting.renew(read('title')), first)
})

test('what leads to something else is another object, and all else is not', () => {
  const lasting = new LastingModel()
  const first = lasting.renew(read('title'))
  const now = lasting.renew(read('name'))
  assert.notEqual(now, first)
  for (const name of ['Album', 'Label']) assert.notEqual(now.types.get(name), first.types.get(name), name)
  assert.notEqual(now.operations[0], first.operations[0])
  assert.equal(now.types.get('Card'), first.types.get('Card'))
  assert.equal(now.operations[1], first.operations[1])
})

test('a channel is the same as long as all that it consists of is', () => {
  const lasting = new LastingModel()
  const rooms = (name: 'title' | 'name', more: Parameters<typeof channel>[2] = {}): AppModel => ({
    ...read(name),
    channels: [
      channel('rooms.room', '/rooms', { events: { posted: { output: ref('Album') } }, ...more }),
      channel('rooms.lobby', '/lobby', { messages: { say: { input: ref('Card') } } }),
    ],
  })
  const first = lasting.renew(rooms('title'))
  assert.equal(lasting.renew(rooms('title', { at: { file: 'app.ts', line: 7, column: 1, length: 1 } })), first)
  const edits: AppModel[] = [
    rooms('name'),
    rooms('name', { description: 'A room.' }),
    rooms('name', { auth: false }),
    rooms('name', { connect: operation('rooms.room.connect', { input: ref('Card') }) }),
    rooms('name', { disconnect: operation('rooms.room.disconnect') }),
    rooms('name', { messages: { say: {} } }),
    rooms('name', { events: {} }),
  ]
  let before = first
  for (const edit of edits) {
    const now = lasting.renew(edit)
    assert.deepEqual(now, edit)
    assert.notEqual(now, before)
    assert.notEqual(now.channels[0], before.channels[0])
    assert.equal(now.channels[1], first.channels[1])
    before = now
  }
})

test('a function that has moved in its file is the same operation', () => {
  const lasting = new LastingModel()
  assert.equal(lasting.renew(read('title', 1)), lasting.renew(read('title', 7)))
})

test('who calls, and the order of operations, are of the model as a whole', () => {
  const lasting = new LastingModel()
  const first = lasting.renew(read('title'))
  const secured = lasting.renew({ ...read('title'), security: [{ from: 'bearer' }] })
  assert.notEqual(secured, first)
  const turned = lasting.renew({ ...secured, operations: secured.operations.toReversed() })
  assert.notEqual(turned, secured)
  assert.equal(turned.operations[1], first.operations[0])
})
