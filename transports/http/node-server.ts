import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createSecureServer, type Http2Session } from 'node:http2'
import type { AddressInfo, Server } from 'node:net'
import { brokenOff } from './bytes.ts'
import type { Listening, TlsOptions } from './serving.ts'
import { cutSlowSenders } from './slow-senders.ts'

/** Node's own limit on headers is a minute. That on whole requests gives way to one on how slow they are. */
const limits = { headersTimeout: 15_000, requestTimeout: 0, connectionsCheckingInterval: 5_000 }

/** A server of Node that can be ended: HTTP/1.1 or, with a certificate, HTTP/2 and HTTP/1.1 over TLS. */
export interface NodeServer {
  readonly server: Server
  readonly end: Listening['end']
}

/** A server that speaks HTTP/1.1. */
export function overTcp(listener: RequestListener): NodeServer {
  const server = createServer(limits, listener)
  cutSlowSenders(server, 'connection')
  return {
    server,
    end: (grace) => {
      // A connection whose answer began before the end, such as a stream, would wait for another request after it.
      const idle = setInterval(() => server.closeIdleConnections(), 50)
      return ended(server, grace, () => server.closeAllConnections()).finally(() => clearInterval(idle))
    },
  }
}

/** A server that speaks HTTP/2 to those who ask for it in the handshake, and HTTP/1.1 to the others. */
export function overTls(tls: TlsOptions, listener: RequestListener): NodeServer {
  const server = createSecureServer({ ...limits, ...tls, allowHTTP1: true })
  const connections = new Set<{ destroy(): void }>()
  const sessions = new Set<Http2Session>()
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    // HTTP/2 has the host in a field of its own (RFC 9113, section 8.3.1).
    message.headers.host ??= message.headers[':authority'] as string | undefined
    // A body whose sender goes away would end as if it were whole.
    message.once('aborted', () => message.on('error', () => {}).destroy(brokenOff()))
    if (hasUnannouncedBody(message)) {
      message.headers['transfer-encoding'] = 'chunked'
      message.rawHeaders.push('transfer-encoding', 'chunked')
    }
    listener(message, response as Parameters<RequestListener>[1])
  })
  server.on('secureConnection', (socket) => remember(connections, socket))
  server.on('session', (session) => remember(sessions, session))
  cutSlowSenders(server, 'secureConnection')
  return {
    server,
    end: (grace) => {
      const end = ended(server, grace, () => {
        for (const connection of connections) connection.destroy()
      })
      // Streams that are open go on to their end; new ones are refused.
      for (const session of sessions) session.close()
      return end
    },
  }
}

/** Starts to listen, and says where. */
export function listening({ server, end }: NodeServer, port: number, host: string | undefined): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () =>
      resolve({ port: (server.address() as AddressInfo).port, end }),
    )
  })
}

/** Ends idle connections at once, as Node does by itself, waits for the others as long as `grace` allows, and cuts what is left. */
function ended(server: Server, grace: number, cut: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(cut, grace)
    server.close((error) => {
      clearTimeout(late)
      if (error) reject(error)
      else resolve()
    })
  })
}

/**
 * HTTP/2 tells by its frames alone that a body of unknown length follows (RFC 9113, section 8.1). What reads requests
 * looks for a header.
 */
function hasUnannouncedBody(message: IncomingMessage & { readonly stream?: { readonly endAfterHeaders: boolean } }) {
  return message.headers['content-length'] === undefined && message.stream?.endAfterHeaders === false
}

function remember<Item extends { once(event: 'close', listener: () => void): unknown }>(items: Set<Item>, item: Item) {
  items.add(item)
  item.once('close', () => items.delete(item))
}
