import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { Redis } from 'ioredis'
import type { ChannelClient } from '../clients/fetch.ts'
import { Gate } from '../transports/hub/testing/gate.ts'
import { redisHub } from '../transports/hub.ts'
import { createClient } from '../transports/testing/conformance/contracts/client.ts'
import { cleanEnvironment, findRedis, root } from './tools.ts'

const { url: redis, skip } = await findRedis()
const [events, cuts] = [10_000, 100]

/** A server in a process of its own. */
async function startServer(prefix: string, port = '0') {
  const file = join(root, 'tests', 'realtime', 'server.ts')
  const child = spawn(process.execPath, ['--conditions=pikku-source', file, redis, prefix, port], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: cleanEnvironment(),
  })
  const [url] = await once(child.stdout.setEncoding('utf8'), 'data')
  return { child, port: new URL(String(url)).port }
}

test(`of ${events} events none is lost, doubled or out of order, though connections are cut ${cuts} times and the server is killed`, {
  skip,
}, async () => {
  // So that clients come back at once, and not after seconds.
  mock.method(Math, 'random', () => 0.01)
  const prefix = `test:${randomUUID()}`
  // The hub connects by itself, to where this one would.
  const hub = redisHub(new Redis(redis, { lazyConnect: true }), { prefix, history: { entries: 20_000 } })
  let server = await startServer(prefix)
  const gate = new Gate(`http://127.0.0.1:${server.port}`)
  const url = (await gate.open()).replace(/\/$/, '')
  const client = createClient(url, { headers: { authorization: 'Bearer bob-token' } })
  const rooms = [client.channel('/rooms/:room', { room: 'a' }), client.channel('/rooms/:room', { room: 'b' })]
  const heard: number[][] = [[], []]
  /** Resolves when all events have come; rejects when some are told to be lost. */
  const all = rooms.map((room, at) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    room.on('posted', ({ text }) => {
      heard[at]?.push(Number(text))
      if (heard[at]?.length === events / 2) resolve()
    })
    room.onState(({ whole }) => whole === false && reject(new Error('The events are not whole.')))
    return promise
  })
  const done = Promise.all(all)
  const open = () => Promise.all(rooms.map(isOpen))
  let next = 0
  const publish = async (count: number) => {
    for (let event = 0; event < count; event++, next++) {
      const data = { text: `${next}`, by: 'test', at: new Date() }
      await Promise.all(['a', 'b'].map((room) => hub.publish(`rooms:${room}`, { event: 'posted', data })))
    }
  }
  try {
    for (let cut = 0; cut < cuts; cut++) {
      await Promise.race([open(), done])
      const some = events / 2 / cuts
      await publish(some / 2)
      await gate.cut()
      if (cut === cuts / 2) {
        server.child.kill('SIGKILL')
        await once(server.child, 'exit')
        server = await startServer(prefix, server.port)
      }
      await publish(some / 2)
      await gate.open()
    }
    await done
    const expected = Array.from({ length: events / 2 }, (_, event) => event)
    assert.deepEqual(heard, [expected, expected])
  } finally {
    for (const room of rooms) room.close()
    server.child.kill()
    await once(server.child, 'exit')
    await hub[Symbol.asyncDispose]()
    await gate.cut()
  }
})

/** Resolves when a channel is open, at once or again. */
function isOpen({ state, onState }: Pick<ChannelClient<object, object>, 'state' | 'onState'>): Promise<void> {
  if (state === 'open') return Promise.resolve()
  return new Promise((resolve) => {
    const leave = onState(({ state }) => {
      if (state !== 'open') return
      leave()
      resolve()
    })
  })
}
