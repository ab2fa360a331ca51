import { PikkuError } from '../../core/index.ts'
import { problemOf } from './problem.ts'

const encoder = new TextEncoder()

/**
 * A stream of wire values as server-sent events (HTML Living Standard, section 9.2): one `data` event each,
 * `event: done` at the end, `event: error` with a problem when it fails. It takes the next value only when
 * the reader wants it, and ends the generator when the reader leaves. When `leaving` is aborted by others,
 * the stream ends with the reason as its error, so that no reader takes what it has for the whole.
 */
export function toEventStream(
  items: AsyncGenerator<unknown, unknown>,
  requestId: string,
  leaving: AbortController,
  ended: () => void,
): ReadableStream<Uint8Array> {
  return new ReadableStream(
    {
      start(controller) {
        // A comment. Some servers send the headers with the first bytes, and a reader waits for them to know it is heard.
        controller.enqueue(encoder.encode(':\n\n'))
      },
      async pull(controller) {
        try {
          const { done, value } = await items.next()
          if (done) leaving.signal.throwIfAborted()
          // JSON has no line breaks of its own, so one data line holds it.
          controller.enqueue(encoder.encode(done ? 'event: done\ndata:\n\n' : `data: ${JSON.stringify(value)}\n\n`))
          if (!done) return
        } catch (error) {
          const problem = error instanceof PikkuError ? error : new PikkuError('INTERNAL')
          controller.enqueue(encoder.encode(`event: error\ndata: ${JSON.stringify(problemOf(problem, requestId))}\n\n`))
        }
        controller.close()
        ended()
      },
      async cancel(reason) {
        ended()
        leaving.abort(reason)
        await items.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}
