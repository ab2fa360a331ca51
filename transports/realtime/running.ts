import type { Attachments } from './attachments.ts'
import type { OpenChannel } from './open-channel.ts'
import type { OutgoingStream } from './outgoing-stream.ts'

/** A call, a stream, a channel or a message, from its frame to its end. */
export class Running {
  readonly id: number
  channel: OpenChannel | undefined
  /** The session with which `connect` has let the client in. */
  opened: { readonly value: unknown } | undefined
  /** The channel that it is a message of, until it runs. */
  waits: OpenChannel | undefined
  stream: OutgoingStream | undefined
  /** Whether the session that began it has been replaced by another one. */
  disowned = false
  files: Attachments | undefined
  #leaving: AbortController | undefined
  #ended = false

  constructor(id: number) {
    this.id = id
  }

  /** Fires when the client ends it or goes away; asked for late, since making it costs. */
  get signal(): AbortSignal {
    this.#leaving ??= new AbortController()
    if (this.#ended) this.#leaving.abort(left())
    return this.#leaving.signal
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
