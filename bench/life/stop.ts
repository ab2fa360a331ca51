import { once } from 'node:events'
import { Agent } from 'node:http'
import { setTimeout as after } from 'node:timers/promises'
import { placeOrder, type ServerProcess, startServer } from '../example/http.ts'

/** What callers saw of a server that was told to stop while they called. */
export interface Stop {
  readonly calls: number
  /** Calls that were not answered with 200. */
  readonly failed: number
  /** How many of them the stopping server answered after the signal. */
  readonly answeredLate: number
  /** Milliseconds from the signal to the end of the process. */
  readonly took: number
  readonly exitCode: number | null
}

const connections = 32
const delay = 500

/**
 * Two servers under load, one of which gets SIGTERM. A balancer asks both every 50 ms whether they are ready and sends
 * calls to those that are, as the one in front of a cluster does.
 */
export async function stopUnderLoad(file: string): Promise<Stop> {
  const servers = await Promise.all([1, 2].map(() => startServer(file, { DELAY: `${delay}` })))
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const [first] = servers as [ServerProcess, ServerProcess]
  let ready = servers
  let over = false
  let signalled = false
  let turn = 0
  const counts = { calls: 0, failed: 0, answeredLate: 0 }
  const balance = async () => {
    while (!over) {
      const isReady = await Promise.all(servers.map(({ url }) => answers(`${url}/ready`)))
      ready = servers.filter((_, at) => isReady[at])
      await after(50)
    }
  }
  const caller = async () => {
    while (!over) {
      const server = ready[turn++ % ready.length] ?? first
      counts.calls++
      try {
        await placeOrder(server.url, agent)
        if (signalled && server === first) counts.answeredLate++
      } catch (error) {
        counts.failed++
        console.error(error instanceof Error ? error.message : error)
      }
    }
  }
  const load = [balance(), ...Array.from({ length: connections }, caller)]
  try {
    await after(2_000)
    signalled = true
    const start = performance.now()
    first.child.kill('SIGTERM')
    const [exitCode] = (await once(first.child, 'exit')) as [number | null]
    const took = performance.now() - start
    await after(1_000)
    over = true
    await Promise.all(load)
    return { ...counts, took, exitCode }
  } finally {
    over = true
    agent.destroy()
    for (const { child } of servers) child.kill()
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}
