import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// Streams that are taken up again are 118 of these bytes. What takes and gives files is a piece that an app without
// them does not load; the example has it.
const clients = [
  ['a client like that of the example, without files,', './testing/todos-client.ts', 3200],
  ['a client with calls, a stream and channels', './testing/chat-client.ts', 5120],
  ['the client of the example', '../examples/todos/contracts/client.ts', 4096],
  ['a client of every kind of content', '../contracts/print/testing/golden/content/client.ts', 4096],
] as const

for (const [name, path, budget] of clients) {
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
      .filter((file) => !/(^|\/)(clients\/|core\/errors\.ts$|(contracts|golden\/content)\/client\.ts$)/.test(file))
    assert.deepEqual(foreign, [], 'no Zod, and of core only the errors')
    assert.doesNotMatch(Buffer.from(bytes).toString(), /\bimport\b|\brequire\(/)
  })
}
