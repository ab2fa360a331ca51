import assert from 'node:assert/strict'
import { describe, mock, test } from 'node:test'
import { PikkuError, socket } from './fetch.ts'
import { createClient } from './testing/chat-client.ts'
import { serveSockets } from './testing/socket-server.ts'

mock.method(Math, 'random', () => 0)

const isCode = (code: string) => (error: unknown) => error instanceof PikkuError && error.code === code
const at = '2026-11-22T10:00:00.000Z'
const todo = { id: '1', list: '1', title: 'Milk', notes: '', done: false, createdAt: at }
const over = socket

describe('calls over the socket', () => {
  test('are answered as they are ready', async () => {
    await using server = await serveSockets()
    const { todos } = createClient(server.url, { over })
    const created = todos.create({ list: '1', title: 'Milk', due: new Date(at) })
    const removed = todos.remove({ id: '2' })
    const peer = await server.peer()
    const input = { list: '1', title: 'Milk', due: at }
    assert.deepEqual(await peer.next(), { call: 1, to: 'todos.create', input })
    assert.deepEqual(await peer.next(), { call: 2, to: 'todos.remove', input: { id: '2' } })
    peer.send({ done: 2 })
    assert.equal(await removed, undefined)
    peer.send({ done: 1, output: todo })
    assert.deepEqual((await created).createdAt, new Date(at))
  })

  test('are ended when they are left or late', async () => {
    await using server = await serveSockets()
    const { todos } = createClient(server.url, { over })
    const controller = new AbortController()
    const left = assert.rejects(todos.remove({ id: '1' }, { signal: controller.signal }), /left/)
    const late = assert.rejects(todos.remove({ id: '2' }, { timeout: 30 }), isCode('TIMEOUT'))
    const peer = await server.peer()
    await peer.next()
    await peer.next()
    controller.abort(new Error('left'))
    assert.deepEqual(await peer.next(), { end: 1 })
    assert.deepEqual(await peer.next(), { end: 2 })
    await Promise.all([left, late])
  })

  test('that were not answered when it was lost are made again where that is safe', async () => {
    await using server = await serveSockets()
    const { todos } = createClient(server.url, { over })
    const created = todos.create({ list: '1', title: 'Milk' })
    const got = todos.get({ id: '1' })
    const first = await server.peer()
    await first.next()
    await first.next()
    first.cut()
    await assert.rejects(created, isCode('UNREACHABLE'))
    const second = await server.peer()
    assert.deepEqual(await second.next(), { call: 2, to: 'todos.get', input: { id: '1' } })
    second.send({ done: 2, output: todo })
    assert.equal((await got).title, 'Milk')
  })
})

describe('a stream over the socket', () => {
  test('gives credit as its items are used, and is ended when it is left', async () => {
    await using server = await serveSockets()
    const changes = createClient(server.url, { over }).todos.watch()[Symbol.asyncIterator]()
    const item = { type: 'saved', todo }
    const first = changes.next()
    const peer = await server.peer()
    assert.deepEqual(await peer.next(), { call: 1, to: 'todos.watch', credit: 16 })
    for (let sent = 0; sent < 16; sent++) peer.send({ item: 1, output: item })
    assert.deepEqual((await first).value, { type: 'saved', todo: { ...todo, createdAt: new Date(at) } })
    for (let taken = 0; taken < 8; taken++) await changes.next()
    assert.deepEqual(await peer.next(), { more: 1, credit: 8 })
    await changes.return?.()
    assert.deepEqual(await peer.next(), { end: 1 })
  })

  test('goes on after its last id when the socket is lost, and fails without one', async () => {
    await using server = await serveSockets()
    const { todos } = createClient(server.url, { over })
    const [with_, without] = [todos.watch()[Symbol.asyncIterator](), todos.watch()[Symbol.asyncIterator]()]
    const items = [with_.next(), without.next()]
    const first = await server.peer()
    await first.next()
    await first.next()
    const output = { type: 'lists' }
    first.send({ item: 1, output, id: 'a' }, { item: 1, id: 'b' }, { item: 2, output })
    await Promise.all(items)
    first.cut()
    await assert.rejects(without.next(), isCode('UNREACHABLE'))
    const second = await server.peer()
    assert.deepEqual(await second.next(), { call: 1, to: 'todos.watch', credit: 16, after: 'b' })
    second.send({ item: 1, output }, { done: 1 })
    assert.deepEqual((await with_.next()).value, output)
    assert.equal((await with_.next()).done, true)
  })
})
