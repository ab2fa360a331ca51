import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { finished } from '../../tests/tools.ts'

test('a server on Node logs JSON lines, with what errors say', async () => {
  const file = join(import.meta.dirname, 'pino-log.ts')
  const code = `const { createLog } = await import(${JSON.stringify(file)})
    const log = createLog()
    log.debug({}, 'left out')
    log.error({ id: '1', error: new Error('down', { cause: new Error('no disk') }) }, 'call failed')`
  const { stdout } = await finished(process.execPath, ['--conditions=pikku-source', '--input-type=module', '-e', code])
  const [line, ...others] = stdout.trim().split('\n')
  assert.equal(others.length, 0)
  const { msg, id, error, level } = JSON.parse(String(line))
  assert.deepEqual([msg, id, level], ['call failed', '1', 50])
  assert.match(error.stack, /Error: down.*caused by: Error: no disk/s)
})
