import { parseArgs, styleText } from 'node:util'

/** What a bench can be told on the command line. */
export interface BenchOptions {
  /** How often each thing is measured. */
  readonly rounds: number | undefined
  /** Sizes of the made-up projects. */
  readonly functions: readonly number[] | undefined
  /** Whether the figures go into `docs/performance.md`. */
  readonly write: boolean
}

type Bench = (options: BenchOptions) => Promise<void>

const benches: ReadonlyMap<string, { readonly summary: string; readonly load: () => Promise<Bench> }> = new Map([
  [
    'contracts',
    { summary: 'making contracts, against its peers', load: async () => (await import('./contracts.ts')).run },
  ],
  [
    'life',
    {
      summary: 'a server that is stopped under load, or held by slow senders',
      load: async () => (await import('./life.ts')).run,
    },
  ],
  [
    'gigabyte',
    {
      summary: 'a gigabyte up and down, and the memory that it takes',
      load: async () => (await import('./gigabyte.ts')).run,
    },
  ],
  ['realtime', { summary: 'sockets, against their peers', load: async () => (await import('./realtime.ts')).run }],
  ['example', { summary: 'the figures of examples/todos', load: async () => (await import('./example.ts')).run }],
])

const usage = `Usage: npm run bench -- <name> [--rounds 5] [--functions 50,500] [--write]

${[...benches].map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`).join('\n')}

  --rounds     how often each thing is measured
  --functions  sizes of the made-up projects, multiples of ten
  --write      put the figures into docs/performance.md`

process.exitCode = await main(process.argv.slice(2))

async function main(args: string[]): Promise<number> {
  const given = parse(args)
  const bench = given && benches.get(given.name)
  if (!bench) {
    console.error(usage)
    return 2
  }
  try {
    await (await bench.load())(given.options)
    return 0
  } catch (error) {
    console.error(styleText('red', `bench ${given.name}: ${error instanceof Error ? error.message : error}`))
    return 1
  }
}

function parse(args: string[]): { name: string; options: BenchOptions } | undefined {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        functions: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    })
    const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
    const functions = values.functions?.split(',').map(Number)
    const wrong = [rounds ?? 1, ...(functions ?? []).map((size) => size / 10)].some(
      (n) => !Number.isInteger(n) || n < 1,
    )
    const [name, ...more] = positionals
    return name === undefined || more.length > 0 || wrong
      ? undefined
      : { name, options: { rounds, functions, write: values.write } }
  } catch {
    return undefined
  }
}
