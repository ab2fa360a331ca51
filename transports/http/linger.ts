import type { ServerResponse } from 'node:http'
import { PikkuError } from '../../core/index.ts'

/** How long the rest of a body is read for, in milliseconds, and how much of it, in bytes. */
const limits = { time: 2_000, size: 32 * 1024 * 1024 }

/**
 * Ends an answer whose body has been written. Where that of the request has not arrived whole, what comes is read and
 * dropped for a while first: closing a connection that has unread bytes resets it, and the answer may be lost to a sender
 * who is still writing (RFC 9112, section 9.6).
 */
export function endWhenHeard(response: ServerResponse): void {
  const message = response.req
  if (message.complete || message.destroyed) {
    response.end()
    return
  }
  let size = 0
  const drop = (chunk: NonSharedBuffer) => {
    size += chunk.byteLength
    if (size > limits.size) end()
  }
  const end = () => {
    clearTimeout(late)
    message.off('data', drop).off('end', end).off('close', end)
    response.end()
  }
  const late = setTimeout(end, limits.time)
  // Whoever reads the body still is told that no more comes, rather than left with holes in it.
  message.on('error', () => {}).emit('error', new PikkuError('CLIENT_CLOSED_REQUEST'))
  message.on('data', drop).on('end', end).on('close', end).resume()
  response.flushHeaders()
}
