import type { PikkuError } from '../core/index.ts'
import { readEvents } from './event-stream.ts'
import { isOf } from './failure.ts'
import { onAbort } from './invocation.ts'
import type { Pieces, Read } from './pieces.ts'
import { retryDelay } from './retry.ts'

/**
 * The piece of a client that reads streams. Where items carry ids, a stream that is lost is taken up again after the
 * last of them; any other fails, because it is not whole.
 */
export const streams: NonNullable<Pieces['streams']> = async function* (open, call, { reconnects = 10, silence }) {
  const headers = new Headers(call.headers)
  let least = 0
  let tried = 0

  const read: Read = async function* (response, signal, toError, lost) {
    const reader = isOf(response, 'text/event-stream') && response.body?.getReader()
    // What is no event stream is no problem either.
    if (!reader) throw toError('')
    const leave = () => reader.cancel().catch(() => {})
    // A body that knows nothing of the signal, such as that of a `fetch` of one's own, ends with it all the same.
    onAbort(signal, leave)
    // A heartbeat may be lost, and the next one late. Without any, nothing is to be expected.
    const patience = silence ?? (Number(response.headers.get('x-heartbeat')) * 7000) / 3
    const next = () => {
      const silent = patience ? setTimeout(leave, patience) : 0
      return reader
        .read()
        .catch((cause) => {
          throw lost(cause)
        })
        .finally(() => clearTimeout(silent))
    }
    for await (const { event, data, id, retry = least } of readEvents(next)) {
      signal.throwIfAborted()
      tried = 0
      least = +retry
      if (id) headers.set('last-event-id', id)
      if (event === 'done') return
      if (event === 'error') throw toError(data)
      if (!event) yield data
    }
    throw lost()
  }

  for (let own = {}; ; ) {
    try {
      return yield* open(read, own)
    } catch (error) {
      const delay = retryDelay(error as PikkuError, tried, 0)
      if (!headers.has('last-event-id') || tried++ >= reconnects || delay === undefined) throw error
      own = { headers, delay: least + delay, retries: 0 }
    }
  }
}
