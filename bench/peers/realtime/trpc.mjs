import { EventEmitter, on } from 'node:events'
import { createServer } from 'node:http'
import { initTRPC, TRPCError } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
import { listen, Order } from './order.mjs'

const t = initTRPC.context().create()
const placed = new EventEmitter().setMaxListeners(0)
const router = t.router({
  place: t.procedure.input(Order).output(Order).mutation(({ input }) => input),
  publish: t.procedure.input(Order).mutation(({ input }) => void placed.emit('placed', input)),
  orders: t.procedure.subscription(async function* ({ signal }) {
    for await (const [order] of on(placed, 'placed', { signal })) yield order
  }),
})
const server = createServer()
const createContext = ({ req }) => {
  if (req.headers.authorization !== 'Bearer ann') throw new TRPCError({ code: 'UNAUTHORIZED' })
  return {}
}
applyWSSHandler({ wss: new WebSocketServer({ server, perMessageDeflate: false }), router, createContext })
listen(server)
