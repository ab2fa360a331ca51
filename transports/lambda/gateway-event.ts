import type { SocketRequest } from '../realtime/pass.ts'
import { type Fields, type LambdaEvent, type Lists, toHeaders } from './event.ts'

/**
 * What Lambda is handed for a socket, in the parts that are read here.
 *
 * Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
 */
export interface GatewayEvent {
  readonly requestContext: {
    readonly connectionId: string
    readonly eventType: 'CONNECT' | 'MESSAGE' | 'DISCONNECT'
    readonly domainName?: string
    readonly stage?: string
    readonly identity?: { readonly sourceIp: string }
  }
  /** Of the handshake alone, as are those below. */
  readonly headers?: Fields | null | undefined
  readonly multiValueHeaders?: Lists | null | undefined
  /** Of a message alone. */
  readonly body?: string | null | undefined
}

/** Whether an event is that of a socket. The context is written by API Gateway: nothing that a caller sends gets into it. */
export function isGatewayEvent(event: LambdaEvent | GatewayEvent): event is GatewayEvent {
  return 'connectionId' in event.requestContext && 'eventType' in event.requestContext
}

/** The handshake. */
export function toSocketRequest({ requestContext, headers, multiValueHeaders }: GatewayEvent): SocketRequest {
  const { domainName, stage, identity } = requestContext
  const sent = toHeaders(headers, multiValueHeaders)
  const protocol = sent.get('x-forwarded-proto') === 'http' ? 'http' : 'https'
  return {
    method: 'GET',
    url: `${protocol}://${sent.get('host') ?? domainName}/${stage ?? ''}`,
    address: identity?.sourceIp,
    header: (name) => sent.get(name) ?? undefined,
  }
}
