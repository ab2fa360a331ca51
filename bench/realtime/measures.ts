import { setTimeout as after } from 'node:timers/promises'
import type { ServerProcess } from '../example/http.ts'
import { cpuTime, residentMemory } from '../process-status.ts'
import { type Caller, type Dialect, dial, dialMany } from './dial.ts'

/** Sockets that call at once, and how many calls are made before the measuring and within it. */
const load = { callers: 16, warmUp: 10_000, calls: 40_000 }

/** Microseconds of the server's processor for one message of 400 bytes that is answered in kind. */
export async function costOfMessage({ url, pid }: ServerProcess, dialect: Dialect): Promise<number> {
  const callers = await dialMany(url, dialect, load.callers)
  const run = async (count: number) => {
    let left = count
    await Promise.all(
      callers.map(async (caller) => {
        while (left-- > 0) await caller.ask('place')
      }),
    )
  }
  await run(load.warmUp)
  const before = cpuTime(pid)
  await run(load.calls)
  const cost = ((cpuTime(pid) - before) * 1000) / load.calls
  for (const caller of callers) caller.close()
  return cost
}

/** Bytes of the server's memory for each of so many sockets that have signed in and do nothing. */
export async function memoryOfIdle(server: ServerProcess, dialect: Dialect, count: number): Promise<number> {
  // What the first ones bring along, such as code, is no cost of a socket.
  const first = await dialMany(server.url, dialect, 500, { bare: true })
  await collected(server)
  const before = residentMemory(server.pid)
  const callers = await dialMany(server.url, dialect, count, { bare: true })
  await collected(server)
  const cost = (residentMemory(server.pid) - before) / count
  for (const caller of [...first, ...callers]) caller.close()
  return cost
}

/** What a publication costs. */
export interface FanOut {
  /** Milliseconds until the last has heard it, of each turn. */
  readonly latencies: readonly number[]
  /** Milliseconds of the server's processor, of each turn. */
  readonly cpu: number
}

/** Publishes to so many who listen, one time after the other. */
export async function fanOut({ url, pid }: ServerProcess, dialect: Dialect, listeners: number): Promise<FanOut> {
  const turns = 20
  const callers = await dialMany(url, dialect, listeners)
  const publisher = await dial(url, dialect)
  await joinAll(callers)
  const latencies: number[] = []
  let before = 0
  for (let turn = -3; turn < turns; turn++) {
    if (turn === 0) before = cpuTime(pid)
    const start = performance.now()
    let left = listeners
    const heard = new Promise<void>((resolve) => {
      for (const caller of callers) caller.heard = () => --left === 0 && resolve()
    })
    await Promise.all([publisher.ask('publish'), heard])
    if (turn >= 0) latencies.push(performance.now() - start)
  }
  const cpu = (cpuTime(pid) - before) / turns
  for (const caller of [...callers, publisher]) caller.close()
  return { latencies, cpu }
}

/** What a consumer who stops reading for five seconds does to the server. */
export interface Stopped {
  /** By how many bytes the server's memory grew at most. */
  readonly growth: number
  /** Whether the consumer was cut. */
  readonly cut: boolean
}

/** Publishes as fast as the server takes it, for five seconds, while one who has joined reads nothing. */
export async function stopReading({ url, pid }: ServerProcess, dialect: Dialect): Promise<Stopped> {
  const [consumer, publisher] = [await dial(url, dialect), await dial(url, dialect)]
  await joinAll([consumer])
  /** The most memory that the server has while events are published. */
  const publish = async (time: number) => {
    let most = 0
    for (const end = performance.now() + time; performance.now() < end; ) {
      for (let turn = 0; turn < 200; turn++) await publisher.ask('publish')
      most = Math.max(most, residentMemory(pid))
    }
    return most
  }
  // While all is read: what is more then is not the cost of who reads nothing.
  const before = await publish(10_000)
  consumer.socket.pause()
  const most = await publish(5_000)
  const closed = new Promise<boolean>((resolve) => {
    consumer.socket.once('close', () => resolve(true))
    after(2_000, false, { ref: false }).then(resolve)
  })
  consumer.socket.resume()
  const cut = await closed
  for (const caller of [consumer, publisher]) caller.close()
  return { growth: Math.max(0, most - before), cut }
}

async function joinAll(callers: readonly Caller[]): Promise<void> {
  await Promise.all(callers.map((caller) => caller.ask('join')))
}

/** Lets the server collect what nobody needs any more: it does so on this signal (`collect.mjs`). */
async function collected({ child }: ServerProcess): Promise<void> {
  await after(500)
  child.kill('SIGUSR2')
  await after(1_500)
}
