import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { finished, root } from '../tests/tools.ts'
import { behaviours } from './conformance.ts'
import { readmeWithTable } from './testing/conformance/table.ts'

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

test('the table of runtimes in the README is up to date', async () => {
  const { now, wanted } = await readmeWithTable()
  const command = 'node --conditions=pikku-source transports/testing/conformance/table.ts'
  assert.ok(now.includes('<!-- runtimes -->'))
  assert.ok(now === wanted, `Run \`${command}\`, and commit what it writes.`)
})
