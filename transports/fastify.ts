import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PikkuHono } from './hono.ts'
import { toNodeListener } from './http/node-app.ts'
import { type SocketsOption, socketsOf } from './realtime/limits.ts'
import type { UpgradingServer } from './sockets.ts'

/** How an app is mounted in Fastify. */
export interface FastifyOptions {
  /** What sockets may do; `false` for none. Default: there are some where the app has channels. */
  readonly sockets?: SocketsOption
  /** Milliseconds that calls by sockets are given when the server closes. Default 10,000. */
  readonly grace?: number
}

/** What of a Fastify 5 instance the plugin needs, by its shape. */
export interface FastifyScope {
  readonly prefix: string
  readonly supportedMethods: string[]
  removeAllContentTypeParsers(): void
  addContentTypeParser(type: string, parser: (request: unknown, payload: unknown, done: Done) => void): unknown
  addHook(name: 'preClose' | 'onClose', hook: () => Promise<void>): unknown
  route(route: {
    method: string[]
    url: string
    handler: (request: Raw<IncomingMessage>, reply: Reply) => void
  }): unknown
}
type Done = (error: null) => void
interface Raw<Of> {
  readonly raw: Of
}
interface Reply extends Raw<ServerResponse> {
  hijack(): unknown
}

/**
 * An app as a plugin of Fastify. It answers everything below its prefix, sockets too, and ends when the server closes.
 *
 * ```ts
 * fastify().register(toFastifyPlugin(createHono(app, { contracts, services })), { prefix: '/api' })
 * ```
 */
export function toFastifyPlugin(hono: PikkuHono, options: FastifyOptions = {}): (scope: FastifyScope) => Promise<void> {
  const listener = toNodeListener(hono)
  return async (scope) => {
    const { length } = scope.prefix
    // Bodies are read by contract and within its limits: Fastify is to leave them alone.
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null))
    scope.route({
      method: scope.supportedMethods,
      url: '/*',
      handler: ({ raw }, reply) => {
        reply.hijack()
        raw.url = raw.url?.slice(length)
        listener(raw, reply.raw)
      },
    })
    const closeSockets = await openSockets(scope, hono, options)
    scope.addHook('preClose', async () => {
      hono.drain()
      await closeSockets?.()
    })
    scope.addHook('onClose', () => hono.dispose())
  }
}

/** Opens sockets below the prefix, if there are to be any, and gives what closes them. */
async function openSockets(
  scope: FastifyScope,
  hono: PikkuHono,
  { sockets: given, grace = 10_000 }: FastifyOptions,
): Promise<(() => Promise<void>) | undefined> {
  const sockets = socketsOf(hono, given)
  if (!sockets) return undefined
  // Where the scope names its server, Fastify takes this shape for the type of all its servers.
  const { server, prefix } = scope as FastifyScope & { readonly server: UpgradingServer }
  const { attachSockets } = await import('./sockets.ts')
  const attached = attachSockets(server, hono, { ...sockets, prefix })
  return async () => {
    const late = setTimeout(() => attached.cut(), grace)
    await attached.drain().finally(() => clearTimeout(late))
  }
}
