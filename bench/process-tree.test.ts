import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { measure } from './process-tree.ts'

const linux = { skip: existsSync('/proc/self/status') ? false : 'needs /proc, which Linux has' }
const options = { cwd: import.meta.dirname, limit: 60_000 }

/** A program that fills so many bytes and keeps them. */
const fill = (bytes: number) => `globalThis.kept = Buffer.alloc(${bytes}, 1)`

test('memory and processor time are those of the whole tree', linux, async () => {
  const busy = 'const end = process.cpuUsage().user + 300_000; while (process.cpuUsage().user < end);'
  const child = `${fill(100e6)}; ${busy}`
  const parent = `require('node:child_process').spawnSync(process.execPath, ['-e', ${JSON.stringify(child)}])`
  const alone = await measure(process.execPath, ['-e', "setTimeout(() => console.log('done'), 100)"], options)
  const both = await measure(process.execPath, ['-e', parent], options)
  assert.equal(alone.stdout, 'done\n')
  assert.ok((both.memory ?? 0) > (alone.memory ?? 0) + 100e6, `${both.memory} against ${alone.memory} bytes`)
  assert.ok((both.cpu ?? 0) >= 280, `${both.cpu} ms`)
})

test('a command that fails says so with its last words', async () => {
  const failing = ['-e', "console.error('no such thing'); process.exit(3)"]
  await assert.rejects(measure(process.execPath, failing, options), { message: 'no such thing' })
})

// The command counts as ended when the last of its processes has let go of its output.
test('a command that takes too long is ended with all it started', linux, async () => {
  const endless = "require('node:child_process').spawnSync(process.execPath, ['-e', 'for (;;);'], { stdio: 'inherit' })"
  await assert.rejects(measure(process.execPath, ['-e', endless], { ...options, limit: 500 }), /took more than 0.5 s/)
})
