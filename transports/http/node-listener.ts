import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import type { Operation, RouteContract } from '../../core/index.ts'
import type { HttpAnswer } from './endpoint.ts'
import { endWhenHeard, hasArrived } from './linger.ts'
import { cut, sendStream } from './node-body.ts'
import { NodeRequest } from './node-request.ts'
import type { HttpOperations, WiredRoute } from './operations.ts'

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
      .answer(wired.operation, wired.route, new NodeRequest(message, response, wired.param))
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

function send(
  response: ServerResponse,
  { status, headers, body }: HttpAnswer,
  more: HttpAnswer['headers'] = [],
): void | Promise<void> {
  const isText = typeof body === 'string'
  const length = isText ? Buffer.byteLength(body) : 0
  const fields: string[] = []
  for (const [name, value] of headers) fields.push(name, value)
  for (const [name, value] of more) fields.push(name, value)
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
