import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'node:net'
import { PikkuError } from '../../core/index.ts'

/** How often connections are looked at, in milliseconds. */
const interval = 5_000
/** The fewest bytes a sender must bring between two looks. */
const fewest = 1_200

/** A connection, the request that comes by it, and how many bytes had come when it was last looked at. */
interface Receiving {
  message: IncomingMessage | undefined
  bytes: number | undefined
}

/**
 * Cuts requests whose bodies come slower than 240 bytes a second: they hold a connection, and what reads them. Answered
 * with `REQUEST_TIMEOUT`. A body that waits because its handler does not read it is left alone, and a large one may take
 * as long as it takes, which Node's own limit on whole requests would not let it.
 *
 * @param connected the event that tells of a connection.
 */
export function cutSlowSenders(server: Server, connected: 'connection' | 'secureConnection'): void {
  const connections = new Map<Socket, Receiving>()
  server.on(connected, (socket: Socket) => {
    connections.set(socket, { message: undefined, bytes: undefined })
    socket.once('close', () => connections.delete(socket))
  })
  server.on('request', (message: IncomingMessage) => {
    const connection = connections.get(message.socket)
    if (connection) [connection.message, connection.bytes] = [message, undefined]
  })
  const looking = setInterval(() => {
    for (const [socket, connection] of connections) look(socket, connection)
  }, interval).unref()
  server.once('close', () => clearInterval(looking))
}

function look(socket: Socket, connection: Receiving): void {
  const { message, bytes } = connection
  if (!message || message.complete || message.readableLength > 0) {
    connection.bytes = undefined
    return
  }
  connection.bytes = socket.bytesRead
  if (bytes === undefined || socket.bytesRead - bytes >= fewest) return
  // Whoever reads the body gives the answer; without a reader there is nobody to tell.
  if (message.listenerCount('error') === 0) socket.destroy()
  else message.emit('error', new PikkuError('REQUEST_TIMEOUT', { detail: 'The body of the request came too slowly.' }))
}
