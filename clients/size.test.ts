import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// What reads streams, and what takes and gives files, are pieces that an app without them does not load; the example
// has both.
const clients = [
  ['a client like that of the example, without streams and files,', './testing/todos-client.ts', 2_800],
  ['a client like that of the example, without files,', './testing/todos-client.ts', 3_250],
  ['a client with calls and channels, without streams,', './testing/chat-client.ts', 4_700],
  ['a client with calls, a stream and channels', './testing/chat-client.ts', 5_200],
  ['the client of the example', '../examples/todos/contracts/client.ts', 4096],
  ['a client of every kind of content', '../contracts/print/testing/golden/content/client.ts', 4096],
] as const

for (const [name, path, budget] of clients) {
  const entry = fileURLToPath(new URL(path, import.meta.url))
  test(`${name} takes at most ${budget} bytes, gzipped`, {
    skip: !existsSync(entry) && 'run `npm start` once',
  }, async (t) => {
    const text = readFileSync(entry, 'utf8')
    const contents = name.includes('without streams') ? withoutStreams(text) : text
    const { bytes, metafile } = await bundle(contents, entry)
    fits(bytes, budget, t)

    const [output] = Object.values(metafile.outputs)
    const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    const foreign = used
      .map(([file]) => file)
      .filter((file) => !/(^|\/)(clients\/|core\/errors\.ts$|(contracts|golden\/content)\/client\.ts$)/.test(file))
    assert.deepEqual(foreign, [], 'no Zod, and of core only the errors')
    assert.doesNotMatch(Buffer.from(bytes).toString(), /\bimport\b|\brequire\(/)
  })
}

test('what goes by requests where sockets are blocked takes at most 1500 bytes, gzipped', async (t) => {
  const { bytes } = await bundle(`export { AnySocket } from './fetch.ts'`, fileURLToPath(import.meta.url))
  fits(bytes, 1_500, t)
})

async function bundle(contents: string, entry: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: dirname(entry), sourcefile: entry, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['pikku-source'],
    write: false,
    metafile: true,
  })
  return { bytes: outputFiles[0]?.contents ?? new Uint8Array(), metafile }
}

function fits(bytes: Uint8Array, budget: number, t: TestContext): void {
  const size = gzipSync(bytes, { level: 9 }).length
  t.diagnostic(`${bytes.length} bytes, ${size} gzipped`)
  assert.ok(size <= budget, `${size} bytes`)
}

/** As the generator writes it for an app that has none. */
function withoutStreams(client: string): string {
  const text = client
    .replace(/, s: 1/, '')
    .replace(/, \{\}, \{ streams \}/, '')
    .replace(/^ {2}streams,\n/m, '')
  assert.doesNotMatch(text, /\bstreams\b/)
  return text
}
