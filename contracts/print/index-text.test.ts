import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { root } from '../../tests/tools.ts'
import { printContracts } from './index.ts'
import { model, object, operation, string } from './testing/model.ts'

test('the table of an app with 2,000 operations is not too complex to the type checker', async (context) => {
  const names = Array.from({ length: 2_000 }, (_, index) => `many.of${index}`)
  const files = printContracts(
    model(names.map((name) => operation(name, { output: object({ [name.slice(5)]: string }) }))),
  )
  await mkdir(join(root, '.data'), { recursive: true })
  const folder = await mkdtemp(join(root, '.data', 'table-'))
  context.after(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'index.ts'), files.get('index.ts') ?? '')
  const config = { extends: '../../tsconfig.json', include: ['index.ts'], exclude: [] }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const compiler = join(root, 'node_modules/.bin/tsc')
  const { stdout } = await promisify(execFile)(compiler, ['-p', folder, '--pretty', 'false'], {
    timeout: 120_000,
    maxBuffer: 2 ** 26,
  }).catch((error: { stdout: string }) => error)
  // The modules that it would load are not there, and nothing else is wrong.
  assert.match(stdout, /TS2307/)
  assert.deepEqual(
    stdout.split('\n').filter((line) => line.includes('table-') && !line.includes('TS2307')),
    [],
  )
})
