import { createHono } from 'pikku/hono'
import { attachUwsSockets, toUwsHandler, type UwsRequest, type UwsResponse, type UwsSocketBehavior } from 'pikku/uws'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

/** What of the package is needed. */
interface Package {
  App(): UwsApp
  us_socket_local_port(socket: object): number
  us_listen_socket_close(socket: object): void
}
interface UwsApp {
  ws(path: string, behavior: UwsSocketBehavior): unknown
  any(path: string, handler: (response: UwsResponse, request: UwsRequest) => void): UwsApp
  listen(port: number, ready: (socket: object | false) => void): UwsApp
}

// The address of the package is told: it is installed beside none of the modules here.
const uws: Package = await import(process.argv[2] ?? '')
const hono = createHono(app, setup())
const server = uws.App()
const sockets = attachUwsSockets(server, hono)
server.any('/*', toUwsHandler(hono)).listen(0, (socket) => {
  if (!socket) return
  console.log(`http://localhost:${uws.us_socket_local_port(socket)}`)
  process.once('SIGTERM', async () => {
    uws.us_listen_socket_close(socket)
    hono.drain()
    await sockets.drain()
    await hono.dispose()
    process.exit()
  })
})
