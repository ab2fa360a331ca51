import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What stands between a client and a server, and does not like sockets. */
export async function serveProxy(target: string) {
  const open = new Set<Socket>()
  const shaken = new Set<Socket>()
  const proxy = {
    url: '',
    /** What becomes of handshakes. */
    handshakes: 'refuse' as 'refuse' | 'hang' | 'pass',
    /** What becomes of all else. */
    others: 'pass' as 'refuse' | 'hang' | 'pass',
    /** How many handshakes came. */
    asked: 0,
    /** Cuts all connections, or those that began with a handshake. */
    cut: (which: 'all' | 'sockets' = 'all') => {
      for (const socket of which === 'all' ? open : shaken) socket.destroy()
    },
    [Symbol.asyncDispose]: async () => {
      proxy.cut()
      server.close()
      await once(server, 'close')
    },
  }
  const server = createServer((socket) => {
    open.add(socket.on('error', () => {}).on('close', () => open.delete(socket)))
    socket.once('data', (head) => {
      const isHandshake = /^upgrade: websocket/im.test(head.toString('latin1'))
      if (isHandshake) {
        proxy.asked++
        shaken.add(socket.on('close', () => shaken.delete(socket)))
      }
      const fate = isHandshake ? proxy.handshakes : proxy.others
      if (fate === 'hang') return
      if (fate === 'refuse')
        return socket.end('HTTP/1.1 503 Service Unavailable\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      const up = connect(Number(new URL(target).port), 'localhost')
      up.on('error', () => socket.destroy()).on('close', () => socket.destroy())
      socket.on('close', () => up.destroy())
      up.write(head)
      socket.pipe(up).pipe(socket)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return proxy
}
