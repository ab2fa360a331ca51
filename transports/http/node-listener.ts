import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import { getQueryParams } from 'hono/utils/url'
import type { Operation, RouteContract } from '../../core/index.ts'
import { tooLarge } from './bytes.ts'
import type { HttpAnswer, HttpRequest } from './endpoint.ts'
import { endWhenHeard, hasArrived } from './linger.ts'
import { cut, leavingOf, sendStream, streamMessage } from './node-body.ts'
import type { HttpOperations, WiredRoute } from './operations.ts'
import { plainAddress } from './proxy.ts'

/**
 * Answers the app's operations straight from `node:http`, and hands every request that is anything but plain to
 * `others`, which has the same operations behind Hono: HEAD and OPTIONS, and addresses whose reading takes care. It saves
 * the request and response objects of the web on the road between.
 */
export function createNodeListener(operations: HttpOperations, others: RequestListener): RequestListener {
  const { runtime, endpoint, rpcPath, cors } = operations
  const router = new SmartRouter<WiredRoute>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const wired of operations.routes) router.add(wired.route.method, wired.route.path, wired)
  const rpc = `${rpcPath}/`

  const find = (method: string, path: string): Wired | undefined => {
    const operation =
      method === 'POST' && path.startsWith(rpc) ? runtime.operations.get(path.slice(rpc.length)) : undefined
    if (operation?.contract.rpc) return { operation }
    const [[first], stash] = operations.routes.length > 0 ? router.match(method, path) : [[]]
    if (!first) return undefined
    const [wired, at] = first
    return { ...wired, param: (name) => (stash ? stash[at[name] as number] : (at[name] as string | undefined)) }
  }

  const answer = (wired: Wired, message: IncomingMessage, response: ServerResponse) => {
    endpoint
      .answer(wired.operation, wired.route, toRequest(message, response, wired.param))
      .then((answered) => send(response, answered, cors?.headersFor(message.headers.origin)))
      .catch((error: unknown) => {
        runtime.log.error({ error, operation: wired.operation.name }, 'an answer could not be sent')
        cut(response)
      })
  }

  return (message, response) => {
    const { method = '', url = '', headers } = message
    const query = url.indexOf('?')
    const path = query === -1 ? url : url.slice(0, query)
    const isPlain = plainPath.test(path) && plainHost.test(headers.host ?? '')
    const wired = isPlain && method !== 'HEAD' ? find(method, path) : undefined
    if (wired) answer(wired, message, response)
    else others(message, response)
  }
}

/** An operation, how the request leads to it, and the parameters of its path. */
interface Wired {
  readonly operation: Operation
  readonly route?: RouteContract
  readonly param?: (name: string) => string | undefined
}

/**
 * Nothing to decode, and no step up or aside. Each segment begins with its slash, so a path matches in one way only,
 * and none takes longer than it is long.
 */
const plainPath = /^(?:\/[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)*\/?$/
const plainHost = /^(?:[\w-]+\.)*[\w-]+(?::\d+)?$/

function toRequest(
  message: IncomingMessage,
  response: ServerResponse,
  param: (name: string) => string | undefined = () => undefined,
): HttpRequest {
  const { headers, method = '' } = message
  let signal: AbortSignal | undefined
  let request: Request | undefined
  const url = () => `${'encrypted' in message.socket ? 'https' : 'http'}://${headers.host}${message.url}`
  return {
    method,
    get url() {
      return url()
    },
    get address() {
      return plainAddress(message.socket.remoteAddress)
    },
    get signal() {
      signal ??= leavingOf(response)
      return signal
    },
    get request() {
      request ??= new Request(url(), { method, headers: pairsOf(message) })
      return request
    },
    header: (name) => {
      const value = headers[name]
      return Array.isArray(value) ? value.join(', ') : value
    },
    param,
    queries: (name) => getQueryParams(url(), name) as string[] | undefined,
    bytes: (limit) => readMessage(message, limit),
    stream: (limit) => streamMessage(message, limit),
  }
}

function pairsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = [rawHeaders[at], rawHeaders[at + 1]]
    // What HTTP/2 says of the request itself is no header.
    if (!name.startsWith(':')) pairs.push([name, value])
  }
  return pairs
}

/** As `collectBytes`, by the events of Node: iterating over a message costs more than reading it. */
function readMessage(message: IncomingMessage, limit: number): Promise<NonSharedBuffer> {
  return new Promise((resolve, reject) => {
    const parts: NonSharedBuffer[] = []
    let size = 0
    message.on('data', (part: NonSharedBuffer) => {
      size += part.byteLength
      if (size > limit) {
        message.removeAllListeners('data').pause()
        reject(tooLarge(limit))
      }
      parts.push(part)
    })
    message.once('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    message.once('error', reject)
  })
}

function send(
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
  more: HttpAnswer['headers'] = [],
): void | Promise<void> {
  const isText = typeof body === 'string'
  const length = isText ? Buffer.byteLength(body) : 0
  const fields = [...headers, ...more].flat()
  if (isText) fields.push('content-length', String(length))
  const isWhole = hasArrived(response.req)
  // What is left of a body that was refused belongs to nothing: the connection cannot be used again.
  if (!isWhole && response.req.httpVersionMajor === 1) fields.push('connection', 'close')
  response.writeHead(status, fields)
  if (!isText && body !== null && !(body instanceof Uint8Array)) {
    return sendStream(response, body instanceof Blob ? body.stream() : body)
  }
  // Text that has one byte for each character needs no encoding.
  const encoding = isText && length === body.length ? 'latin1' : 'utf8'
  if (isWhole) {
    response.end(body, encoding)
    return
  }
  if (body?.length) response.write(body, encoding)
  endWhenHeard(response)
}
