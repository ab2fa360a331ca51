import type { GatewayClient } from '../../lambda.ts'
import type { Frame } from '../conformance/socket.ts'

/** An API Gateway that remembers what it was to send, for what a real one does not do when it is asked to. */
export class GatewayDouble implements GatewayClient {
  readonly #frames = new Map<string, Frame[]>()
  readonly #gone = new Set<string>()
  /** Called before a message is taken. */
  before: (frame: Frame) => Promise<void> | void = () => {}

  async postToConnection({ ConnectionId, Data }: { ConnectionId: string; Data: string }): Promise<void> {
    const frame: Frame = JSON.parse(Data)
    await this.before(frame)
    if (this.isGone(ConnectionId)) throw withStatus(410)
    this.#frames.set(ConnectionId, [...(this.#frames.get(ConnectionId) ?? []), frame])
  }

  async deleteConnection({ ConnectionId }: { ConnectionId: string }): Promise<void> {
    if (this.isGone(ConnectionId)) throw withStatus(410)
    this.leave(ConnectionId)
  }

  /** The client is gone, and nobody was told. */
  leave(id: string): void {
    this.#gone.add(id)
  }

  isGone(id: string): boolean {
    return this.#gone.has(id)
  }

  /** What a client was sent since this was last asked. */
  taken(id: string): Frame[] {
    const frames = this.#frames.get(id) ?? []
    this.#frames.delete(id)
    return frames
  }
}

/** An error of the SDK. */
export function withStatus(httpStatusCode: number): Error {
  return Object.assign(new Error(`${httpStatusCode}`), { $metadata: { httpStatusCode } })
}
