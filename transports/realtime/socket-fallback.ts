import { PikkuError } from '../../core/index.ts'
import type { PikkuHono } from '../hono.ts'
import { checkLength } from '../http/bytes.ts'
import type { HttpRequest } from '../http/endpoint.ts'
import { parseMediaType } from '../http/media-type.ts'
import { refusal } from '../http/unreadable.ts'
import { closeCodes } from './close-codes.ts'
import type { Connection, Peer } from './connection.ts'
import { shakeHands } from './handshake.ts'
import type { Pass, SocketRequest } from './pass.ts'
import type { Sockets } from './sockets.ts'

/** How many bytes of frames a request may bring: several, or one as large as a message may be. */
const batch = 65_536
/** How long what was sent before the end may take to be read, in milliseconds. */
const closeTimeout = 1_000

/**
 * Lets those in too who cannot open a socket: an event stream brings what the server says, and requests what the client
 * does (docs/protocol.md, Without sockets).
 */
export function addSocketFallback(hono: PikkuHono, sockets: Sockets): void {
  const { operations } = hono
  const { endpoint } = operations
  /** By their keys, which only their clients know: ids of connections are in logs. */
  const opened = new Map<string, Opened>()

  const open = (pass: Pass, caller: string): ReadableStream<Uint8Array> => {
    const key = crypto.randomUUID()
    const leave = () => {
      const { connection } = opened.get(key) ?? {}
      if (opened.delete(key) && connection) sockets.closed(connection)
    }
    return new ReadableStream<Uint8Array>(
      {
        start(controller) {
          controller.enqueue(toEvent(key, 'open'))
          opened.set(key, { connection: sockets.open(toPeer(controller, leave), pass), caller })
        },
        cancel: leave,
      },
      // What is queued is what waits unsent.
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    )
  }

  const take = async (request: HttpRequest, key: string): Promise<Response> => {
    const { connection, caller } = opened.get(key) ?? {}
    if (!connection) throw new PikkuError('NOT_FOUND', { detail: 'This server has no connection of this key.' })
    const asked = toSocketRequest(request)
    checkSite(asked)
    if (sockets.callerOf(endpoint.asCalled(asked)) !== caller)
      throw new PikkuError('FORBIDDEN', { detail: 'The connection is that of another credential.' })
    try {
      await receive(connection, request, sockets.limits.message)
    } catch (error) {
      // As of a socket.
      if (error instanceof PikkuError && error.code === 'PAYLOAD_TOO_LARGE')
        connection.close(closeCodes.tooLarge, 'too large')
      throw error
    }
    return new Response(null, { status: 204 })
  }

  operations.fallback = async (request, key) => {
    try {
      if (key !== undefined) return await take(request, key)
      const asked = toSocketRequest(request)
      const pass = await shakeHands(hono, sockets, asked, checkEventStream)
      if (pass instanceof Response) return pass
      return new Response(open(pass, sockets.callerOf(endpoint.asCalled(asked))), { headers })
    } catch (error) {
      return refusal(hono, error)
    }
  }
}

/** A connection, and the credentials with which it was opened: those of an `auth` frame change nothing about who sends. */
interface Opened {
  readonly connection: Connection
  readonly caller: string
}

/** The last is for nginx, which would hold the events back until it has many. */
const headers = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
}

function toSocketRequest(request: HttpRequest): SocketRequest {
  const { method, url, address } = request
  return { method, url, address, header: (name) => request.header(name) }
}

function checkEventStream(request: SocketRequest): void {
  const { method, header } = request
  if (method !== 'GET' || !header('accept')?.includes('text/event-stream'))
    throw new PikkuError('BAD_REQUEST', { detail: 'This address takes requests for an event stream, and no others.' })
  checkSite(request)
}

/** A page of another site can make a browser ask without a word of its origin, for what it may not read itself. */
function checkSite({ header }: SocketRequest): void {
  const site = header('sec-fetch-site') ?? 'none'
  if (header('origin') === undefined && site !== 'same-origin' && site !== 'none')
    throw new PikkuError('FORBIDDEN', { detail: 'A page of another site must say of which origin it is.' })
}

/** Hands the messages of a request over. */
async function receive(connection: Connection, request: HttpRequest, message: number): Promise<void> {
  const { type } = parseMediaType(request.header('content-type') ?? '')
  const isBinary = type === 'application/octet-stream'
  if (!isBinary && type !== 'text/plain' && type !== 'application/json') {
    const detail = 'Frames are sent as text/plain or application/json, and bytes as application/octet-stream.'
    throw new PikkuError('UNSUPPORTED_MEDIA_TYPE', { detail })
  }
  const limit = isBinary ? message : Math.max(message, batch)
  checkLength(request.header('content-length'), limit)
  const bytes = await request.bytes(limit)
  if (isBinary) connection.receiveBytes(bytes)
  else for (const line of linesOf(bytes)) connection.receive(line)
}

const lineFeed = 10

/** The last one may lack its end. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  let from = 0
  do {
    const end = bytes.indexOf(lineFeed, from)
    const to = end === -1 ? bytes.byteLength : end
    yield bytes.subarray(from, to)
    from = to + 1
  } while (from < bytes.byteLength)
}

function toPeer(controller: ReadableStreamDefaultController<Uint8Array>, leave: () => void): Peer {
  const unsent = () => -(controller.desiredSize ?? 0)
  return {
    send(message) {
      controller.enqueue(typeof message === 'string' ? toEvent(message) : toEvent(toBase64(message), 'bytes'))
      return unsent()
    },
    close(code) {
      controller.enqueue(toEvent(String(code), 'close'))
      controller.close()
      // Who does not read does not read the end either.
      if (unsent() > 0)
        setTimeout(() => controller.error(new PikkuError('CLIENT_CLOSED_REQUEST')), closeTimeout).unref?.()
      // As of a socket, it is told later that it is closed.
      queueMicrotask(leave)
    },
  }
}

const encoder = new TextEncoder()

function toEvent(data: string, event?: string): Uint8Array {
  return encoder.encode(`${event ? `event: ${event}\n` : ''}data: ${data}\n\n`)
}

/** Also where there is no `Buffer`, in pieces that are few enough arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = ''
  for (let at = 0; at < bytes.byteLength; at += 8_192) binary += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  return btoa(binary)
}
