import { once } from 'node:events'
import { createServer as createHttpServer, request } from 'node:http'
import { type AddressInfo, connect, createServer, type Server } from 'node:net'

/** What shares requests out between servers in turn, and keeps nobody where he is. */
export async function serveBalancer(targets: readonly string[], by: 'request' | 'connection') {
  const ports = targets.map((target) => Number(new URL(target).port))
  let turn = 0
  const next = () => ports[turn++ % ports.length] as number
  const server = by === 'request' ? byRequest(next) : byConnection(next)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

function byRequest(next: () => number): Server {
  return createHttpServer((asked, answer) => {
    const { method, url, headers } = asked
    const up = request({ host: 'localhost', port: next(), method, path: url, headers }, (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers).flushHeaders()
      response.pipe(answer)
    })
    up.on('error', () => answer.destroy())
    answer.on('close', () => up.destroy())
    asked.pipe(up)
  })
}

function byConnection(next: () => number): Server {
  return createServer((socket) => {
    const up = connect(next(), 'localhost')
    for (const [one, other] of [
      [socket, up],
      [up, socket],
    ] as const)
      one
        .on('error', () => other.destroy())
        .on('close', () => other.destroy())
        .pipe(other)
  })
}
