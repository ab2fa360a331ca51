import { readEvents } from './event-stream.ts'
import { isOf } from './failure.ts'
import { onAbort } from './invocation.ts'
import type { Pieces, Read } from './pieces.ts'

/** The piece of a client that reads streams. One that is cut fails: nobody takes it for the whole. */
export const streams: NonNullable<Pieces['streams']> = async function* (open) {
  const read: Read = async function* (response, signal, toError, lost) {
    const reader = isOf(response, 'text/event-stream') && response.body?.getReader()
    // What is no event stream is no problem either.
    if (!reader) throw toError('')
    // A body that knows nothing of the signal, such as that of a `fetch` of one's own, ends with it all the same.
    onAbort(signal, () => reader.cancel().catch(() => {}))
    const next = () =>
      reader.read().catch((cause) => {
        throw lost(cause)
      })
    for await (const { event, data } of readEvents(next)) {
      signal.throwIfAborted()
      if (event === 'done') return
      if (event === 'error') throw toError(data)
      if (!event) yield data
    }
    throw lost()
  }

  yield* open(read)
}
