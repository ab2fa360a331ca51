import type { Caller, Incoming, Operation, PikkuError, ServedChannel, SessionSource } from '../../core/index.ts'
import type { Attachments } from './attachments.ts'
import type { Connection } from './connection.ts'
import type { OpenChannel } from './open-channel.ts'
import type { OutgoingStream } from './outgoing-stream.ts'

/** What of a frame its call has to know. */
interface Begun {
  readonly input?: unknown
  readonly key?: string | undefined
  readonly after?: string | undefined
  readonly credit?: number
}

/** Where it runs. */
export interface Place {
  readonly connection: Connection
  answered(running: Running, output: unknown): void
  failed(running: Running, error: PikkuError): void
}

/** A call, a stream, a channel or a message, from its frame to its end. Most of what its call may know is asked for by few. */
export class Running implements Incoming, Caller {
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
  /** What it calls. */
  operation: Operation | undefined
  readonly #place: Place
  readonly #begun: Begun
  #leaving: AbortController | undefined
  #ended = false

  constructor(place: Place, number: number, begun: Begun = {}) {
    this.number = number
    this.#place = place
    this.#begun = begun
  }

  /** It runs, under the session that there is now. */
  begin(operation: Operation): { readonly value: unknown } {
    this.waits = false
    this.operation = operation
    this.session = { value: this.#place.connection.pass.session }
    return this.session
  }

  get id(): string {
    return `${this.#place.connection.id}.${this.number}`
  }

  /** Fires when the client ends it or goes away; asked for late, since making it costs. */
  get signal(): AbortSignal {
    this.#leaving ??= new AbortController()
    if (this.#ended) this.#leaving.abort(left())
    return this.#leaving.signal
  }

  get address(): string | undefined {
    return this.#place.connection.pass.address
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
    return this.#place.connection.pass.credential(source)
  }

  /** How many items of a stream are asked for. */
  get credit(): number {
    return this.#begun.credit ?? 0
  }

  /** Its input, with the files in it. */
  read(): unknown {
    return this.files ? this.files.into(this.#begun.input) : this.#begun.input
  }

  answered(output: unknown): void {
    this.#place.answered(this, output)
  }

  failed(error: PikkuError): void {
    this.#place.failed(this, error)
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
