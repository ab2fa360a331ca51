import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { HttpAnswer } from './endpoint.ts'
import { type Found, operationFinder } from './find-operation.ts'
import { endWhenHeard, hasArrived } from './linger.ts'
import { cut, sendStream } from './node-body.ts'
import { NodeRequest } from './node-request.ts'
import type { HttpOperations } from './operations.ts'

/**
 * Answers the app's operations straight from `node:http`, and hands every request that is anything but plain to
 * `others`, which has the same operations behind Hono. It saves the request and response objects of the web on the road
 * between.
 */
export function createNodeListener(operations: HttpOperations, others: RequestListener): RequestListener {
  const { runtime, endpoint, cors } = operations
  const find = operationFinder(operations)

  const answer = ({ operation, route, param }: Found, message: IncomingMessage, response: ServerResponse) => {
    endpoint
      .answer(operation, route, new NodeRequest(message, response, param))
      .then((answered) => send(response, answered, cors?.headersFor(message.headers.origin)))
      .catch((error: unknown) => {
        runtime.log.error({ error, operation: operation.name }, 'an answer could not be sent')
        cut(response)
      })
  }

  return (message, response) => {
    const { method = '', url = '', headers } = message
    const query = url.indexOf('?')
    const found = find(method, headers.host ?? '', query === -1 ? url : url.slice(0, query))
    if (found) answer(found, message, response)
    else others(message, response)
  }
}

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
