import { PikkuError } from '../../core/index.ts'
import type { StreamFormat } from './stream-format.ts'

/** What a stream is made of. */
export interface ItemStreamInit {
  /** Wire values. */
  readonly items: AsyncGenerator<unknown, unknown>
  readonly format: StreamFormat
  readonly requestId: string
  /** Milliseconds after which something is sent, whether there is an item or not; 0 for never. */
  readonly heartbeat: number
  /** Milliseconds that readers are told to wait before they come back. */
  readonly retry: number | undefined
  /** Ends the stream when it is aborted, with the reason as its error; it is aborted when the reader leaves. */
  readonly leaving: AbortController
  /** Called once it is over. */
  ended(): void
}

/** Where the texts of a stream go. */
export interface Sink {
  /** Whether the reader waits for more. */
  readonly idle: boolean
  /** Resolves when the reader takes more; nothing where he does already. */
  wanted(): Promise<void> | undefined
  write(text: string): void
  end(): void
}

/**
 * The body of a stream. An item is asked for when the reader takes more, and not before. A reader who leaves ends the
 * generator; a stream that is ended by others tells its reader that it is not whole.
 */
export class ItemStream extends ReadableStream<Uint8Array> {
  readonly #init: ItemStreamInit

  constructor(init: ItemStreamInit) {
    let sink: QueueSink
    super(
      {
        start(controller) {
          sink = new QueueSink(controller)
        },
        pull() {
          if (sink.ask()) pump(init, sink)
        },
        cancel() {
          sink.close()
          leave(init)
        },
      },
      { highWaterMark: 0 },
    )
    this.#init = init
  }

  /** The reader has left. */
  leave(): void {
    leave(this.#init)
  }

  /** Writes it there itself, for servers to which a stream of bytes would be a way around. */
  writeTo(sink: Sink): void {
    pump(this.#init, sink)
  }
}

/** Takes items to the sink until there are no more, or somebody ends the stream. */
function pump(init: ItemStreamInit, sink: Sink): void {
  const { items, format, requestId, heartbeat, retry, leaving } = init
  const { signal } = leaving
  let over = false
  let quiet = false
  const write = (text: string) => {
    quiet = false
    sink.write(text)
  }
  // A beat for each half of the time: so nothing lasts longer than the whole without one.
  const beat = () => {
    if (quiet && sink.idle) sink.write(format.heartbeat)
    quiet = true
  }
  const timer = heartbeat > 0 ? setInterval(beat, heartbeat / 2) : undefined
  timer?.unref?.()
  const end = (last: string) => {
    if (over) return
    over = true
    clearInterval(timer)
    write(last)
    sink.end()
    // A generator that waits for something hears of it by its signal, and may take its time.
    close(init)
  }
  const fail = (error: unknown) =>
    end(format.error(error instanceof PikkuError ? error : new PikkuError('INTERNAL'), requestId))
  const run = async () => {
    write(format.opening(retry))
    while (!over) {
      const wanted = sink.wanted()
      if (wanted) await wanted
      const { done, value } = await items.next()
      if (done) end(format.done)
      else if (!over) write(format.item(value))
    }
  }
  const stop = () => fail(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  else run().catch(fail)
}

function leave(init: ItemStreamInit): void {
  init.leaving.abort(new PikkuError('CLIENT_CLOSED_REQUEST'))
  close(init)
}

function close({ items, ended }: ItemStreamInit): void {
  ended()
  items.return(undefined).catch(() => {})
}

/** A queue that holds what is not asked for yet: one item at most. */
class QueueSink implements Sink {
  readonly #controller: ReadableStreamDefaultController<Uint8Array>
  #asked = false
  #started = false
  #closed = false
  #resolve: (() => void) | undefined

  constructor(controller: ReadableStreamDefaultController<Uint8Array>) {
    this.#controller = controller
  }

  get idle(): boolean {
    return this.#asked
  }

  /** The reader takes more. Gives whether it is the first time. */
  ask(): boolean {
    const first = !this.#started
    this.#started = this.#asked = true
    this.#resolve?.()
    return first
  }

  wanted(): Promise<void> | undefined {
    if (this.#asked) return undefined
    return new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  write(text: string): void {
    this.#asked = false
    if (!this.#closed) this.#controller.enqueue(encoder.encode(text))
  }

  end(): void {
    if (!this.#closed) this.#controller.close()
  }

  /** The reader has left. */
  close(): void {
    this.#closed = true
  }
}

const encoder = new TextEncoder()
