import { calledFrom, type PikkuHono } from './hono.ts'
import { unreadable } from './http/unreadable.ts'
import { addressOf, type LambdaEvent, toRequest } from './lambda/event.ts'
import { type GatewayEvent, isGatewayEvent } from './lambda/gateway-event.ts'
import type { GatewayHub } from './lambda/gateway-hub.ts'
import { type LambdaHead, type LambdaResult, toHead, toResult } from './lambda/result.ts'
import type { SocketLimits } from './realtime/limits.ts'

export { type ConnectionStore, memoryConnections } from './lambda/connection-store.ts'
export type { LambdaEvent } from './lambda/event.ts'
export type { GatewayClient } from './lambda/gateway.ts'
export type { GatewayEvent } from './lambda/gateway-event.ts'
export { type GatewayHub, type GatewayHubOptions, gatewayHub } from './lambda/gateway-hub.ts'
export { type RedisConnectionsOptions, redisConnections } from './lambda/redis-connections.ts'
export type { LambdaHead, LambdaResult } from './lambda/result.ts'

/** What of Lambda's context is read. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number
}

/** Where a streamed answer goes, by the shape of Lambda's own. */
export interface LambdaStream {
  write(chunk: Uint8Array | string): boolean
  once(event: 'drain' | 'error' | 'close', listener: () => void): unknown
  end(): unknown
  readonly destroyed: boolean
}

/** What a function is given besides its app. */
export interface LambdaOptions {
  /** The hub of the app, where an API Gateway holds its sockets. Without it there are none. */
  readonly hub?: GatewayHub
  /** What sockets may do. */
  readonly sockets?: Partial<SocketLimits>
}

/**
 * An app as a function of AWS Lambda, behind API Gateway (payload 1.0 and 2.0), a function URL or a load balancer.
 * Answers are sent when they are whole; {@link toLambdaStreamHandler} sends them as they are made. With a `hub` it takes
 * the sockets of a WebSocket API as well.
 *
 * ```ts
 * export const handler = toLambdaHandler(createHono(app, { contracts, services }))
 * ```
 */
export function toLambdaHandler(
  hono: PikkuHono,
  { hub, sockets: limits }: LambdaOptions = {},
): (event: LambdaEvent | GatewayEvent, context?: LambdaContext) => Promise<LambdaResult> {
  const sockets = hub?.attach(hono, limits)
  return (event, context) => {
    if (!isGatewayEvent(event)) return answer(hono, event, context, (response) => toResult(event, response))
    if (!sockets) throw new Error('This is a socket of an API Gateway: `toLambdaHandler(hono, { hub })` takes those.')
    return within(hono, context, async (over) => toPlainResult(await sockets.answer(event, over)))
  }
}

async function toPlainResult(response: Response): Promise<LambdaResult> {
  const { status, headers } = response
  return {
    statusCode: status,
    headers: Object.fromEntries(headers),
    body: await response.text(),
    isBase64Encoded: false,
  }
}

/**
 * As {@link toLambdaHandler}, for function URLs and stages of API Gateway that stream their answers
 * (`RESPONSE_STREAM`). It works in Lambda's runtime alone, which has the global that it needs.
 */
export function toLambdaStreamHandler(
  hono: PikkuHono,
): (event: LambdaEvent, stream: LambdaStream, context?: LambdaContext) => Promise<void> {
  const { awslambda } = globalThis as { awslambda?: AwsLambda }
  if (!awslambda) throw new Error('Answers can be streamed in the Node runtime of AWS Lambda alone.')
  const { streamifyResponse, HttpResponseStream } = awslambda
  return streamifyResponse((event, stream, context) =>
    answer(hono, event, context, (response) =>
      sendBody(response, HttpResponseStream.from(stream, toHead(event, response))),
    ),
  )
}

/** Sends it as it is made. A throw is for the runtime to tell: what has been sent so far is not the whole. */
async function sendBody({ body }: Response, stream: LambdaStream): Promise<void> {
  // The head goes with the first write, so there has to be one.
  stream.write('')
  for await (const chunk of body ?? []) {
    if (stream.destroyed) return
    if (!stream.write(chunk)) await drained(stream)
  }
  stream.end()
}

type StreamHandler = (event: LambdaEvent, stream: LambdaStream, context?: LambdaContext) => Promise<void>

/** The global of Lambda's runtime. */
interface AwsLambda {
  streamifyResponse(handler: StreamHandler): StreamHandler
  readonly HttpResponseStream: { from(stream: LambdaStream, head: LambdaHead): LambdaStream }
}

/** Milliseconds before Lambda ends the process that are left for calls and streams to end by themselves. */
const spare = 500

/** Answers an event, and sends what it is answered with before Lambda's time is over. */
function answer<Sent>(
  hono: PikkuHono,
  event: LambdaEvent,
  context: LambdaContext | undefined,
  send: (response: Response) => Promise<Sent>,
): Promise<Sent> {
  return within(hono, context, async (over) => send(await respond(hono, event, over)))
}

/** @param work is given a signal that fires shortly before Lambda's time is over. */
async function within<Result>(
  hono: PikkuHono,
  context: LambdaContext | undefined,
  work: (over: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const over = new AbortController()
  const end = () => {
    // The process lives on, and answers other events.
    hono.operations.endpoint.interrupt()
    over.abort(new DOMException('The time of this function is over.', 'TimeoutError'))
  }
  const timer = context && setTimeout(end, context.getRemainingTimeInMillis() - spare)
  try {
    return await work(over.signal)
  } finally {
    clearTimeout(timer)
  }
}

async function respond(hono: PikkuHono, event: LambdaEvent, signal: AbortSignal): Promise<Response> {
  let request: Request
  try {
    request = toRequest(event, signal)
  } catch {
    return unreadable(hono)
  }
  return hono.fetch(request, calledFrom(addressOf(event)))
}

function drained(stream: LambdaStream): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'error', 'close'] as const) stream.once(event, resolve)
  })
}
