import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import { PikkuError } from '../../core/index.ts'
import { brokenOff, tooLarge } from './bytes.ts'
import { ItemStream } from './item-stream.ts'
import { endWhenHeard } from './linger.ts'

/**
 * The body of a message as it arrives: a chunk for each that its reader asks for. A reader who leaves takes nothing
 * with him: the answer can still be sent, where the stream that Node makes of a message would end the connection.
 */
export function streamMessage(message: IncomingMessage, limit: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let size = 0
  let stop: () => void
  return new ReadableStream(
    {
      start(controller) {
        const data = (chunk: NonSharedBuffer) => {
          message.pause()
          size += chunk.byteLength
          if (size > limit) fail(tooLarge(limit))
          else controller.enqueue(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
        }
        const end = () => {
          stop()
          controller.close()
        }
        const fail = (error: PikkuError) => {
          stop()
          controller.error(error)
        }
        const close = (error?: unknown) => {
          fail(error instanceof PikkuError ? error : brokenOff())
        }
        stop = () => void message.off('data', data).off('end', end).off('error', close).off('close', close).pause()
        message.pause().on('data', data).on('end', end).on('error', close).on('close', close)
        if (message.destroyed) close()
      },
      pull: () => void message.resume(),
      cancel: () => stop(),
    },
    { highWaterMark: 0 },
  )
}

/**
 * Sends a body as it is made: no faster than its reader takes it, and no longer than he stays. A body that fails cuts
 * the connection, so that nobody takes what he has for the whole.
 */
export async function sendStream(response: ServerResponse, body: ReadableStream<Uint8Array>): Promise<void> {
  if (body instanceof ItemStream) return writeItems(response, body)
  const reader = body.getReader()
  const leave = () => void reader.cancel(new PikkuError('CLIENT_CLOSED_REQUEST')).catch(() => {})
  if (response.destroyed) return leave()
  response.once('close', leave)
  try {
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
      if (!response.write(value)) await drained(response)
    }
    if (!response.destroyed) endWhenHeard(response)
  } catch {
    // Whose body it is has told of the error already.
    cut(response)
  }
}

/** Of HTTP/2 (RFC 9113, section 7). */
const internalError = 2

/** Ends an answer in the middle. Over HTTP/2 it takes a code: without one its end would look like that of a whole answer. */
export function cut(response: ServerResponse): void {
  if ('stream' in response) (response.stream as ServerHttp2Stream).close(internalError)
  else response.destroy()
}

/** Fires when the caller goes away before it has the whole answer. */
export function leavingOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  const leave = () => {
    // Of HTTP/2, Node finishes what nobody takes any more.
    const isCut = 'stream' in response && (response.stream as ServerHttp2Stream).aborted
    if (isCut || !response.writableFinished) controller.abort(new DOMException('The caller went away.', 'AbortError'))
  }
  if (response.destroyed) leave()
  else response.once('close', leave)
  return controller.signal
}

/** Items go out as the texts they are. */
function writeItems(response: ServerResponse, body: ItemStream): void {
  const leave = () => body.leave()
  if (response.destroyed) {
    leave()
    return
  }
  response.once('close', leave)
  body.writeTo({
    get idle() {
      return response.writableLength === 0
    },
    wanted: () => (response.writableNeedDrain ? drained(response) : undefined),
    write: (text) => void (response.destroyed || response.write(text)),
    end: () => void (response.destroyed || endWhenHeard(response)),
  })
}

/** Resolves when more can be written, or nothing ever will be. */
export function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    if (response.destroyed) resolve()
    else response.on('drain', done).on('close', done)
  })
}
