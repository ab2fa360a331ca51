import { PikkuError } from '../core/index.ts'
import { invoke } from './invocation.ts'
import type { Operations } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import type { Plans } from './plan.ts'

export type { Issue } from '../core/index.ts'
export type { Operation, Operations } from './operation.ts'
export type { CallOptions, ClientHeaders, ClientOptions } from './options.ts'
export type { Plan, Plans } from './plan.ts'
export { PikkuError }

/**
 * Makes the client of an app from the table in its generated `client.ts`, which calls this.
 *
 * @param baseUrl where the app is: `https://api.example.com`, with a path if it has one; `''` for the page's own origin.
 * @param plans what the plans of the operations refer to by name.
 */
export function createFetchClient<Api>(
  baseUrl: string,
  operations: Operations,
  options: ClientOptions = {},
  plans: Plans = {},
): Api {
  const api = createBranch()
  for (const [name, operation] of Object.entries(operations)) {
    const path = name.split('.')
    const last = path.pop() as string
    let branch = api
    for (const part of path) {
      branch[part] ??= createBranch()
      branch = branch[part] as Branch
    }
    branch[last] = (input: unknown, call: CallOptions = {}) => {
      const outputs = invoke(baseUrl.replace(/\/$/, ''), name, operation, plans, input, options, call)
      return operation.s ? outputs : first(outputs)
    }
  }
  return api as Api
}

/**
 * Whether what was thrown is an error of Pikku, and of this code when one is given. The generated `isError` is
 * this one with the codes of the app and their data.
 */
export function isError<Code extends string = string, Data = unknown>(
  error: unknown,
  code?: Code,
): error is PikkuError<Code, Data> {
  return error instanceof PikkuError && (code === undefined || error.code === code)
}

async function first(outputs: AsyncIterable<unknown>): Promise<unknown> {
  for await (const output of outputs) return output
  return undefined
}

type Branch = Record<string, unknown>

/** Without a prototype it has no name that is not in the table: no `then`, no `constructor`. */
function createBranch(): Branch {
  return Object.create(null) as Branch
}
