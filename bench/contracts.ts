import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type CheckCost, checkCost, type LoadCost, type Loading, loadCost } from './contracts/output.ts'
import { type Project, writeProject } from './contracts/project.ts'
import { listTools, type Tool } from './contracts/tools.ts'
import { writeFigures } from './document.ts'
import { describeMachine } from './machine.ts'
import type { BenchOptions } from './main.ts'
import { buildPackage } from './package.ts'
import { installPeers } from './peers.ts'
import { work } from './places.ts'
import { CommandFailed, type Cost, measure } from './process-tree.ts'
import { formatCount, formatMegabytes, formatSpread, formatTime, spreadOf } from './statistics.ts'
import { type Table, toMarkdown, toTerminal } from './table.ts'

/** What a tool cost on one project; an error when it could not do it. */
interface Figures {
  readonly tool: Tool
  readonly cold: Cost[]
  edits: readonly number[] | undefined
  failure: string | undefined
}

const limit = 300_000

/** Measures `pikku contracts` and its peers on made-up projects. */
export async function run({ rounds = 5, functions = [50, 500, 5000], write }: BenchOptions): Promise<void> {
  const machine = await describeMachine(['typescript', 'zod'])
  const peers = await installPeers('contracts')
  const built = await buildPackage()
  const tools = await listTools(built, peers)
  const tables: Table[] = []
  for (const size of functions) {
    const project = await writeProject(size, {
      app: join(work, 'contracts', `${size}`),
      types: join(peers, '.work', `${size}`),
    })
    const figures = await compare(tools, project, rounds)
    tables.push(toTable(size, figures, rounds))
    console.log(toTerminal(tables.at(-1) as Table))
    if (figures[0]?.failure) throw new Error(`pikku contracts failed: ${figures[0].failure}`)
  }
  const output = outputTables(await costsOfOutput(built.bin, functions))
  for (const table of output) console.log(toTerminal(table))
  const legend = ['### What each of them does', '', ...tools.map(({ name, note }) => `- ${name}: ${note}.`)]
  if (write)
    await writeFigures('contracts', [machine, '', ...[...tables, ...output].map(toMarkdown), ...legend].join('\n'))
}

/** Each round runs every tool once, beginning with another one each time, so that a busy minute hits all alike. */
async function compare(tools: readonly Tool[], project: Project, rounds: number): Promise<Figures[]> {
  const figures: Figures[] = tools.map((tool) => ({ tool, cold: [], edits: undefined, failure: undefined }))
  for (let round = 0; round < rounds; round++) {
    const turn = round % figures.length
    for (const one of [...figures.slice(turn), ...figures.slice(0, turn)]) {
      // What takes a minute shows its nature in one round.
      if (one.failure || (one.cold[0]?.wall ?? 0) > 60_000) continue
      await attempt(one, async () => {
        await rm(join(project.app, 'contracts'), { recursive: true, force: true })
        const { args, cwd } = one.tool.cold(project)
        one.cold.push(await measure(process.execPath, args, { cwd, limit }))
      })
    }
  }
  for (const one of figures) {
    await attempt(one, async () => {
      const command = one.failure ? undefined : one.tool.edits?.(project, rounds * 2 + 1)
      if (!command) return
      const { stdout } = await measure(process.execPath, command.args, { cwd: command.cwd, limit })
      // The first edit finds caches that are still cold.
      one.edits = (JSON.parse(stdout) as number[]).slice(1)
    })
  }
  return figures
}

async function attempt(figures: Figures, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    figures.failure = error.message
  }
}

function toTable(size: number, figures: readonly Figures[], rounds: number): Table {
  const median = (values: (number | undefined)[], format: (value: number) => string) => {
    const known = values.filter((value) => value !== undefined)
    return known.length > 0 ? format(spreadOf(known).median) : '–'
  }
  return {
    title: `${formatCount(size)} functions`,
    columns: ['', 'cold', 'CPU', 'memory', 'an edit'],
    rows: figures.map(({ tool, cold, edits, failure }) => [
      tool.name,
      failure ? 'failed' : formatSpread(cold.map(({ wall }) => wall)),
      median(
        cold.map(({ cpu }) => cpu),
        formatTime,
      ),
      median(
        cold.map(({ memory }) => memory),
        formatMegabytes,
      ),
      edits ? formatSpread(edits) : 'all again',
    ]),
    notes: [
      `Medians of ${rounds} rounds, with the lowest and the highest; memory is the most that its processes held together.`,
      ...figures.flatMap(({ tool, failure }) => (failure ? [`${tool.name}: ${failure}`] : [])),
    ],
  }
}

async function costsOfOutput(
  bin: string,
  functions: readonly number[],
): Promise<{ size: number; check: CheckCost; load: LoadCost }[]> {
  const costs: { size: number; check: CheckCost; load: LoadCost }[] = []
  for (const size of functions) {
    const app = join(work, 'contracts', `${size}`)
    await measure(process.execPath, [bin, 'contracts'], { cwd: app, limit })
    costs.push({ size, check: await checkCost(app), load: await loadCost(app) })
  }
  return costs
}

function outputTables(costs: Awaited<ReturnType<typeof costsOfOutput>>): Table[] {
  const loading = ({ milliseconds, modules, schemas }: Loading) =>
    `${formatTime(milliseconds)}, ${formatCount(modules)}, ${formatCount(schemas)}`
  return [
    {
      title: 'The generated folder, type-checked',
      columns: ['functions', 'files', 'text', 'instantiations', 'check'],
      rows: costs.map(({ size, check }) => [
        formatCount(size),
        formatCount(check.files),
        `${formatCount(Math.round(check.bytes / 1000))} kB`,
        formatCount(check.instantiations),
        formatTime(check.milliseconds),
      ]),
      notes: [
        "The checker's own figures, by `tsc --extendedDiagnostics` over that folder alone, libraries included.",
        'The budget is 100,000 instantiations at 500 functions.',
      ],
    },
    {
      title: 'The generated folder, imported',
      columns: ['functions', 'import index.ts', 'a first call', 'a first refusal'],
      rows: costs.map(({ size, load: { imported, accepting, refusing } }) => [
        formatCount(size),
        ...[imported, accepting, refusing].map(loading),
      ]),
      notes: [
        'Each: time, then modules loaded and schemas created up to there.',
        'A first call loads the parsers of its module; only a refusal loads Zod and the schemas.',
      ],
    },
  ]
}
