import type { Operation, RouteContract, Runtime } from '../../core/index.ts'
import type { Cors } from './cors.ts'
import type { HttpEndpoint, HttpRequest } from './endpoint.ts'

/** What an app answers over HTTP, and where. */
export interface HttpOperations {
  readonly runtime: Runtime
  readonly endpoint: HttpEndpoint
  /** What stands before every path. */
  readonly basePath: string
  readonly rpcPath: string
  /** What pages of other origins are told, where any may call. */
  readonly cors: Cors | undefined
  readonly routes: readonly WiredRoute[]
  /** What answers whoever comes for a socket by plain requests, once there are sockets: `addSocketFallback`. */
  fallback: SocketFallback | undefined
}

/** Answers `GET <rpcPath>/socket` and, with a key, `POST <rpcPath>/socket/<key>`. */
export type SocketFallback = (request: HttpRequest, key: string | undefined) => Promise<Response>

/** A route and the operation that answers it. */
export interface WiredRoute {
  readonly operation: Operation
  readonly route: RouteContract
}

/** Every route, those with more fixed parts first, so that `/todos/changes` is not taken for `/todos/:id`. */
export function routesOf({ operations }: Runtime, basePath: string): WiredRoute[] {
  const routes = [...operations.values()].flatMap((operation) =>
    operation.contract.routes.map((route) => ({ operation, route: { ...route, path: basePath + route.path } })),
  )
  return routes.sort((left, right) => compare(orderOf(left.route.path), orderOf(right.route.path)))
}

/** A digit a segment, 1 for a parameter: an order of texts, in which any two paths have their places whatever the others are. */
function orderOf(path: string): string {
  return path.replace(/\/(:?)[^/]*/g, (_, parameter) => (parameter ? '1' : '0'))
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
