import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { conformance } from './conformance.ts'
import { createHono } from './hono.ts'
import { toHonoListener } from './http/node-app.ts'
import { serve } from './node.ts'
import { attachSockets } from './sockets.ts'
import app from './testing/conformance/src/app.ts'
import { setup } from './testing/conformance/src/setup.ts'

// The roads that a request can take on Node: each answers alike.
conformance('Node, straight from node:http', {
  start: () => serve(app, { ...setup(), port: 0, signals: false }),
})
conformance('Node, through Hono', {
  start: async () => {
    const hono = createHono(app, setup())
    const server = createServer(toHonoListener(hono)).listen(0)
    await once(server, 'listening')
    const sockets = attachSockets(server, hono)
    return {
      url: `http://localhost:${(server.address() as AddressInfo).port}`,
      async close() {
        server.close()
        server.closeAllConnections()
        sockets.cut()
        await hono.dispose()
      },
    }
  },
})
