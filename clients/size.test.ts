import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const budget = 3072
const clients = {
  'a client like that of the example': './testing/todos-client.ts',
  'the client of the example': '../examples/todos/contracts/client.ts',
}

for (const [name, path] of Object.entries(clients)) {
  const entry = fileURLToPath(new URL(path, import.meta.url))
  test(`${name} takes at most ${budget} bytes, gzipped`, {
    skip: !existsSync(entry) && 'run `npm start` once',
  }, async (t) => {
    const { outputFiles, metafile } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      conditions: ['pikku-source'],
      write: false,
      metafile: true,
    })
    const bytes = outputFiles[0]?.contents ?? new Uint8Array()
    const size = gzipSync(bytes, { level: 9 }).length
    t.diagnostic(`${bytes.length} bytes, ${size} gzipped`)
    assert.ok(size <= budget, `${size} bytes`)

    const [output] = Object.values(metafile.outputs)
    const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    const foreign = used
      .map(([file]) => file)
      .filter((file) => !/(^|\/)(clients\/|core\/errors\.ts$|contracts\/client\.ts$)/.test(file))
    assert.deepEqual(foreign, [], 'no Zod, and of core only the errors')
    assert.doesNotMatch(Buffer.from(bytes).toString(), /\bimport\b|\brequire\(/)
  })
}
