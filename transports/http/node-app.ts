import type { RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { PikkuHono } from '../hono.ts'
import { createNodeListener } from './node-listener.ts'

/** An app as a listener of `node:http`: plain calls are answered straight, everything else goes through Hono. */
export function toNodeListener(hono: PikkuHono): RequestListener {
  return createNodeListener(hono.operations, getRequestListener(hono.fetch, { overrideGlobalObjects: false }))
}
