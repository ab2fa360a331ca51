import { after, before, describe, it } from 'node:test'
import { type RunningServer, serve } from '../node.ts'
import { channels, sockets } from '../testing/conformance/behaviours/sockets.ts'
import { RequestSocket } from '../testing/conformance/request-socket.ts'
import app from '../testing/conformance/src/app.ts'
import { setup } from '../testing/conformance/src/setup.ts'
import { http1, Target } from '../testing/conformance/target.ts'

let server: RunningServer
before(async () => {
  server = await serve(app, { ...setup(), port: 0, signals: false })
})
after(() => server.close())

/** What is about the handshake of a WebSocket. */
const isHandshake = /^(?:knows who comes|refuses a handshake|refuses odd targets|refuses a target)/

describe('what goes over a socket goes by requests too', () => {
  for (const { group, name, run } of [...sockets, ...channels]) {
    if (!isHandshake.test(name)) {
      it(`${group}: ${name}`, () =>
        run(new Target(server.url, [], { ...http1, connect: (url, headers) => new RequestSocket(url, headers) })))
    }
  }
})
