import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../..')

/** The files that a bundle of these imports is made of; Node's own modules are not to be had in it. */
async function inputsOf(contents: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['pikku-source'],
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

test('tokens and seals run where there is nothing of Node', async () => {
  const inputs = await inputsOf("export { jwt } from 'pikku/jwt'\nexport { sealed } from 'pikku/sealed'")
  assert.ok(inputs.some((file) => file.includes('node_modules/jose/')))
  assert.ok(inputs.some((file) => file.includes('node_modules/iron-webcrypto/')))
})

test('an app that uses neither has neither', async () => {
  const inputs = await inputsOf("export { createHono } from 'pikku/hono'\nexport { pikku } from 'pikku'")
  assert.ok(inputs.includes('transports/hono.ts'))
  assert.deepEqual(
    inputs.filter((file) => /node_modules\/(jose|iron-webcrypto)\/|transports\/auth\//.test(file)),
    [],
  )
})
