import assert from 'node:assert/strict'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { finished, root } from './tools.ts'

describe('a tool folder', () => {
  let checkout: string
  let calls: string

  // A checkout with an npm of our own in front, which notes its calls.
  before(async () => {
    checkout = await mkdtemp(join(tmpdir(), 'pikku-tools-'))
    calls = join(checkout, 'calls')
    await mkdir(join(checkout, 'bin'))
    await symlink(join(root, 'node_modules'), join(checkout, 'node_modules'))
    await cp(join(root, 'tests', 'tools.ts'), join(checkout, 'tests', 'tools.ts'))
    for (const name of ['lint', 'package']) {
      await mkdir(join(checkout, 'tests', 'tools', name), { recursive: true })
      await writeFile(join(checkout, 'tests', 'tools', name, 'package-lock.json'), '1')
    }
  })
  after(() => rm(checkout, { recursive: true }))

  async function npmDoes(script: string): Promise<void> {
    await rm(calls, { force: true })
    await writeFile(join(checkout, 'bin', 'npm'), `#!/bin/sh\necho "$*" >> ${calls}\n${script}\n`)
    await chmod(join(checkout, 'bin', 'npm'), 0o755)
  }

  async function ask(name: string): Promise<string | false> {
    const code = `const { skip } = await (await import('./tests/tools.ts')).tool('${name}'); console.log(JSON.stringify(skip))`
    const env = { ...process.env, PATH: join(checkout, 'bin') + delimiter + process.env.PATH }
    const { stdout, stderr } = await finished(process.execPath, ['--input-type=module', '-e', code], {
      cwd: checkout,
      env,
    })
    assert.equal(stderr, '')
    return JSON.parse(stdout)
  }

  test('is installed once when three processes ask, and again when its lock file has changed', async () => {
    await npmDoes('mkdir -p node_modules')
    assert.deepEqual(await Promise.all([ask('lint'), ask('lint'), ask('lint')]), [false, false, false])
    assert.equal(await readFile(calls, 'utf8'), 'ci --no-audit --no-fund\n')
    await writeFile(join(checkout, 'tests', 'tools', 'lint', 'package-lock.json'), '2')
    assert.equal(await ask('lint'), false)
    assert.equal((await readFile(calls, 'utf8')).split('\n').length, 3)
  })

  test('that cannot be installed says why, and the command that brings it', async () => {
    await npmDoes(
      'echo "npm error code ENOTFOUND\nnpm error network request failed\nnpm error A complete log" >&2; exit 1',
    )
    const skip = await ask('package')
    assert.equal(
      skip,
      'tests/tools/package could not be installed (network request failed): run `cd tests/tools/package && npm ci`',
    )
  })

  test('whose installer died is installed by the next one', async () => {
    await npmDoes('mkdir -p node_modules')
    const { stdout: deadProcess } = await finished(process.execPath, ['-p', 'process.pid'])
    await writeFile(join(checkout, 'tests', 'tools', 'package', '.installing'), deadProcess.trim())
    assert.equal(await ask('package'), false)
  })
})
