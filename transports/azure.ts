import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { calledFrom, type PikkuHono } from './hono.ts'
import { drained, leavingOf } from './http/node-body.ts'
import { withoutPort } from './http/proxy.ts'
import { parseSetCookie, type SetCookie } from './http/set-cookie.ts'

/** What of a request of Azure Functions is read, by its shape. */
export interface AzureRequest {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: AzureBody | null
}
interface AzureBody {
  getReader(): AzureReader
}
interface AzureReader {
  read(): Promise<{ done: boolean; value?: Uint8Array | undefined }>
}

/** What of an invocation is read. */
export interface AzureContext {
  readonly invocationId: string
}

/** What Azure Functions are answered with. */
export interface AzureResponse {
  readonly status: number
  readonly headers: [string, string][]
  readonly cookies: AzureCookie[]
  readonly body: AsyncIterable<Uint8Array> | null
}

/** A cookie in the spelling of Azure. */
interface AzureCookie extends Omit<SetCookie, 'sameSite'> {
  sameSite?: 'Strict' | 'Lax' | 'None'
}

/**
 * An app as the handler of an HTTP function of Azure (programming model 4), at the route `{*path}`. The app's `basePath`
 * is what the platform puts before routes: `/api`.
 *
 * ```ts
 * app.setup({ enableHttpStream: true })
 * app.http('api', { route: '{*path}', methods, authLevel: 'anonymous', handler: toAzureHandler(hono) })
 * ```
 */
export function toAzureHandler(
  hono: PikkuHono,
): (request: AzureRequest, context: AzureContext) => Promise<AzureResponse> {
  const connections = listenForConnections()
  return async ({ method, url, headers, body }, { invocationId }) => {
    const connection = connections.get(invocationId)
    const { address, others } = passedOn(headers)
    const init = {
      method,
      headers: others,
      body: body && unbroken(body),
      duplex: 'half',
      signal: connection ? leavingOf(connection) : null,
    }
    const response = await hono.fetch(new Request(url, init), calledFrom(address))
    return {
      status: response.status,
      // Of headers of one name the last is sent, so cookies go apart.
      headers: [...response.headers].filter(([name]) => name !== 'set-cookie'),
      cookies: response.headers.getSetCookie().map(toAzureCookie),
      body: connection && response.body ? paced(response.body, connection) : response.body,
    }
  }
}

/**
 * The connections on which the package answers, by invocation: while it streams, it is itself a server of `node:http`. It
 * tells functions nothing of them, writes without waiting, and leaves one open when its body fails.
 */
function listenForConnections(): ReadonlyMap<string, ServerResponse> {
  const connections = new Map<string, ServerResponse>()
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const id = request.headers['x-ms-invocation-id']
    if (typeof id !== 'string') return
    connections.set(id, response)
    response.once('close', () => connections.delete(id))
  })
  return connections
}

/** A body that is read as fast as the connection takes it, ends with it, and takes it along when it fails. */
function paced(body: ReadableStream<Uint8Array>, connection: ServerResponse): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  connection.once('close', () => reader.cancel().catch(() => {}))
  const pull = async (controller: ReadableStreamDefaultController<Uint8Array>) => {
    try {
      if (connection.writableNeedDrain) await drained(connection)
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    } catch (error) {
      connection.socket?.destroySoon()
      throw error
    }
  }
  return new ReadableStream({ pull }, { highWaterMark: 0 })
}

/** A body whose rest is dropped when it is cancelled: to cancel the package's own ends the connection, before any answer. */
function unbroken(body: AzureBody): ReadableStream {
  const reader = body.getReader()
  const pull = async (controller: ReadableStreamDefaultController) => {
    const { done, value } = await reader.read()
    if (done) controller.close()
    else controller.enqueue(value)
  }
  const cancel = () => {
    drop(reader).catch(() => {})
  }
  return new ReadableStream({ pull, cancel }, { highWaterMark: 0 })
}

/** Reads to the end: the host sends no more when it has the answer, and what is left unread would be in the way of the next. */
async function drop(reader: AzureReader): Promise<void> {
  while (!(await reader.read()).done);
}

/**
 * Who called the platform stands last in `x-forwarded-for`, which it adds to what the caller may have written: what is left
 * is what servers further in front said.
 */
function passedOn(headers: Headers): { address: string | undefined; others: Headers } {
  const list = headers.get('x-forwarded-for')?.split(',') ?? []
  const address = list.pop()?.trim()
  const others = new Headers(headers)
  if (list.length > 0) others.set('x-forwarded-for', list.join(','))
  else others.delete('x-forwarded-for')
  return { address: address && withoutPort(address), others }
}

function toAzureCookie(header: string): AzureCookie {
  const { sameSite, ...cookie } = parseSetCookie(header)
  return sameSite ? { ...cookie, sameSite: spelled[sameSite] } : cookie
}

const spelled = { strict: 'Strict', lax: 'Lax', none: 'None' } as const
