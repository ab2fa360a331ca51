import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { diagnosticsOf } from './contracts/output.ts'
import { writeFigures } from './document.ts'
import { cpuPerCall } from './example/http.ts'
import { describeMachine } from './machine.ts'
import type { BenchOptions } from './main.ts'
import { buildPackage, type Package } from './package.ts'
import { root, work } from './places.ts'
import { type Cost, measure } from './process-tree.ts'
import { formatCount, formatMegabytes, formatSpread, spreadOf } from './statistics.ts'
import { type Table, toMarkdown, toTerminal } from './table.ts'

const example = join(root, 'examples', 'todos')
const limit = 120_000

/** Measures what a user of `examples/todos` would feel: the generator, the bundle, the type checker, a call. */
export async function run({ rounds = 7, write }: BenchOptions): Promise<void> {
  const machine = await describeMachine(['typescript', 'zod', 'hono', 'esbuild'])
  const built = await buildPackage()
  const tables = [
    await contractsTable(built, rounds),
    { ...sizes, rows: [...(await bundleRows()), ...(await typeRows())] },
    await callTable(built, rounds),
  ]
  for (const table of tables) console.log(toTerminal(table))
  if (write) await writeFigures('example', [machine, '', ...tables.map(toMarkdown)].join('\n'))
}

async function contractsTable(built: Package, rounds: number): Promise<Table> {
  const app = join(work, 'example', 'todos')
  await copyExample(app)
  const fresh: Cost[] = []
  const check: Cost[] = []
  for (let round = 0; round < rounds; round++) {
    await rm(join(app, 'contracts'), { recursive: true, force: true })
    fresh.push(await measure(process.execPath, [built.bin, 'contracts'], { cwd: app, limit }))
    check.push(await measure(process.execPath, [built.bin, 'contracts', '--check'], { cwd: app, limit }))
  }
  const script = join(import.meta.dirname, 'contracts', 'edit.ts')
  const args = [script, built.folder, app, 'src/functions/todos.ts', `${rounds * 2 + 1}`]
  const { stdout } = await measure(process.execPath, args, { cwd: app, limit })
  const row = (name: string, costs: readonly Cost[]) => [
    name,
    formatSpread(costs.map(({ wall }) => wall)),
    formatSpread(costs.map(({ cpu = 0 }) => cpu)),
    formatMegabytes(spreadOf(costs.map(({ memory = 0 }) => memory)).median),
  ]
  return {
    title: '`pikku contracts` on examples/todos',
    columns: ['', 'time', 'CPU', 'memory'],
    rows: [
      row('pikku contracts', fresh),
      row('pikku contracts --check', check),
      ['an edit under --watch', formatSpread((JSON.parse(stdout) as number[]).slice(1)), '', ''],
    ],
    notes: [
      `Medians of ${rounds} rounds, with the lowest and the highest; memory is the most that its processes held together.`,
    ],
  }
}

/** A copy that stands beside the built package, so that the example and its committed contracts are not touched. */
async function copyExample(to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  for (const name of ['src', 'package.json']) await cp(join(example, name), join(to, name), { recursive: true })
  const compilerOptions = { customConditions: [] }
  await writeFile(
    join(to, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: ['src'],
      exclude: ['src/server.ts'],
    }),
  )
}

const sizes: Omit<Table, 'rows'> = {
  title: 'Size of examples/todos',
  columns: ['', 'figure', 'budget'],
  notes: ['The bundle is made by esbuild with `--bundle --minify --format=esm`, and gzipped at level 9.'],
}

async function bundleRows(): Promise<string[][]> {
  const { outputFiles } = await build({
    entryPoints: [join(example, 'contracts', 'client.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['pikku-source'],
    write: false,
  })
  const bytes = outputFiles[0]?.contents ?? new Uint8Array()
  const gzipped = gzipSync(bytes, { level: 9 }).length
  return [
    ['the client, gzipped', `${formatCount(gzipped)} bytes`, '4,096 bytes'],
    ['the client, minified', `${formatCount(bytes.length)} bytes`, ''],
  ]
}

async function typeRows(): Promise<string[][]> {
  const config = join(work, 'example', 'tsconfig.contracts.json')
  await writeFile(
    config,
    JSON.stringify({ extends: join(example, 'tsconfig.json'), include: [join(example, 'contracts')] }),
  )
  const whole = await diagnosticsOf(join(example, 'tsconfig.json'))
  const contracts = await diagnosticsOf(config)
  return [
    ['type instantiations, whole example', formatCount(whole.instantiations), ''],
    ['type instantiations, its contracts alone', formatCount(contracts.instantiations), ''],
  ]
}

async function callTable(built: Package, rounds: number): Promise<Table> {
  const figures = await cpuPerCall(built, rounds)
  return {
    title: 'One call over HTTP',
    columns: ['', 'CPU of the server process'],
    rows: figures.map(({ name, microseconds }) => {
      const { median, low, high } = spreadOf(microseconds)
      return [name, `${median.toFixed(0)} µs (${low.toFixed(0)} to ${high.toFixed(0)})`]
    }),
    notes: [
      'A POST of some 400 bytes, validated and answered in kind; 16 connections that are kept open; user and system time ' +
        'of the server from /proc, divided by the calls.',
    ],
  }
}
