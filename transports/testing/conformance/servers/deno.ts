import { type DenoHandler, toDenoHandler } from 'pikku/deno'
import { createHono } from 'pikku/hono'
import app from '../src/app.ts'
import { setup } from '../src/setup.ts'

/** What of Deno is needed. */
declare const Deno: {
  serve(options: { port: number; onListen(address: { port: number }): void }, handler: DenoHandler): unknown
  addSignalListener(signal: 'SIGTERM', listener: () => void): void
  exit(): void
}

const handler = toDenoHandler(createHono(app, setup()))
const onListen = ({ port }: { port: number }) => console.log(`http://localhost:${port}`)
Deno.serve({ port: 0, onListen }, handler)
Deno.addSignalListener('SIGTERM', async () => {
  await handler.drain()
  Deno.exit()
})
