import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PikkuHono } from './hono.ts'
import { toNodeListener } from './http/node-app.ts'

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
 * An app as a plugin of Fastify. It answers everything below its prefix, and ends when the server closes.
 *
 * ```ts
 * fastify().register(toFastifyPlugin(createHono(app, { contracts, services })), { prefix: '/api' })
 * ```
 */
export function toFastifyPlugin(hono: PikkuHono): (scope: FastifyScope) => Promise<void> {
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
    scope.addHook('preClose', async () => hono.drain())
    scope.addHook('onClose', () => hono.dispose())
  }
}
