import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { type FastifyScope, toFastifyPlugin } from './fastify.ts'
import { createHono } from './hono.ts'
import { refusal, TestSocket } from './testing/conformance/socket.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { Target } from './testing/conformance/target.ts'

type FastifyModule = (options: { forceCloseConnections: boolean }) => Fastify
interface Fastify {
  register(plugin: (scope: FastifyScope) => Promise<void>, options?: { prefix: string }): void
  post(path: string, handler: (request: { body: unknown }) => unknown): void
  listen(options: { port: number; host: string }): Promise<string>
  close(): Promise<void>
}

const { skip, load } = await tool('mounts')
const fastify = skip ? undefined : (await load<{ default: FastifyModule }>('fastify')).default

/** Fastify on a free port, with the app as a plugin. */
async function start(prefix?: string, ...more: string[]) {
  assert.ok(fastify)
  // Connections that were opened and not used yet are not idle to Node.
  const server = fastify({ forceCloseConnections: true })
  for (const at of [prefix, ...more])
    server.register(toFastifyPlugin(createHono(app, setup())), ...(at ? [{ prefix: at }] : []))
  server.post('/own', async ({ body }) => body)
  const url = await server.listen({ port: 0, host: 'localhost' })
  return { url, close: () => server.close() }
}

// Its router refuses broken escapes before any plugin sees them.
conformance('Fastify 5', { skip, start })

describe('a Fastify plugin', { skip }, () => {
  it('answers below its prefix, and leaves the rest and its bodies to others', async () => {
    const { url, close } = await start('/api')
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"text":"a"}' }
    assert.deepEqual(await (await fetch(`${url}/api/notes/1`)).json(), { id: '1', text: 'first' })
    assert.deepEqual(await (await fetch(`${url}/api/rpc/notes.echo`, init)).json(), { text: 'a' })
    assert.deepEqual(await (await fetch(`${url}/own`, init)).json(), { text: 'a' })
    assert.equal((await fetch(`${url}/notes/1`)).status, 404)
    await close()
  })

  it('ends its streams when the server closes', async () => {
    const { url, close } = await start()
    const response = await fetch(`${url}/ticks/0`)
    const [text] = await Promise.all([response.text(), close()])
    assert.match(text, /^:\n\nevent: error\ndata: \{.*"code":"UNAVAILABLE"/)
  })

  it('opens sockets below its prefix, beside others, and closes them with the server', async () => {
    const { url, close } = await start('/api', '/other')
    const [api, other] = [new Target(`${url}/api`), new Target(`${url}/other`)]
    const [one, two] = [await TestSocket.open(api), await TestSocket.open(other)]
    assert.equal((await refusal(new Target(url), {})).status, 404)
    const running = one.ask({ call: 1, to: 'failures.slow', input: {} })
    await api.untilNoted('slow')
    await close()
    // What runs is answered first.
    assert.equal((await running).problem?.code, 'TIMEOUT')
    assert.deepEqual(await Promise.all([one.closed, two.closed]), [1012, 1012])
  })
})
