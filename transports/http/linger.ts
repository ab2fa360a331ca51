import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ServerHttp2Stream } from 'node:http2'
import { PikkuError } from '../../core/index.ts'

/** How long the rest of a body is read for, in milliseconds, and how much of it, in bytes. */
const limits = { time: 2_000, size: 32 * 1024 * 1024 }

/** Of HTTP/2 (RFC 9113, section 7). */
const noError = 0

/** Whether nothing of a request is still to come. */
export function hasArrived(message: IncomingMessage & { readonly stream?: ServerHttp2Stream }): boolean {
  return message.complete || message.destroyed || message.stream?.endAfterHeaders === true
}

/**
 * Ends an answer whose body has been written. Where that of the request has not arrived whole, what comes is read and
 * dropped for a while first: closing a connection that has unread bytes resets it, and the answer may be lost to a sender
 * who is still writing (RFC 9112, section 9.6). Over HTTP/2 he is told to write no more (RFC 9113, section 8.1).
 */
export function endWhenHeard(response: ServerResponse): void {
  const message = response.req
  if (hasArrived(message)) {
    response.end()
    return
  }
  if ('stream' in response) {
    const stream = response.stream as ServerHttp2Stream
    response.end()
    stream.close(noError)
    // What has come and is not read would keep it open.
    letGo(message).resume()
    return
  }
  dropRest(message, () => response.end())
  response.flushHeaders()
}

/** Reads and drops what comes of a body until it has ended, or enough of it has come. */
export function dropRest(message: IncomingMessage, done: () => void): void {
  let size = 0
  const drop = (chunk: NonSharedBuffer) => {
    size += chunk.byteLength
    if (size > limits.size) end()
  }
  const end = () => {
    clearTimeout(late)
    message.off('data', drop).off('end', end).off('close', end)
    done()
  }
  const late = setTimeout(end, limits.time)
  letGo(message).on('data', drop).on('end', end).on('close', end).resume()
}

/** Whoever reads the body still is told that no more comes, rather than left with holes in it, and cannot pause it. */
function letGo(message: IncomingMessage): IncomingMessage {
  message.on('error', () => {}).emit('error', new PikkuError('CLIENT_CLOSED_REQUEST'))
  return message.removeAllListeners('data')
}
