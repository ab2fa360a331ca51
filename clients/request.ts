import { PikkuError } from '../core/index.ts'
import type { Operation } from './operation.ts'
import { encode, type Plans } from './plan.ts'

/** What of a call goes into its request, besides headers. */
export interface WireRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  /** JSON; `null` when there is nothing to send. */
  readonly body: string | null
}

/**
 * Puts an input where the operation takes it: path parameters, then the query (GET, DELETE) or the JSON body.
 *
 * @throws PikkuError `INVALID_INPUT` when a path parameter cannot be sent.
 */
export function toRequest(
  name: string,
  { m: method = 'POST', p: path = `/rpc/${encodeURIComponent(name)}`, i: plan }: Operation,
  input: unknown,
  plans: Plans,
): WireRequest {
  let rest = encode(plan, input, plans)
  const target = path.replace(/:([^/]+)/g, (_, parameter: string) => {
    const { [parameter]: value, ...others } = rest as Record<string, unknown>
    rest = others
    return toSegment(parameter, value)
  })
  if (/GET|DELETE/.test(method)) return { method, target: target + toQuery(Object(rest)), body: null }
  return { method, target, body: rest === undefined ? null : JSON.stringify(rest, keepUnfit) }
}

/** URLs take `.` and `..` for steps, however they are escaped, and without a text the path would be another one. */
function toSegment(parameter: string, value: unknown): string {
  const text = toText(value ?? '')
  if (!/^\.{0,2}$/.test(text)) return encodeURIComponent(text)
  throw new PikkuError('INVALID_INPUT', { status: 0, detail: `${parameter}: "${text}" cannot be sent in a path.` })
}

function toQuery(fields: object): string {
  const query = new URLSearchParams()
  for (const [key, value] of Object.entries(fields)) {
    for (const item of [value].flat()) if (item != null) query.append(key, toText(item))
  }
  return `${query}` && `?${query}`
}

/** An invalid date stays one, for the server to say where. */
function toText(value: unknown): string {
  return String(value instanceof Date ? (value.toJSON() ?? value) : value)
}

/** JSON.stringify would make an invalid date or NaN `null`, which may mean something. As text, the server refuses it. */
function keepUnfit(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const lost = typeof value === 'number' ? !Number.isFinite(value) : value === null && this[key] !== null
  return lost ? String(this[key]) : value
}
