/**
 * What Lambda is handed for a request, in the parts that are read here: by API Gateway with payload 2.0 and by function
 * URLs ({@link EventV2}), by API Gateway with payload 1.0 and by load balancers ({@link EventV1}).
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
 */
export type LambdaEvent = EventV1 | EventV2

/** Payload 2.0: what a header has several of is joined by commas, and cookies are apart. */
export interface EventV2 extends EventBody {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly cookies?: readonly string[] | undefined
  readonly headers: Fields
  readonly requestContext: {
    readonly domainName?: string
    readonly http: { readonly method: string; readonly sourceIp: string }
  }
}

/** Payload 1.0, which a load balancer's is like; that one has lists or single values, never both. */
export interface EventV1 extends EventBody {
  readonly httpMethod: string
  readonly path: string
  readonly headers?: Fields | null | undefined
  readonly multiValueHeaders?: Lists | null | undefined
  readonly queryStringParameters?: Fields | null | undefined
  readonly multiValueQueryStringParameters?: Lists | null | undefined
  readonly requestContext: {
    readonly domainName?: string | undefined
    /** Only of API Gateway. */
    readonly identity?: { readonly sourceIp: string }
    /** Only of a load balancer. */
    readonly elb?: unknown
  }
}

interface EventBody {
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
}
export type Fields = { readonly [name: string]: string | undefined }
export type Lists = { readonly [name: string]: readonly string[] | undefined }

/** @throws TypeError when the event has no address, or headers that are none. */
export function toRequest(event: LambdaEvent, signal: AbortSignal): Request {
  const headers = headersOf(event)
  const method = isV2(event) ? event.requestContext.http.method : event.httpMethod
  // Both are told by Amazon's server in front, which takes no word of the caller's for it.
  const protocol = headers.get('x-forwarded-proto') === 'http' ? 'http' : 'https'
  const host = headers.get('host') ?? event.requestContext.domainName
  const query = queryOf(event)
  // Some paths arrive decoded.
  const path = (isV2(event) ? event.rawPath : event.path).replace(/[?#]/g, encodeURIComponent)
  const init: RequestInit = { method, headers, signal }
  if (event.body && method !== 'GET' && method !== 'HEAD') {
    const body = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8')
    headers.set('content-length', String(body.byteLength))
    init.body = body
  }
  return new Request(`${protocol}://${host}${path}${query && `?${query}`}`, init)
}

/** The address of who called the server in front. */
export function addressOf(event: LambdaEvent): string | undefined {
  if (isV2(event)) return event.requestContext.http.sourceIp
  // A load balancer adds it to what the caller may have written.
  return event.requestContext.identity?.sourceIp ?? headersOf(event).get('x-forwarded-for')?.split(',').at(-1)?.trim()
}

/** Whether the event is in payload 2.0. */
export function isV2(event: LambdaEvent): event is EventV2 {
  return 'rawPath' in event
}

function headersOf(event: LambdaEvent): Headers {
  const headers = toHeaders(event.headers, isV2(event) ? undefined : event.multiValueHeaders)
  // Another transport may have brought them; here the length says it all.
  headers.delete('transfer-encoding')
  if (isV2(event) && event.cookies) headers.set('cookie', event.cookies.join('; '))
  return headers
}

/** The headers of an event, of whose two forms the lists have all of them. */
export function toHeaders(fields: Fields | null | undefined, lists: Lists | null | undefined): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(lists ?? fields ?? {})) {
    for (const value of [values ?? []].flat()) headers.append(name, value)
  }
  return headers
}

function queryOf(event: LambdaEvent): string {
  if (isV2(event)) return event.rawQueryString
  const fields = Object.entries(event.multiValueQueryStringParameters ?? event.queryStringParameters ?? {})
  const pairs = fields.flatMap(([name, values]) => [values ?? []].flat().map((value) => [name, value]))
  // API Gateway decodes them, a load balancer does not.
  if (event.requestContext.elb) return pairs.map((pair) => pair.join('=')).join('&')
  return pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')
}
