import { Agent } from 'node:http'
import { connect, type Socket } from 'node:net'
import { placeOrder, startServer } from '../example/http.ts'

/** What ordinary callers saw while others kept connections open without ever finishing their requests. */
export interface Slow {
  /** Milliseconds of each call without slow senders, and with them. */
  readonly alone: readonly number[]
  readonly beside: readonly number[]
  /** Seconds until each slow connection was ended by the server. */
  readonly cutAfter: readonly number[]
}

const senders = 1_000
const callers = 8

/** Ordinary calls, first alone, then beside a thousand connections that send their headers or bodies a byte a second. */
export async function besideSlowSenders(file: string): Promise<Slow> {
  const { url, child } = await startServer(file)
  const agent = new Agent({ keepAlive: true, maxSockets: callers })
  let sending: readonly SlowSender[] = []
  try {
    await callFor(url, agent, 2_000)
    const alone = await callFor(url, agent, 5_000)
    const { port } = new URL(url)
    sending = await Promise.all(Array.from({ length: senders }, (_, at) => SlowSender.open(Number(port), at % 2 === 0)))
    const beside = await callFor(url, agent, 5_000)
    const cutAfter = await Promise.all(sending.map(({ cut }) => cut))
    return { alone, beside, cutAfter }
  } finally {
    for (const sender of sending) sender.end()
    agent.destroy()
    child.kill()
  }
}

/** Calls for so many milliseconds, each caller one call at a time; how long each call took. */
async function callFor(url: string, agent: Agent, milliseconds: number): Promise<number[]> {
  const took: number[] = []
  const until = performance.now() + milliseconds
  const caller = async () => {
    while (performance.now() < until) {
      const start = performance.now()
      await placeOrder(url, agent)
      took.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return took
}

/** A connection that sends a byte a second, of its headers or, once these are sent, of its body. */
class SlowSender {
  /** Seconds until the server ended it. */
  readonly cut: Promise<number>
  readonly #socket: Socket
  readonly #timer: NodeJS.Timeout

  static open(port: number, headers: boolean): Promise<SlowSender> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new SlowSender(socket, headers)))
      socket.once('error', reject)
    })
  }

  private constructor(socket: Socket, headers: boolean) {
    const start = performance.now()
    this.#socket = socket
    const head = 'POST /rpc/orders.place HTTP/1.1\r\nhost: localhost\r\n'
    socket.on('error', () => {})
    socket.resume()
    socket.write(headers ? `${head}x-slow: ` : `${head}content-type: application/json\r\ncontent-length: 400\r\n\r\n`)
    this.#timer = setInterval(() => socket.write(' '), 1_000)
    this.cut = new Promise((resolve) => {
      socket.once('close', () => {
        clearInterval(this.#timer)
        resolve((performance.now() - start) / 1000)
      })
    })
  }

  end(): void {
    this.#socket.destroy()
  }
}
