import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { finished, root, tool } from '../../../tests/tools.ts'

const example = join(import.meta.dirname, '..')

test('the contracts are those of the functions', async () => {
  const pikku = join(root, 'cli', 'bin.js')
  const args = ['--conditions=pikku-source', pikku, 'contracts', '--check']
  const { code, stdout, stderr } = await finished(process.execPath, args, { cwd: example })
  assert.equal(code, 0, stdout + stderr)
})

interface Parser {
  parse(text: string): Promise<{ readonly diagnostics: readonly { readonly severity: number }[] }>
}

const { load, skip } = await tool('asyncapi')

test('the document of the channels is one to the parser of AsyncAPI', { skip }, async () => {
  const { Parser } = await load<{ readonly Parser: new () => Parser }>('@asyncapi/parser')
  const { diagnostics } = await new Parser().parse(await readFile(join(example, 'contracts/asyncapi.json'), 'utf8'))
  // 0 is an error, 1 a warning.
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity < 2),
    [],
  )
})
