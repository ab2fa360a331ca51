import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as it came over the socket. */
export interface Seen {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export type Answer = (response: ServerResponse, request: Seen) => unknown

/** A real HTTP server that answers its requests in turn, the last answer for all that follow. */
export async function serve(...answers: Answer[]) {
  const seen: Seen[] = []
  const server = createServer({ maxHeaderSize: 65_536 }, async (request, response) => {
    const answer = answers[Math.min(seen.length, answers.length - 1)]
    const { method, url, headers } = request
    const entry = { method, url, headers, body: '' }
    seen.push(entry)
    try {
      entry.body = await text(request)
    } catch {
      return
    }
    await answer?.(response, entry)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value))
}

export function problem(code: string, status: number, more: object = {}, headers: Record<string, string> = {}): Answer {
  const body = { type: 'about:blank', title: code, status, code, ...more }
  return json(body, status, { 'content-type': 'application/problem+json', 'x-request-id': 'r1', ...headers })
}

/** Sends these texts as a stream and ends it. */
export function events(...texts: string[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'r1' })
    for (const part of texts) response.write(part)
    response.end()
  }
}

/** Cuts the connection. */
export const cut: Answer = (response) => response.socket?.destroy()
