import { createServer } from 'node:http'
import { Server } from 'socket.io'
import { listen, Order } from './order.mjs'

const server = createServer()
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false })
io.use((socket, next) => next(socket.handshake.auth.token === 'ann' ? undefined : new Error('unauthorized')))
io.on('connection', (socket) => {
  socket.on('place', (input, done) => done(Order.parse(input)))
  socket.on('join', (_input, done) => {
    socket.join('orders')
    done()
  })
  socket.on('publish', (input, done) => {
    io.to('orders').emit('placed', Order.parse(input))
    done()
  })
})
listen(server)
