// Bare ws with JSON: nothing is checked but the token of the handshake.
import { createServer } from 'node:http'
import { WebSocketServer } from 'ws'
import { listen } from './order.mjs'

const server = createServer()
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false })
const room = new Set()
server.on('upgrade', (request, socket, head) => {
  if (request.headers.authorization !== 'Bearer ann') return socket.destroy()
  sockets.handleUpgrade(request, socket, head, (webSocket) => {
    webSocket.on('message', (data) => {
      const { id, to, input } = JSON.parse(data)
      if (to === 'join') room.add(webSocket)
      if (to === 'publish') {
        const event = JSON.stringify({ event: 'placed', data: input })
        for (const other of room) other.send(event)
      }
      webSocket.send(JSON.stringify({ id, output: to === 'place' ? input : null }))
    })
    webSocket.on('close', () => room.delete(webSocket))
  })
})
listen(server)
