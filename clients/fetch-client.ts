import { invoke, readText } from './invocation.ts'
import type { Operations } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import type { Open, Pieces } from './pieces.ts'
import type { Plans } from './plan.ts'

/**
 * Makes the client of an app from the table in its generated `client.ts`, which calls this.
 *
 * @param baseUrl where the app is: `https://api.example.com`, with a path if it has one; `''` for the page's own origin.
 * @param plans what the plans of the operations refer to by name.
 * @param pieces what these operations need beside JSON in and JSON out.
 */
export function createFetchClient<Api>(
  baseUrl: string,
  operations: Operations,
  options: ClientOptions = {},
  plans: Plans = {},
  pieces: Pieces = {},
): Api {
  const api: Branch = { __proto__: null }
  for (const [name, operation] of Object.entries(operations)) {
    const path = name.split('.')
    const last = path.pop() as string
    let branch = api
    for (const part of path) {
      branch[part] ??= { __proto__: null }
      branch = branch[part] as Branch
    }
    branch[last] = (input: unknown, call: CallOptions = {}) => {
      const open: Open = (read, own) =>
        (pieces.files ?? invoke)(
          baseUrl.replace(/\/$/, ''),
          name,
          operation,
          plans,
          input,
          options,
          { ...call, ...own },
          read,
        )
      return operation.s ? pieces.streams?.(open, call, options) : first(open(readText))
    }
  }
  return api as Api
}

/** The first of what comes, which is then ended. */
export async function first(outputs: AsyncIterable<unknown>): Promise<unknown> {
  for await (const output of outputs) return output
  return undefined
}

/** Without a prototype it has no name that is not in the table: no `then`, no `constructor`. */
type Branch = Record<string, unknown> & { readonly __proto__: null }
