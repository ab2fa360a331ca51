import { isUtf8 } from 'node:buffer'
import { type EventV1, isV2, type LambdaEvent } from './event.ts'

/** What an answer is but for its body, in the form that goes with its event. */
export interface LambdaHead {
  readonly statusCode: number
  readonly headers?: Readonly<Record<string, string>>
  readonly multiValueHeaders?: Readonly<Record<string, string[]>>
  readonly cookies?: readonly string[]
}

/** An answer to Lambda's caller. */
export interface LambdaResult extends LambdaHead {
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** The head of an answer. */
export function toHead(event: LambdaEvent, { status, headers }: Response): LambdaHead {
  const cookies = headers.getSetCookie()
  const others = [...headers].filter(([name]) => name !== 'set-cookie')
  if (isV2(event)) return { statusCode: status, headers: Object.fromEntries(others), cookies }
  if (isSingle(event)) {
    if (cookies.length > 1) throw new TypeError(oneCookie)
    return { statusCode: status, headers: Object.fromEntries(headers) }
  }
  const lists = others.map(([name, value]): [string, string[]] => [name, [value]])
  if (cookies.length > 0) lists.push(['set-cookie', cookies])
  return { statusCode: status, multiValueHeaders: Object.fromEntries(lists) }
}

/** The whole answer. What is UTF-8 goes as text, for which no binary media types have to be set up; all else in base64. */
export async function toResult(event: LambdaEvent, response: Response): Promise<LambdaResult> {
  const head = toHead(event, response)
  const bytes = Buffer.from(await response.arrayBuffer())
  const isText = isUtf8(bytes)
  return { ...head, body: bytes.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText }
}

/** A load balancer that has not been told of lists takes none. */
function isSingle(event: EventV1): boolean {
  return event.requestContext.elb !== undefined && !event.multiValueHeaders
}

const oneCookie =
  'A load balancer without multi-value headers sends one cookie at most: set `lambda.multi_value_headers.enabled` on its target group.'
