import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { readPage } from '../tests/markdown.ts'
import { cleanEnvironment, root, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { TestSocket } from './testing/conformance/socket.ts'
import { Target } from './testing/conformance/target.ts'
import { typeErrors } from './testing/foreign-types.ts'
import { appObjects, bundleWorker, startWorkerd } from './testing/workerd.ts'

const workers = await tool('workers')
const worker = join(root, 'transports', 'testing', 'conformance', 'servers', 'worker.ts')

conformance('Cloudflare Workers', {
  skip: workers.skip,
  start: async () => startWorkerd(workers, await bundleWorker(worker)),
})

const object = join(root, 'transports', 'testing', 'conformance', 'servers', 'object.ts')
const startObject = async () => startWorkerd(workers, await bundleWorker(object), appObjects)

conformance('Cloudflare Workers, in a Durable Object', { skip: workers.skip, start: startObject })

test('a Durable Object sleeps while its sockets are open, and goes on with them', { skip: workers.skip }, async () => {
  const { url, close } = await startObject()
  const target = new Target(url)
  const [one, two] = [await TestSocket.bob(target), await TestSocket.bob(target)]
  const before = await one.ask({ open: 1, to: '/rooms/:room', input: { room: 'x' } })
  await two.ask({ open: 5, to: '/rooms/:room', input: { room: 'x' } })
  await one.ask({ send: 2, on: 1, to: 'say', input: { text: 'before' } })
  const { id } = await two.event('posted')
  await two.event('welcome')
  await one.ask({ send: 3, on: 1, to: 'once', input: { id: 'memory' } })
  // workerd lets an object sleep that had nothing to do for 10 seconds; answering pings is nothing.
  for (let pings = 0; pings < 7; pings++) {
    await setTimeout(2_000)
    two.send({ ping: 0 })
    await two.next(({ pong }) => pong === 0)
  }

  await one.ask({ send: 4, on: 1, to: 'say', input: { text: 'after' } })
  assert.equal(await target.noted('memory'), undefined, 'it did not sleep')
  const posted = await two.event('posted')
  assert.equal((posted.data as { text: string }).text, 'after')
  assert.notEqual(posted.id, id)
  // `connect` has run again; nothing was lost.
  assert.deepEqual((await two.event('welcome')).data, { room: 'x' })
  assert.deepEqual(two.frames, [])
  assert.equal((await one.ask({ call: 6, to: 'notes.mine', input: {} })).output, 'bob')

  const three = await TestSocket.bob(target)
  const opened = await three.ask({ open: 1, to: '/rooms/:room', input: { room: 'x' }, after: before.id })
  assert.equal(opened.whole, undefined)
  for (const text of ['before', 'after'])
    assert.equal(((await three.event('posted')).data as { text: string }).text, text)
  for (const socket of [one, two, three]) socket.close()
  await close()
})

test('a worker needs nothing of Node', async (context) => {
  const { bytes, gzipped, packages } = await bundleWorker(worker)
  assert.deepEqual(packages.toSorted(), ['devalue', 'hono', 'iron-webcrypto', 'jose', 'uint8array-extras', 'zod'])
  context.diagnostic(`the conformance app as a worker: ${bytes} bytes, ${gzipped} gzipped`)
  assert.ok(gzipped < 92_200, `${gzipped} bytes gzipped`)
})

test('a worker is a module that Cloudflare runs', { skip: workers.skip }, async () => {
  assert.deepEqual(await typeErrors(workers), [])
})

test('the settings that the documentation has are taken by wrangler', { skip: workers.skip }, async () => {
  const { fences } = await readPage('docs/deploy.md')
  for (const [file, main] of [
    ['wrangler.json', worker],
    ['wrangler.object.json', object],
  ] as const) {
    const settings = fences.find((fence) => fence.file === file)?.text ?? ''
    await takenByWrangler({ ...JSON.parse(settings), main })
  }
})

async function takenByWrangler(settings: object): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pikku-wrangler-'))
  const config = join(folder, 'wrangler.json')
  await writeFile(config, JSON.stringify(settings))
  const { code, stdout, stderr } = await workers.run(
    'wrangler',
    ['deploy', '--dry-run', '--outdir', join(folder, 'out'), '--config', config],
    {
      env: {
        ...cleanEnvironment(),
        CI: 'true',
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_LOG_PATH: folder,
        WRANGLER_BUILD_CONDITIONS: 'pikku-source,workerd,worker,browser',
      },
    },
  )
  assert.equal(code, 0, stderr)
  assert.doesNotMatch(stdout + stderr, /warning/i)
  await rm(folder, { recursive: true })
}
