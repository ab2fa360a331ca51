import { setTimeout } from 'node:timers/promises'
import { type Log, PikkuError } from '../../core/index.ts'
import type { Peer } from '../realtime/connection.ts'
import { frames } from '../realtime/frames.ts'

/** `ApiGatewayManagementApi` of `@aws-sdk/client-apigatewaymanagementapi`, described by shape. */
export interface GatewayClient {
  postToConnection(message: { ConnectionId: string; Data: string }): Promise<unknown>
  deleteConnection(message: { ConnectionId: string }): Promise<unknown>
}

/** The largest message that API Gateway takes, in bytes. */
const largest = 131_072
/** How often a message is sent again that came too soon, with a longer pause each time: the last is 1.6 s. */
const attempts = 6

/** The sockets that an API Gateway holds. */
export class Gateway {
  readonly #client: GatewayClient
  readonly #log: Log

  constructor(client: GatewayClient, log: Log) {
    this.#client = client
    this.#log = log
  }

  /** Hands a message over. Rejects when it cannot be known that its client gets it. */
  async post(id: string, message: string): Promise<void> {
    const Data = fitting(id, message)
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#client.postToConnection({ ConnectionId: id, Data })
        return
      } catch (error) {
        const status = statusOf(error)
        if (status !== 429 || attempt === attempts) {
          if (status !== 410) this.#log.warn({ error }, 'API Gateway did not take a message.')
          throw error
        }
        await setTimeout(50 * 2 ** (attempt - 1))
      }
    }
  }

  /** Closes a socket, if it is there, with the code that the gateway has for that: its client comes back. */
  async close(id: string): Promise<void> {
    try {
      await this.#client.deleteConnection({ ConnectionId: id })
    } catch (error) {
      if (statusOf(error) !== 410) this.#log.warn({ error }, 'API Gateway did not close a socket.')
    }
  }
}

/** The other side of a socket that API Gateway holds, while a message of it is answered. */
export class GatewayPeer implements Peer {
  readonly #gateway: Gateway
  readonly #id: string
  #waiting = 0
  #sending: Promise<void> = Promise.resolve()
  /** Whether something did not arrive, or nothing more is to be sent. */
  #isLost = false

  constructor(gateway: Gateway, id: string) {
    this.#gateway = gateway
    this.#id = id
  }

  send(message: string | Uint8Array): number {
    const text = String(message)
    this.#waiting += text.length
    this.#sending = this.#sending.then(async () => {
      if (!this.#isLost) await this.#gateway.post(this.#id, text).catch(() => this.close())
      this.#waiting -= text.length
    })
    return this.#waiting
  }

  close(): void {
    this.#isLost = true
  }

  /** Resolves once all is sent; `false` where the socket is to be closed. */
  async sent(): Promise<boolean> {
    await this.#sending
    return !this.#isLost
  }
}

/** What is too large for the gateway is not sent, and its client told. */
function fitting(connection: string, message: string): string {
  if (message.length * 3 <= largest || Buffer.byteLength(message) <= largest) return message
  const { done = 0, event, id } = JSON.parse(message) as { done?: number; event?: number; id?: string }
  // The client reads anew what it did not get.
  if (event !== undefined) return JSON.stringify({ event, id, whole: false })
  const detail = 'The answer is larger than 128 KiB. Call it over HTTP.'
  return frames.fail(done, new PikkuError('INTERNAL', { detail }), `${connection}.${done}`)
}

function statusOf(error: unknown): number | undefined {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } }
  return $metadata?.httpStatusCode
}
