import {
  bytes,
  type CallOptions,
  type ClientOptions,
  createFetchClient,
  isError,
  map,
  type Operations,
  objectMap,
  type PikkuError,
  set,
  url,
} from './fetch.ts'
import { type Change, createClient, isError as isAppError, type Todo } from './testing/todos-client.ts'

type Equal<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false
type Expect<_ extends true> = true

const api = createClient('')
const got = api.todos.get({ id: '1' })
const changes = api.todos.watch(undefined, { signal: new AbortController().signal })

export type _Output = Expect<Equal<Awaited<typeof got>, Todo>>
export type _Item = Expect<Equal<typeof changes, AsyncIterable<Change>>>

// @ts-expect-error a name that no operation has
api.todos.destroy
// @ts-expect-error the client itself is no promise
api.then
// @ts-expect-error an input that lacks its id
api.todos.get({})

export function told(error: unknown): Date | number | undefined {
  if (isAppError(error, 'LIST_FULL')) {
    const limit: number = error.data.limit
    return limit
  }
  // @ts-expect-error a code that the app has not
  isAppError(error, 'NO_SUCH_CODE')
  if (isError<'GONE', { since: Date }>(error, 'GONE')) return error.data.since
  if (isError(error, 'NOT_FOUND')) {
    const code: 'NOT_FOUND' = error.code
    // @ts-expect-error nothing says what its data is
    error.data.id
    return code.length
  }
  if (isError(error)) {
    const plain: PikkuError = error
    return plain.status
  }
  return undefined
}

// Tables are printed `as const`, with every kind of plan.
const operations = {
  a: { i: ['o', { at: 'd', rest: 0 }, 'n'], o: ['t', 0, url, ['…', bytes]], e: { GONE: map(0, 'd') } },
  b: { m: 'GET', p: '/b', o: ['v', 'kind', { x: ['r', set(objectMap(0))] }], s: 1 },
  c: { o: ['a', ['#', 'Node']] },
} as const satisfies Operations
createFetchClient<{}>('', operations, undefined, { Node: ['o', { at: 'd' }] } as const)
// @ts-expect-error no such plan
createFetchClient<{}>('', { a: { o: 'x' } })

// What is absent may also be undefined, so that options can be handed on.
const none: { readonly timeout?: number | undefined; readonly signal?: AbortSignal | undefined } = {}
export const call: CallOptions = { timeout: none.timeout, signal: none.signal }
export const client: ClientOptions[] = [
  { fetch, timeout: none.timeout },
  { headers: { authorization: 'Bearer x' } },
  { headers: new Headers() },
  { headers: async () => ({}) },
]
// @ts-expect-error a token is no header
export const wrong: ClientOptions = { headers: 'Bearer x' }
