import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { root, tool } from '../tests/tools.ts'
import { serve } from './bun.ts'
import { conformance } from './conformance.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { typeErrors } from './testing/foreign-types.ts'
import { startProcess } from './testing/processes.ts'

const bun = await tool('bun')
const start = (name: string, exitCode?: null) => {
  const server = join(root, 'transports', 'testing', 'conformance', 'servers', name)
  return startProcess(join(bun.folder, 'node_modules', '.bin', 'bun'), ['--conditions=pikku-source', server], exitCode)
}

// The roads that a request can take on Bun.
conformance('Bun, straight from Bun.serve', { skip: bun.skip, start: () => start('bun.ts') })
conformance('Bun, through Hono', { skip: bun.skip, start: () => start('bun-hono.ts', null) })

test('serve of pikku/bun says where it runs', () => {
  assert.throws(() => serve(app, setup()), /On Node, take `serve` of `pikku\/node`/)
})

test('Bun has the shape that it is taken for', { skip: bun.skip }, async () => {
  assert.deepEqual(await typeErrors(bun), [])
})
