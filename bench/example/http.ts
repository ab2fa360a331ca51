import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { dirname, join } from 'node:path'
import type { Package } from '../package.ts'
import { work } from '../places.ts'
import { cpuTime } from '../process-status.ts'
import { measure } from '../process-tree.ts'

/** What one call costs a server. */
export interface CallCost {
  readonly name: string
  /** Of each round. */
  readonly microseconds: readonly number[]
}

const servers = { 'node:http and JSON.parse, nothing checked': 'plain.ts', 'pikku/node': 'server.ts' }
const warmUp = 5_000
const calls = 20_000
const connections = 16

/** Measures servers in turn, each in a process of its own. */
export async function cpuPerCall({ bin }: Package, rounds: number): Promise<CallCost[]> {
  const app = await writeOrders(bin)
  const costs = Object.entries(servers).map(([name, file]) => ({ name, file, microseconds: [] as number[] }))
  for (let round = 0; round < rounds; round++) {
    for (const { file, microseconds } of costs) microseconds.push(await cpuOf(join(app, file)))
  }
  return costs
}

async function cpuOf(file: string): Promise<number> {
  const { url, child, pid } = await startServer(file)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  try {
    await send(url, agent, warmUp)
    const before = cpuTime(pid)
    await send(url, agent, calls)
    return ((cpuTime(pid) - before) * 1000) / calls
  } finally {
    agent.destroy()
    child.kill()
  }
}

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string
  readonly child: ChildProcess
  readonly pid: number
}

/** Starts a server that prints its address. */
export async function startServer(file: string, env: NodeJS.ProcessEnv = {}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [file], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}.`)))
  })
  if (child.pid === undefined) throw new Error(`${file} did not start.`)
  return { url, child, pid: child.pid }
}

/** Places an order: a POST of some 400 bytes. Resolves when the whole answer has come, and fails unless it is 200. */
export function placeOrder(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length }
    const outgoing = request(`${url}/rpc/orders.place`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () =>
        answer.statusCode === 200 ? resolve() : reject(new Error(`Status ${answer.statusCode}`)),
      )
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

/** Sends so many calls over all connections at once, and checks each answer's status. */
async function send(url: string, agent: Agent, count: number): Promise<void> {
  let left = count
  const connection = async () => {
    while (left-- > 0) await placeOrder(url, agent)
  }
  await Promise.all(Array.from({ length: connections }, connection))
}

const body = JSON.stringify({
  customer: '0b0f2b5e-6f0a-4f53-9d0e-2a4b8a3f1c11',
  email: 'ada@example.com',
  lines: [
    { product: 'Analytical engine', quantity: 1, price: 119900 },
    { product: 'Punched cards, box of 500', quantity: 12, price: 450 },
    { product: 'Brass polish', quantity: 2, price: 799 },
  ],
  address: { street: '12 St James Square', city: 'London', zip: 'SW1Y 4JH', country: 'GB' },
  deliver: { by: 'courier', note: 'Ring twice' },
})

/** Writes the app that takes orders, `server.ts` and all, with its contracts; the folder it stands in. */
export async function writeOrders(bin: string): Promise<string> {
  const folder = join(work, 'http')
  await rm(folder, { recursive: true, force: true })
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
  await measure(process.execPath, [bin, 'contracts'], { cwd: folder, limit: 60_000 })
  return folder
}

const files = {
  'package.json': '{ "name": "bench-http", "private": true, "type": "module" }\n',
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      target: 'es2023',
      module: 'nodenext',
      types: ['node'],
      strict: true,
      exactOptionalPropertyTypes: true,
      allowImportingTsExtensions: true,
      skipLibCheck: true,
      noEmit: true,
    },
    include: ['src'],
  }),
  'src/pikku.ts': `import { pikku } from 'pikku'

export const { func, app } = pikku<{}, never>()
`,
  'src/orders.ts': `import { func } from './pikku.ts'

export interface Order {
  /** @format uuid */
  customer: string
  /** @format email */
  email: string
  lines: {
    /** @minLength 1 */
    product: string
    /** @minimum 1 */
    quantity: number
    price: number
  }[]
  address: { street: string; city: string; zip: string; country: string }
  deliver?: { by: 'courier' | 'post'; note?: string }
}

export const place = func({ auth: false }, async (_services, order: Order): Promise<Order> => order)
`,
  'src/app.ts': `import * as orders from './orders.ts'
import { app } from './pikku.ts'

export default app({ rpc: { orders } })
`,
  'server.ts': `import { serve } from 'pikku/node'
import { contracts } from './contracts/index.ts'
import app from './src/app.ts'

const { DELAY: delay = 0 } = process.env
const { url } = await serve(app, { contracts, services: {}, port: 0, delay: Number(delay) })
console.log(url)
`,
  'plain.ts': `import { createServer } from 'node:http'

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const text = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()))
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address) console.log(\`http://127.0.0.1:\${address.port}\`)
})
`,
}
