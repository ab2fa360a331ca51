import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { readPage } from '../tests/markdown.ts'
import { cleanEnvironment, root, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
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

test('a worker needs nothing of Node', async (context) => {
  const { bytes, gzipped, packages } = await bundleWorker(worker)
  assert.deepEqual(packages.toSorted(), ['hono', 'iron-webcrypto', 'jose', 'uint8array-extras', 'zod'])
  context.diagnostic(`the conformance app as a worker: ${bytes} bytes, ${gzipped} gzipped`)
  assert.ok(gzipped < 90_000, `${gzipped} bytes gzipped`)
})

test('a worker is a module that Cloudflare runs', { skip: workers.skip }, async () => {
  assert.deepEqual(await typeErrors(workers), [])
})

test('the settings that the documentation has are taken by wrangler', { skip: workers.skip }, async () => {
  const { fences } = await readPage('docs/deploy.md')
  const settings = fences.find(({ file }) => file === 'wrangler.json')?.text ?? ''
  const folder = await mkdtemp(join(tmpdir(), 'pikku-wrangler-'))
  const config = join(folder, 'wrangler.json')
  await writeFile(config, JSON.stringify({ ...JSON.parse(settings), main: worker }))
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
})
