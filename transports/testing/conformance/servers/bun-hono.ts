import { createHono } from 'pikku/hono'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

/** What of Bun is needed. */
declare const Bun: { serve(options: { port: number; fetch(request: Request, server: Server): unknown }): Server }
interface Server {
  readonly url: URL
  requestIP(request: Request): { readonly address: string } | null
  timeout(request: Request, seconds: number): void
}

const hono = createHono(app, {
  ...setup(),
  address: ({ req, env }) => (env as { server: Server }).server.requestIP(req.raw)?.address.replace('::ffff:', ''),
})
const { url } = Bun.serve({
  port: 0,
  fetch(request, server) {
    server.timeout(request, 0)
    return hono.fetch(request, { server })
  },
})
console.log(url.origin)
