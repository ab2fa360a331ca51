import type { HttpAnswer } from './endpoint.ts'
import { requestIdOf } from './endpoint.ts'
import { FetchRequest } from './fetch-request.ts'
import { operationFinder } from './find-operation.ts'
import type { HttpOperations } from './operations.ts'

/**
 * Answers the app's operations straight from the requests of a server that has those of the web, and hands every request
 * that is anything but plain to `others`, which has the same operations behind Hono.
 */
export function createFetchListener<Server>(
  operations: HttpOperations,
  others: (request: Request, server: Server) => Response | Promise<Response>,
  address: (request: Request, server: Server) => string | undefined,
): (request: Request, server: Server) => Response | Promise<Response> {
  const { endpoint, cors } = operations
  const find = operationFinder(operations)
  return (request, server) => {
    const { url, method } = request
    const hostAt = url.indexOf('//') + 2
    const pathAt = url.indexOf('/', hostAt)
    const queryAt = url.indexOf('?', pathAt)
    const path = url.slice(pathAt, queryAt === -1 ? undefined : queryAt)
    const found = find(method, url.slice(hostAt, pathAt), path)
    if (!found) return others(request, server)
    const received = new FetchRequest(request, { param: found.param, address: () => address(request, server) })
    return endpoint
      .answer(found.operation, found.route, received)
      .then((answer) => toResponse(answer, cors?.headersFor(received.header('origin'))))
      .catch((error: unknown) =>
        toResponse(endpoint.problem(error, requestIdOf(received), { operation: found.operation.name })),
      )
  }
}

/** An answer as servers of the web take it. */
export function toResponse({ status, headers, body }: HttpAnswer, more: HttpAnswer['headers'] = []): Response {
  const fields: [string, string][] = []
  for (const [name, value] of headers) fields.push([name, value])
  for (const [name, value] of more) fields.push([name, value])
  return new Response(body, { status, headers: fields })
}
