import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const source = fileURLToPath(new URL('../web/', import.meta.url))
const target = fileURLToPath(new URL('../dist/', import.meta.url))

/** Bundles the page of `web/` into `dist/`, and tells how large it is. */
export async function buildPage(): Promise<{ folder: string; size: string }> {
  const { outputFiles } = await build({
    entryPoints: [join(source, 'main.ts'), join(source, 'style.css')],
    outdir: target,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['pikku-source'],
    sourcemap: 'linked',
    logLevel: 'error',
    write: false,
  })
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
  for (const name of ['index.html', 'icon.svg']) files.set(name, await readFile(join(source, name)))
  await mkdir(target, { recursive: true })
  for (const [name, contents] of files) await replace(join(target, name), contents)
  const loaded = [...files].filter(([name]) => !name.endsWith('.map'))
  const size = loaded.reduce((sum, [, contents]) => sum + gzipSync(contents).length, 0)
  return { folder: target, size: `${(size / 1000).toFixed(1)} kB gzipped` }
}

/** In one step, so that a server that is running never sends half a file. */
async function replace(path: string, contents: Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}`
  await writeFile(draft, contents)
  await rename(draft, path)
}
