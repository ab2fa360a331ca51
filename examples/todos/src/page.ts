import { cp, mkdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const source = new URL('../web/', import.meta.url)
const target = new URL('../dist/', import.meta.url)

/** Bundles the page of `web/` into `dist/`, and tells how large it is. */
export async function buildPage(): Promise<{ folder: string; size: string }> {
  await mkdir(target, { recursive: true })
  await build({
    entryPoints: ['main.ts', 'style.css'].map((file) => fileURLToPath(new URL(file, source))),
    outdir: fileURLToPath(target),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['pikku-source'],
    sourcemap: 'linked',
    logLevel: 'error',
  })
  for (const file of ['index.html', 'icon.svg']) await cp(new URL(file, source), new URL(file, target))
  const sizes = await Promise.all(
    ['index.html', 'main.js', 'style.css'].map(async (file) => gzipSync(await readFile(new URL(file, target))).length),
  )
  const size = sizes.reduce((sum, bytes) => sum + bytes, 0)
  return { folder: fileURLToPath(target), size: `${(size / 1000).toFixed(1)} kB gzipped` }
}
