import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** An address in front of several servers, as a load balancer has it. */
export interface Proxy extends AsyncDisposable {
  readonly url: string
  /** Nothing of what the servers say comes through the connections that are open now; what is said to them does. */
  mute(): void
}

/** Hands each connection to the first of these servers that takes it, and cuts it with the server. */
export async function openProxy(urls: readonly string[]): Promise<Proxy> {
  const sockets = new Set<Socket>()
  const muted = new WeakSet<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // What is broken is closed too.
    socket.on('error', () => {})
  }
  const server = createServer(async (client) => {
    keep(client)
    for (const url of urls) {
      const upstream = connect(Number(new URL(url).port), 'localhost')
      keep(upstream)
      if (!(await once(upstream, 'connect').catch(() => undefined))) continue
      client.on('close', () => upstream.destroy())
      upstream.on('close', () => client.destroy())
      if (client.destroyed) upstream.destroy()
      client.pipe(upstream)
      upstream.on('data', (bytes) => muted.has(client) || client.write(bytes))
      return
    }
    client.destroy()
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    mute() {
      for (const socket of sockets) muted.add(socket)
    },
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
