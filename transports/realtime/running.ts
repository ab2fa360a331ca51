import type { Incoming, ServedChannel, SessionSource } from '../../core/index.ts'
import type { Attachments } from './attachments.ts'
import type { Connection } from './connection.ts'
import type { OpenChannel } from './open-channel.ts'
import type { OutgoingStream } from './outgoing-stream.ts'

/** What of a frame its call has to know. */
interface Begun {
  readonly key?: string | undefined
  readonly after?: string | undefined
}

/** A call, a stream, a channel or a message, from its frame to its end. Most of what its call may know is asked for by few. */
export class Running implements Incoming {
  /** The id that the client gave. */
  readonly number: number
  /** The channel that it opens. */
  opens: OpenChannel | undefined
  /** The session with which `connect` has let the client in. */
  opened: { readonly value: unknown } | undefined
  /** The channel that it is a message of. */
  through: OpenChannel | undefined
  /** Whether it has not begun to run. */
  waits = true
  stream: OutgoingStream | undefined
  /** Whether the session that began it has been replaced by another one. */
  disowned = false
  files: Attachments | undefined
  session: { readonly value: unknown } | undefined
  readonly #connection: Connection
  readonly #begun: Begun
  #leaving: AbortController | undefined
  #ended = false

  constructor(connection: Connection, number: number, begun: Begun = {}) {
    this.number = number
    this.#connection = connection
    this.#begun = begun
  }

  /** It runs, under the session that there is now. */
  begin(): { readonly value: unknown } {
    this.waits = false
    this.session = { value: this.#connection.pass.session }
    return this.session
  }

  get id(): string {
    return `${this.#connection.id}.${this.number}`
  }

  /** Fires when the client ends it or goes away; asked for late, since making it costs. */
  get signal(): AbortSignal {
    this.#leaving ??= new AbortController()
    if (this.#ended) this.#leaving.abort(left())
    return this.#leaving.signal
  }

  get address(): string | undefined {
    return this.#connection.pass.address
  }

  get channel(): ServedChannel | undefined {
    return this.opens ?? this.through
  }

  get idempotencyKey(): string | undefined {
    return this.#begun.key
  }

  get lastEventId(): string | undefined {
    return this.opens ? undefined : this.#begun.after
  }

  credential(source: SessionSource<never, unknown>): string | undefined {
    return this.#connection.pass.credential(source)
  }

  end(): void {
    this.#ended = true
    this.#leaving?.abort(left())
    this.stream?.leave()
  }
}

function left(): DOMException {
  return new DOMException('The caller went away.', 'AbortError')
}
