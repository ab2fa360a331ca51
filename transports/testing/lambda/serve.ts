import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Served } from '../../conformance.ts'
import { startFunction } from './function-process.ts'
import { type Gateway, payload2 } from './gateway.ts'
import { RuntimeApi } from './runtime-api.ts'
import { SocketGateway } from './socket-gateway.ts'

/** The conformance app as a function of Lambda, run by Amazon's runtime client, with a server in front. */
export async function serveFunction(folder: string, name: 'whole' | 'streamed', gateway: Gateway): Promise<Served> {
  const runtimeApi = new RuntimeApi()
  const client = startFunction(folder, `function.${name}`, await runtimeApi.start())
  const server = toServer(runtimeApi, gateway)
  // Otherwise requests would wait for a function that is no more.
  client.once('exit', () => server.closeAllConnections())
  return {
    url: await listen(server),
    async close() {
      await end([client])
      server.close()
      server.closeAllConnections()
      runtimeApi.close()
    },
  }
}

/** A server with sockets that functions have. */
export interface ServedSockets extends Served {
  /** The prefix of the hub of Redis. */
  readonly hubPrefix: string
  /** Cuts all sockets. */
  cut(): void
}

/**
 * The conformance app as two functions, with an API Gateway in front: one answers requests, the other has the sockets,
 * in several processes at a time.
 */
export async function serveSocketFunctions(folder: string, redis: string, processes = 2): Promise<ServedSockets> {
  const [requests, messages] = [new RuntimeApi(), new RuntimeApi()]
  const server = toServer(requests, payload2)
  const gateway = new SocketGateway(messages)
  const notes = await mkdtemp(join(tmpdir(), 'pikku-lambda-'))
  const env = {
    REDIS_URL: redis,
    GATEWAY_URL: await gateway.start(server),
    PREFIX: `pikku-test:${randomUUID()}`,
    NOTES: join(notes, 'notes.sqlite'),
    TOOL: folder,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  }
  const start = (api: string) => startFunction(folder, 'socket-function.handler', api, env)
  const [first, second] = [await requests.start(), await messages.start()]
  const clients = [start(first), ...Array.from({ length: processes }, () => start(second))]
  return {
    url: await listen(server),
    hubPrefix: `${env.PREFIX}:hub`,
    cut: () => gateway.cut(),
    async close() {
      gateway.close()
      await end(clients)
      server.close()
      server.closeAllConnections()
      requests.close()
      messages.close()
      await rm(notes, { recursive: true })
    },
  }
}

function toServer(runtimeApi: RuntimeApi, gateway: Gateway): Server {
  return createServer(async (request, response) => {
    try {
      await gateway.answer(await runtimeApi.invoke(await gateway.event(request)), response)
    } catch (error) {
      response.writeHead(502).end(String(error))
    }
  })
}

async function listen(server: Server): Promise<string> {
  server.listen(0)
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

async function end(clients: readonly ChildProcess[]): Promise<void> {
  const ended = clients.map((client) => client.exitCode ?? once(client, 'exit'))
  for (const client of clients) client.kill()
  await Promise.all(ended)
}
