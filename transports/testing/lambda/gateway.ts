import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A server in front of a function: what it makes of a request, and of the function's answer. */
export interface Gateway {
  event(request: IncomingMessage): Promise<object>
  answer(result: IncomingMessage, response: ServerResponse): Promise<void>
}

/** The answer of a function, in any of the formats. */
interface Result {
  readonly statusCode: number
  readonly headers?: Record<string, string>
  readonly multiValueHeaders?: Record<string, string[]>
  readonly cookies?: string[]
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

/** What Amazon's servers say themselves, whatever the caller wrote. */
function told(request: IncomingMessage) {
  const { headers, socket } = request
  const before = headers['x-forwarded-for']
  return {
    'x-forwarded-for': before ? `${before}, ${socket.remoteAddress}` : socket.remoteAddress,
    'x-forwarded-proto': 'http',
    'x-forwarded-port': String(socket.localPort),
  }
}

/** Each header with all of its values. Bodies are collected, so they have a length and no transport of their own. */
function listsOf(request: IncomingMessage, length: number): Record<string, string[]> {
  const { 'transfer-encoding': _, connection: __, ...lists } = request.headersDistinct
  if (length > 0) lists['content-length'] = [String(length)]
  const more = Object.entries(told(request)).map(([name, value]): [string, string[]] => [name, [value ?? '']])
  return { ...(lists as Record<string, string[]>), ...Object.fromEntries(more) }
}

function firsts(lists: Record<string, string[]>): Record<string, string> {
  return Object.fromEntries(Object.entries(lists).map(([name, values]) => [name, values.at(-1) ?? '']))
}

async function read(request: IncomingMessage) {
  const body = await buffer(request)
  const [path = '/', ...query] = (request.url ?? '/').split('?')
  const isText = /json|text|urlencoded/.test(request.headers['content-type'] ?? '') && isUtf8(body)
  return {
    method: request.method ?? 'GET',
    path,
    query: query.join('?'),
    lists: listsOf(request, body.length),
    body: body.length === 0 ? null : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

async function whole(result: IncomingMessage, response: ServerResponse): Promise<void> {
  const { body = '', isBase64Encoded = false, ...head } = JSON.parse((await buffer(result)).toString()) as Result
  writeHead(response, head).end(Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'))
}

function writeHead(response: ServerResponse, { statusCode, headers, multiValueHeaders, cookies }: Result) {
  const lines = [
    ...Object.entries(headers ?? {}),
    ...Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) => values.map((value) => [name, value])),
    ...(cookies ?? []).map((cookie) => ['set-cookie', cookie]),
  ]
  return response.writeHead(statusCode, lines.flat() as string[])
}

/** API Gateway with payload 2.0, and function URLs. */
export const payload2: Gateway = {
  async event(request) {
    const { method, path, query, lists, body, isBase64Encoded } = await read(request)
    const { cookie, ...others } = lists
    const headers = Object.fromEntries(Object.entries(others).map(([name, values]) => [name, values.join(',')]))
    return {
      version: '2.0',
      routeKey: '$default',
      rawPath: path,
      rawQueryString: query,
      ...(cookie ? { cookies: cookie.join('; ').split('; ') } : {}),
      headers,
      requestContext: {
        accountId: '123456789012',
        apiId: 'api',
        domainName: request.headers.host,
        domainPrefix: 'api',
        http: { method, path, protocol: 'HTTP/1.1', sourceIp: request.socket.remoteAddress, userAgent: '' },
        requestId: 'id',
        routeKey: '$default',
        stage: '$default',
        time: '22/Nov/2026:12:00:00 +0000',
        timeEpoch: 1795348800000,
      },
      ...(body === null ? {} : { body }),
      isBase64Encoded,
    }
  },
  answer: whole,
}

/** API Gateway with payload 1.0. */
export const payload1: Gateway = {
  async event(request) {
    const { method, path, query, lists, body, isBase64Encoded } = await read(request)
    const fields = new URLSearchParams(query)
    const values = Object.fromEntries([...fields.keys()].map((name) => [name, fields.getAll(name)]))
    return {
      resource: '/{proxy+}',
      path,
      httpMethod: method,
      headers: firsts(lists),
      multiValueHeaders: lists,
      queryStringParameters: query ? firsts(values) : null,
      multiValueQueryStringParameters: query ? values : null,
      pathParameters: { proxy: path.slice(1) },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: 'api',
        domainName: request.headers.host,
        httpMethod: method,
        identity: { sourceIp: request.socket.remoteAddress },
        path: `/prod${path}`,
        requestId: 'id',
        resourcePath: '/{proxy+}',
        stage: 'prod',
      },
      body,
      isBase64Encoded,
    }
  },
  answer: whole,
}

/** An application load balancer whose target group has multi-value headers. */
export const loadBalancer: Gateway = {
  async event(request) {
    const { method, path, query, lists, body, isBase64Encoded } = await read(request)
    // It leaves the query as it is written.
    const values = new Map<string, string[]>()
    for (const pair of query ? query.split('&') : []) {
      const [name = '', ...value] = pair.split('=')
      values.set(name, [...(values.get(name) ?? []), value.join('=')])
    }
    const targetGroupArn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/test/1'
    return {
      requestContext: { elb: { targetGroupArn } },
      httpMethod: method,
      path,
      multiValueHeaders: lists,
      multiValueQueryStringParameters: Object.fromEntries(values),
      body: body ?? '',
      isBase64Encoded,
    }
  },
  answer: whole,
}

/**
 * A function URL that streams: before the body stands the head in JSON, and eight zero bytes.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/response-streaming-tutorial.html
 */
export const streamed: Gateway = {
  event: payload2.event,
  async answer(result, response) {
    let before = Buffer.alloc(0)
    for await (const chunk of result) {
      if (response.headersSent) {
        response.write(chunk)
        continue
      }
      before = Buffer.concat([before, chunk])
      const end = before.indexOf(Buffer.alloc(8))
      if (end === -1) continue
      writeHead(response, JSON.parse(before.subarray(0, end).toString()) as Result)
      response.flushHeaders()
      if (before.length > end + 8) response.write(before.subarray(end + 8))
    }
    if (result.trailers['lambda-runtime-function-error-type']) response.destroy()
    else response.end()
  },
}
