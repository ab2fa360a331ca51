import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { finished, root } from '../tests/tools.ts'
import { behaviours } from './conformance.ts'

const folder = join(root, 'transports', 'testing', 'conformance')

test('the contracts of the conformance app are up to date', async () => {
  const pikku = join(root, 'cli', 'bin.js')
  const { code, stderr } = await finished(
    process.execPath,
    ['--conditions=pikku-source', pikku, 'contracts', '--check'],
    { cwd: folder },
  )
  assert.equal(code, 0, stderr)
})

test('each behaviour has a name of its own', () => {
  const names = behaviours.map(({ group, name }) => `${group}: ${name}`)
  assert.deepEqual(names.toSorted(), [...new Set(names)].sort())
})
