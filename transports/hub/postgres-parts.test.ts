import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { test } from 'node:test'
import { postgresHub } from './postgres.ts'
import type { PostgresPool } from './postgres-client.ts'
import { patient } from './testing/under-test.ts'
import { toText } from './text.ts'
import { toToken } from './token.ts'

/** A connection of a pool, whose moments no real one would let a test choose. */
class Connection extends EventEmitter {
  readonly listening = Promise.withResolvers<void>()

  async query(): Promise<{ rows: unknown[] }> {
    this.listening.resolve()
    return { rows: [] }
  }

  release(): void {}

  notify(payload: string): void {
    this.emit('notification', { payload: `${toToken('topic:a')} ${payload}` })
  }
}

test('the rest of a text that a lost connection kept to itself is not taken for the end of another one', async () => {
  const connections = [new Connection(), new Connection()] as const
  const [first, second] = connections
  const open = [...connections]
  const entry = { epoch: 'e', last: '0', first: null, number: null, body: '' }
  const pool: PostgresPool = {
    query: async () => ({ rows: [entry] }),
    connect: async () => open.shift() as Connection,
  }
  await using hub = postgresHub(pool)
  const heard: unknown[] = []
  const { promise, resolve } = Promise.withResolvers<void>()
  const hear = ({ value }: { value: unknown }) => {
    heard.push(value)
    resolve()
  }
  await hub.listen('a', hear, { signal: new AbortController().signal })
  first.notify(`1 0 ${toText('passing').slice(0, 5)}`)
  first.emit('end')
  // One that is over has nothing to say either.
  first.notify(`1 0 more`)
  await second.listening.promise
  second.notify(`e-1 . ${toText('kept')}`)
  await promise
  assert.deepEqual(heard, ['kept'])
})

test('a connection that is lost with the answer that it listens is not taken for one that does', {
  timeout: 5000,
}, async () => {
  const [lost, next] = [new Connection(), new Connection()]
  const { query } = Connection.prototype
  lost.query = async () => {
    const answer = await query.call(lost)
    // The client tells both before anything else is done.
    lost.emit('error')
    return answer
  }
  const open = [lost, next]
  const entry = { epoch: 'e', last: '0', first: null, number: null, body: '' }
  const pool: PostgresPool = {
    query: async () => ({ rows: [entry] }),
    connect: async () => open.shift() as Connection,
  }
  await using hub = postgresHub(pool, patient)
  const heard = Promise.withResolvers<unknown>()
  await hub.listen('a', ({ value }) => heard.resolve(value), { signal: new AbortController().signal })
  next.notify(`e-1 . ${toText('kept')}`)
  assert.equal(await heard.promise, 'kept')
})
