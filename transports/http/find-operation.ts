import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import type { Operation, RouteContract } from '../../core/index.ts'
import type { HttpOperations, WiredRoute } from './operations.ts'

/** An operation, how a request leads to it, and the parameters of its path. */
export interface Found {
  readonly operation: Operation
  readonly route?: RouteContract
  readonly param?: (name: string) => string | undefined
}

/** Finds the operation that a request is for, where there is nothing to it but a method, a host and a path that are plain. */
export type FindOperation = (method: string, host: string, path: string) => Found | undefined

/**
 * What servers find operations by that answer them straight. All else goes through Hono, which has the same operations:
 * HEAD and OPTIONS, and addresses whose reading takes care.
 */
export function operationFinder({ runtime, rpcPath, routes }: HttpOperations): FindOperation {
  const router = new SmartRouter<WiredRoute>({ routers: [new RegExpRouter(), new TrieRouter()] })
  for (const wired of routes) router.add(wired.route.method, wired.route.path, wired)
  const rpc = `${rpcPath}/`
  return (method, host, path) => {
    if (method === 'HEAD' || !plainPath.test(path) || !plainHost.test(host)) return undefined
    const operation =
      method === 'POST' && path.startsWith(rpc) ? runtime.operations.get(path.slice(rpc.length)) : undefined
    if (operation?.contract.rpc) return { operation }
    const [[first], stash] = routes.length > 0 ? router.match(method, path) : [[]]
    if (!first) return undefined
    const [wired, at] = first
    return { ...wired, param: (name) => (stash ? stash[at[name] as number] : (at[name] as string | undefined)) }
  }
}

/**
 * Nothing to decode, and no step up or aside. Each segment begins with its slash, so a path matches in one way only,
 * and none takes longer than it is long.
 */
const plainPath = /^(?:\/[\w~!$&'()*+,;=:@-][\w.~!$&'()*+,;=:@-]*)*\/?$/
const plainHost = /^(?:[\w-]+\.)*[\w-]+(?::\d+)?$/
