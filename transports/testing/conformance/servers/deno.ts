import { createHono } from 'pikku/hono'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

/** What of Deno is needed. */
declare const Deno: {
  serve(
    options: { port: number; onListen(address: { port: number }): void },
    fetch: (request: Request, info: Connection) => Response | Promise<Response>,
  ): unknown
}
interface Connection {
  readonly remoteAddr: { readonly hostname: string }
}

const hono = createHono(app, {
  ...setup(),
  address: ({ env }) => (env as { connection: Connection }).connection.remoteAddr.hostname,
})
const onListen = ({ port }: { port: number }) => console.log(`http://localhost:${port}`)
Deno.serve({ port: 0, onListen }, (request, connection) => hono.fetch(request, { connection }))
