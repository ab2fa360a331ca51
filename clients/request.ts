import { failure } from './failure.ts'
import type { Operation } from './operation.ts'
import { convert, type Plans } from './plan.ts'

/**
 * What of a call goes into its request, besides headers of the caller: `target` is path and query, `body` JSON or, when
 * there is nothing to send, `null`; `own` are headers that are part of the input.
 */
export type WireRequest = readonly [
  method: string,
  target: string,
  body: string | null,
  own: readonly (readonly [string, string])[],
]

/**
 * Puts an input where the operation takes it: path parameters, then the query (GET, DELETE) or the JSON body.
 *
 * @throws PikkuError `INVALID_INPUT` when a path parameter cannot be sent.
 */
export function toRequest(
  name: string,
  { m: method = 'POST', p: path = `/rpc/${encodeURIComponent(name)}`, i: plan, q: takeApart }: Operation,
  input: unknown,
  plans: Plans,
): WireRequest {
  const json = JSON.stringify(convert(plan, input, plans, false), keepUnfit) ?? null
  let rest = JSON.parse(json) as Readonly<Record<string, unknown>>
  const target = path.replace(/:([^/]+)/g, (_, parameter: string) => {
    const { [parameter]: value, ...others } = rest
    rest = others
    return toSegment(parameter, value)
  })
  const [fields, own] = takeApart?.(rest) ?? [rest, []]
  if (/GET|DELETE/.test(method)) return [method, target + toQuery(Object(fields)), null, own]
  return [method, target, json && JSON.stringify(fields), own]
}

/** URLs take `.` and `..` for steps, however they are escaped, and without a text the path would be another one. */
function toSegment(parameter: string, value: unknown): string {
  const text = `${value ?? ''}`
  if (!/^\.{0,2}$/.test(text)) return encodeURIComponent(text)
  throw failure('INVALID_INPUT', { detail: `${parameter}: "${text}" cannot be sent in a path.` })
}

/** The fields of an input as the text of a query, with its question mark; empty when there are none. */
export function toQuery(fields: object): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) {
    for (const item of [value].flat()) if (item !== null) query.append(name, item)
  }
  return `${query}` && `?${query}`
}

/** JSON.stringify would make an invalid date or NaN `null`, which may mean something. As text, the server refuses it. */
function keepUnfit(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const lost = typeof value === 'number' ? !Number.isFinite(value) : value === null && this[key] !== null
  return lost ? `${this[key]}` : value
}
