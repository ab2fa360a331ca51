import { join } from 'node:path'
import { writeFigures } from './document.ts'
import { writeOrders } from './example/http.ts'
import { besideSlowSenders } from './life/slow.ts'
import { stopUnderLoad } from './life/stop.ts'
import { describeMachine } from './machine.ts'
import type { BenchOptions } from './main.ts'
import { buildPackage } from './package.ts'
import { formatCount, formatTime } from './statistics.ts'
import { type Table, toMarkdown, toTerminal } from './table.ts'

/** Shows what callers see of a server that is stopped under load, and of one that slow senders try to hold. */
export async function run({ write }: BenchOptions): Promise<void> {
  const machine = await describeMachine(['hono'])
  const server = join(await writeOrders((await buildPackage()).bin), 'server.ts')
  const tables = [await stopTable(server), await slowTable(server)]
  for (const table of tables) console.log(toTerminal(table))
  if (write) await writeFigures('life', [machine, '', ...tables.map(toMarkdown)].join('\n'))
}

async function stopTable(server: string): Promise<Table> {
  const { calls, failed, answeredLate, took, exitCode } = await stopUnderLoad(server)
  return {
    title: 'SIGTERM under load',
    columns: ['', ''],
    rows: [
      ['calls in all', formatCount(calls)],
      ['answered by the server after its signal', formatCount(answeredLate)],
      ['calls that failed', formatCount(failed)],
      ['from the signal to the end of the process', formatTime(took)],
      ['exit code', String(exitCode)],
    ],
    notes: [
      'Two servers, 32 callers on connections that are kept open, and a balancer that asks both at `/ready` every 50 ms; ' +
        'one of the servers gets SIGTERM. Its `delay` is 500 ms.',
    ],
  }
}

async function slowTable(server: string): Promise<Table> {
  const { alone, beside, cutAfter } = await besideSlowSenders(server)
  const row = (name: string, times: readonly number[]) => [
    name,
    formatCount(times.length),
    formatTime(percentile(times, 0.5)),
    formatTime(percentile(times, 0.99)),
  ]
  return {
    title: 'Calls beside 1,000 slow connections',
    columns: ['', 'calls', 'median', 'p99'],
    rows: [row('alone', alone), row('beside 1,000 slow connections', beside)],
    notes: [
      '8 callers, one call of some 400 bytes at a time, for 5 s. Half of the slow connections send a byte of their headers ' +
        'each second, the others one of their body.',
      `The server ended the slow connections after ${Math.min(...cutAfter).toFixed(0)} to ${Math.max(...cutAfter).toFixed(0)} s.`,
    ],
  }
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN
}
