import type { Incoming, ServedChannel, SessionSource } from '../../core/index.ts'
import type { Connection } from './connection.ts'
import type { Running } from './running.ts'

/** What of a frame its call has to know. */
interface Begun {
  readonly key?: string | undefined
  readonly after?: string | undefined
}

/** A call as it arrives by a socket, which knows its session. Most of it is asked for by few. */
export class SocketCall implements Incoming {
  readonly session: { readonly value: unknown }
  readonly #connection: Connection
  readonly #running: Running
  readonly #channel: ServedChannel | undefined
  readonly #begun: Begun

  constructor(connection: Connection, running: Running, channel?: ServedChannel, begun: Begun = {}) {
    this.session = { value: connection.pass.session }
    this.#connection = connection
    this.#running = running
    this.#channel = channel
    this.#begun = begun
  }

  get id(): string {
    return `${this.#connection.id}.${this.#running.id}`
  }

  get signal(): AbortSignal {
    return this.#running.signal
  }

  get address(): string | undefined {
    return this.#connection.pass.address
  }

  get channel(): ServedChannel | undefined {
    return this.#channel
  }

  get idempotencyKey(): string | undefined {
    return this.#begun.key
  }

  get lastEventId(): string | undefined {
    return this.#begun.after
  }

  credential(source: SessionSource<never, unknown>): string | undefined {
    return this.#connection.pass.credential(source)
  }
}
