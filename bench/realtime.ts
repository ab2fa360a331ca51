import { join } from 'node:path'
import { writeFigures } from './document.ts'
import { type ServerProcess, startServer } from './example/http.ts'
import { describeMachine, versionOf } from './machine.ts'
import type { BenchOptions } from './main.ts'
import { buildPackage } from './package.ts'
import { installPeers } from './peers.ts'
import { writeRoom } from './realtime/app.ts'
import { type Dialect, dialects } from './realtime/dial.ts'
import { costOfMessage, fanOut, memoryOfIdle, stopReading } from './realtime/measures.ts'
import { formatMegabytes, formatTime, spreadOf } from './statistics.ts'
import { type Table, toMarkdown, toTerminal } from './table.ts'

const idle = 10_000
const listeners = 5_000

/** Shows what sockets cost, beside those of bare `ws`, Socket.IO, tRPC and oRPC. */
export async function run({ rounds = 5, write }: BenchOptions): Promise<void> {
  const folder = await installPeers('realtime')
  const server = await writeRoom((await buildPackage()).bin)
  const versions = await Promise.all(
    ['socket.io', '@trpc/server', '@orpc/server'].map(async (name) => `${name} ${await versionOf(name, folder)}`),
  )
  const machine = `${await describeMachine(['ws'])} Peers: ${versions.join(', ')}.`
  const peers = peersIn(folder, server)
  const tables: Table[] = []
  for (const make of [messageTable, idleTable, fanOutTable, stopTable]) {
    const table = await make(peers, rounds)
    console.log(toTerminal(table))
    tables.push(table)
  }
  if (write) await writeFigures('realtime', [machine, '', ...tables.map(toMarkdown)].join('\n'))
}

interface Peer {
  readonly dialect: Dialect
  readonly file: string
}

function peersIn(folder: string, server: string): Peer[] {
  const files = ['plain.mjs', '', 'socket-io.mjs', 'trpc.mjs', 'orpc.mjs']
  return dialects.map((dialect, at) => ({ dialect, file: files[at] ? join(folder, files[at]) : server }))
}

/** Runs one measure on a server of its own. */
async function on<Result>(
  { file, dialect }: Peer,
  measure: (server: ServerProcess, dialect: Dialect) => Promise<Result>,
) {
  const collect = join(import.meta.dirname, 'realtime', 'collect.mjs')
  const server = await startServer(file, { NODE_OPTIONS: `--import=${collect}` })
  try {
    return await measure(server, dialect)
  } finally {
    server.child.kill('SIGKILL')
  }
}

async function messageTable(peers: readonly Peer[], rounds: number): Promise<Table> {
  const costs = peers.map(() => [] as number[])
  for (let round = 0; round < rounds; round++) {
    for (const [at, peer] of peers.entries()) costs[at]?.push(await on(peer, costOfMessage))
  }
  const [bare = 1] = costs.map((cost) => spreadOf(cost).median)
  const rows = peers.map(({ dialect }, at) => {
    const { median, low, high } = spreadOf(costs[at] ?? [])
    return [
      dialect.name,
      `${median.toFixed(1)} µs (${low.toFixed(1)} to ${high.toFixed(1)})`,
      (median / bare).toFixed(2),
    ]
  })
  return {
    title: 'An acknowledged message of 400 bytes',
    columns: ['', 'CPU of the server', 'times bare ws'],
    rows,
    notes: [
      `16 sockets, one message at a time each, answered in kind; medians of ${rounds} rounds in turn, with the lowest and the highest. ` +
        'All but bare ws check the message by a schema; pikku, tRPC and oRPC the answer too, and Socket.IO does not.',
    ],
  }
}

async function idleTable(peers: readonly Peer[]): Promise<Table> {
  const rows: string[][] = []
  for (const peer of peers) {
    const bytes = await on(peer, (server, dialect) => memoryOfIdle(server, dialect, idle))
    rows.push([peer.dialect.name, `${(bytes / 1000).toFixed(1)} kB`])
  }
  return {
    title: `A socket that does nothing, among ${idle.toLocaleString('en')}`,
    columns: ['', 'memory'],
    rows,
    notes: [
      'Sockets that have signed in; the growth of the resident memory of the server, after collecting garbage, over that with 500 of them.',
    ],
  }
}

async function fanOutTable(peers: readonly Peer[]): Promise<Table> {
  const rows: string[][] = []
  for (const peer of peers) {
    const { latencies, cpu } = await on(peer, (server, dialect) => fanOut(server, dialect, listeners))
    const { median, high } = spreadOf(latencies)
    rows.push([peer.dialect.name, formatTime(cpu), formatTime(median), formatTime(high)])
  }
  return {
    title: `One event to ${listeners.toLocaleString('en')} sockets`,
    columns: ['', 'CPU of the server', 'until the last has it', 'at most'],
    rows,
    notes: ['20 publications, one after the other; those who listen share the machine with the server.'],
  }
}

async function stopTable(peers: readonly Peer[]): Promise<Table> {
  const rows: string[][] = []
  for (const peer of peers) {
    const { growth, cut } = await on(peer, stopReading)
    rows.push([peer.dialect.name, formatMegabytes(growth), cut ? 'cut' : 'kept'])
  }
  return {
    title: 'A consumer that stops reading for 5 s',
    columns: ['', 'the server grows by', 'the consumer is'],
    rows,
    notes: [
      'Events of 400 bytes as fast as one publisher can send them, each after the acknowledgement of the one before.',
    ],
  }
}
