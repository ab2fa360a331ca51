import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { WebSocket } from 'ws'
import { findRedis, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { createHono } from './hono.ts'
import { redisHub } from './hub.ts'
import { toLambdaHandler } from './lambda.ts'
import { createClient } from './testing/conformance/contracts/client.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { loadBalancer, payload1, payload2, streamed } from './testing/lambda/gateway.ts'
import { serveFunction, serveSocketFunctions } from './testing/lambda/serve.ts'

const { skip: missing, folder } = await tool('lambda')
const redis = await findRedis()
/** Its installation builds it. */
const skip = missing && `${missing}, after \`apt-get install autoconf automake cmake g++ libtool make\``

conformance('AWS Lambda, payload 2.0', {
  skip,
  start: () => serveFunction(folder, 'whole', payload2),
})
conformance('AWS Lambda, payload 1.0', {
  skip,
  start: () => serveFunction(folder, 'whole', payload1),
})
conformance('AWS Lambda, behind a load balancer', {
  skip,
  start: () => serveFunction(folder, 'whole', loadBalancer),
})
conformance('AWS Lambda, streamed', {
  skip,
  start: () => serveFunction(folder, 'streamed', streamed),
})
conformance('AWS Lambda, with a WebSocket API', {
  skip: skip || redis.skip,
  start: () => serveSocketFunctions(folder, redis.url),
})

describe('a function of Lambda', () => {
  const handler = toLambdaHandler(createHono(app, setup()))
  const event = {
    rawPath: '/notes/1',
    rawQueryString: '',
    headers: { host: 'localhost' },
    requestContext: { http: { method: 'GET', sourceIp: '192.0.2.1' } },
  }
  const single = {
    httpMethod: 'POST',
    path: '/rpc/notes.signIn',
    headers: { host: 'localhost', 'content-type': 'application/json' },
    queryStringParameters: {},
    body: '{}',
    isBase64Encoded: false,
    requestContext: { elb: {} },
  }

  it('answers a load balancer that has single values in kind', async () => {
    const { statusCode, headers, multiValueHeaders } = await handler(single)
    assert.deepEqual([statusCode, multiValueHeaders], [204, undefined])
    assert.match(headers?.['set-cookie'] ?? '', /^__Host-sid=ann;/)
  })

  it('answers 400 to an event of no address, and to headers that are none', async () => {
    for (const headers of [{ host: 'a b' }, { host: 'localhost', 'a b': 'c' }, { host: 'localhost', a: '\u0000' }]) {
      const { statusCode, body } = await handler({ ...event, headers })
      assert.deepEqual([statusCode, JSON.parse(body).code], [400, 'BAD_REQUEST'])
    }
  })

  it('takes what was decoded on the way for a part of the path', async () => {
    const { statusCode, body } = await handler({ ...event, rawPath: '/notes/a?b#c d' })
    assert.deepEqual([statusCode, JSON.parse(body).data], [404, { id: 'a?b#c d' }])
  })

  it('ends calls and streams before Lambda ends the process', async () => {
    const { body } = await handler({ ...event, rawPath: '/ticks/0' }, { getRemainingTimeInMillis: () => 500 })
    assert.match(body, /event: error\ndata: \{.*"code":"UNAVAILABLE"/)
    // The process lives on.
    assert.equal((await handler({ ...event, rawPath: '/ticks/1' })).statusCode, 200)
  })
})

describe('clients of a WebSocket API', { skip: skip || redis.skip }, () => {
  it('hear all that is said, once and in order, however often their sockets are cut', async (context) => {
    // Nobody waits long before coming back.
    context.mock.method(Math, 'random', () => 0.01)
    const served = await serveSocketFunctions(folder, redis.url)
    const client = new Redis(redis.url)
    const hub = redisHub(client, { prefix: served.hubPrefix })
    const over = new AbortController()
    const [said, heard, room] = [[] as string[], [] as string[], { room: 'cut' }]
    await hub.listen('rooms:cut', ({ value }) => said.push(textOf(value)), { signal: over.signal })
    const open = async () => {
      const headers = { authorization: 'Bearer bob-token' }
      const channel = createClient(served.url, { WebSocket, headers, linger: 0 }).channel('/rooms/:room', room)
      await channel.opened
      return channel
    }
    using listener = await open()
    listener.on('posted', ({ text }) => heard.push(text))
    listener.onState(({ whole }) => assert.notEqual(whole, false))
    const talk = async (name: string) => {
      using speaker = await open()
      for (let at = 0; at < 40; at++) {
        // What was not answered may have been said.
        await speaker.send('say', { text: `${name} ${at}` }).catch(() => {})
        if (at % 10 === 5) served.cut()
      }
    }
    await Promise.all(['ann', 'bob', 'carl'].map(talk))
    using last = await open()
    await last.send('say', { text: 'the end' })
    while (heard.at(-1) !== 'the end') await setTimeout(20)
    assert.deepEqual(heard, said)
    assert.ok(said.length > 90, `${said.length} were said`)
    over.abort()
    await hub[Symbol.asyncDispose]()
    client.disconnect()
    await served.close()
  })
})

function textOf(value: unknown): string {
  return (value as { data: { text: string } }).data.text
}
