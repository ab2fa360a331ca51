import { writeFigures } from './document.ts'
import { startServer } from './example/http.ts'
import { writeFiles } from './gigabyte/app.ts'
import { transfers } from './gigabyte/transfers.ts'
import { describeMachine } from './machine.ts'
import type { BenchOptions } from './main.ts'
import { buildPackage } from './package.ts'
import { cpuTime, peakMemory } from './process-status.ts'
import { formatMegabytes, formatTime } from './statistics.ts'
import { type Table, toMarkdown, toTerminal } from './table.ts'

/** Sends a gigabyte each way, on each road of Node, and shows how much memory the server came to use. */
export async function run({ write }: BenchOptions): Promise<void> {
  const machine = await describeMachine(['hono', '@hono/node-server'])
  const server = await writeFiles((await buildPackage()).bin)
  const rows: string[][] = []
  for (const road of ['node:http', 'Hono']) {
    for (const { name, send } of transfers)
      rows.push([`${name}, ${road}`, ...(await measureTransfer(server, road, send))])
  }
  const table: Table = {
    title: 'A gigabyte up and down',
    columns: ['', 'peak after 1 MB', 'peak after 1 GB', 'CPU', 'time'],
    rows,
    notes: [
      'Each in a server process of its own. The peak is the most memory that the process has held (VmHWM), the CPU that of ' +
        'the server; the sender runs on the same machine.',
    ],
  }
  console.log(toTerminal(table))
  if (write) await writeFigures('gigabyte', [machine, '', toMarkdown(table)].join('\n'))
}

async function measureTransfer(server: string, road: string, send: (url: string, bytes: number) => Promise<void>) {
  const { url, child, pid } = await startServer(server, { ROAD: road })
  try {
    await send(url, 2 ** 20)
    const before = { memory: peakMemory(pid), cpu: cpuTime(pid), time: performance.now() }
    await send(url, 2 ** 30)
    return [
      formatMegabytes(before.memory),
      formatMegabytes(peakMemory(pid)),
      formatTime(cpuTime(pid) - before.cpu),
      formatTime(performance.now() - before.time),
    ]
  } finally {
    child.kill()
  }
}
