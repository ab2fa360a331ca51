import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, tool } from '../tests/tools.ts'
import { conformance } from './conformance.ts'
import { typeErrors } from './testing/foreign-types.ts'
import { bundleWorker, startWorkerd } from './testing/workerd.ts'

const workers = await tool('workers')
const worker = join(root, 'transports', 'testing', 'conformance', 'servers', 'worker.ts')

conformance('Cloudflare Workers', {
  skip: workers.skip,
  start: async () => startWorkerd(workers, await bundleWorker(worker)),
})

test('a worker needs nothing of Node', async (context) => {
  const { bytes, gzipped, packages } = await bundleWorker(worker)
  assert.deepEqual(packages.toSorted(), ['hono', 'iron-webcrypto', 'jose', 'uint8array-extras', 'zod'])
  context.diagnostic(`the conformance app as a worker: ${bytes} bytes, ${gzipped} gzipped`)
  assert.ok(gzipped < 90_000, `${gzipped} bytes gzipped`)
})

test('a worker is a module that Cloudflare runs', { skip: workers.skip }, async () => {
  assert.deepEqual(await typeErrors(workers), [])
})
