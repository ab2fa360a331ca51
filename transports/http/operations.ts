import type { Operation, RouteContract, Runtime } from '../../core/index.ts'
import type { HttpEndpoint } from './endpoint.ts'

/** What an app answers over HTTP, and where. */
export interface HttpOperations {
  readonly runtime: Runtime
  readonly endpoint: HttpEndpoint
  readonly rpcPath: string
  readonly origins: readonly string[]
  readonly routes: readonly WiredRoute[]
}

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
  return routes.sort((left, right) => compare(left.route.path.split('/'), right.route.path.split('/')))
}

function compare(left: readonly string[], right: readonly string[]): number {
  for (const [position, segment] of left.entries()) {
    const other = right[position] ?? ''
    const difference = Number(segment.startsWith(':')) - Number(other.startsWith(':'))
    if (difference !== 0) return difference
  }
  return 0
}
