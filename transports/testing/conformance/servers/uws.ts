import { createHono } from 'pikku/hono'
import { toUwsHandler, type UwsRequest, type UwsResponse } from 'pikku/uws'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

/** What of the package is needed. */
interface Package {
  App(): UwsApp
  us_socket_local_port(socket: object): number
}
interface UwsApp {
  any(path: string, handler: (response: UwsResponse, request: UwsRequest) => void): UwsApp
  listen(port: number, ready: (socket: object | false) => void): UwsApp
}

// The address of the package is told: it is installed beside none of the modules here.
const uws: Package = await import(process.argv[2] ?? '')
uws
  .App()
  .any('/*', toUwsHandler(createHono(app, setup())))
  .listen(0, (socket) => console.log(socket && `http://localhost:${uws.us_socket_local_port(socket)}`))
