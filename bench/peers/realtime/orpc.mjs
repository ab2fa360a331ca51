import { createServer } from 'node:http'
import { eventIterator, EventPublisher, os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/ws'
import { WebSocketServer } from 'ws'
import { listen, Order } from './order.mjs'

const publisher = new EventPublisher()
const router = {
  place: os.input(Order).output(Order).handler(({ input }) => input),
  publish: os.input(Order).handler(({ input }) => void publisher.publish('placed', input)),
  orders: os.output(eventIterator(Order)).handler(async function* ({ signal }) {
    for await (const order of publisher.subscribe('placed', { signal })) yield order
  }),
}
const handler = new RPCHandler(router)
const server = createServer()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
server.on('upgrade', (request, socket, head) => {
  if (request.headers.authorization !== 'Bearer ann') return socket.destroy()
  sockets.handleUpgrade(request, socket, head, (webSocket) => handler.upgrade(webSocket, { context: {} }))
})
listen(server)
