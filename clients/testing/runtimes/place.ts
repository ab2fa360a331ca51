import { build } from 'esbuild'
import type { Context } from 'hono'
import { memoryHub } from '../../../transports/hub.ts'
import { serve } from '../../../transports/node.ts'
import app from '../../../transports/testing/conformance/src/app.ts'
import { setup } from '../../../transports/testing/conformance/src/setup.ts'
import { serveProxy } from '../proxy.ts'
import type { Result } from './behaviour.ts'

/** A file of this folder with everything that it needs, for where nothing is imported. */
export async function bundle(name: string, conditions: readonly string[] = ['browser']): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [`${import.meta.dirname}/${name}`],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['pikku-source', ...conditions],
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** The conformance app behind a proxy, with what a {@link Place} asks for beside it. */
export async function servePlace() {
  const reported = Promise.withResolvers<readonly Result[]>()
  // It may fail before somebody asks.
  reported.promise.catch(() => {})
  const script = await bundle('on-page.ts')
  const notes = new Map<string, string>()
  const hub = memoryHub()
  const options = setup()

  const answers: Record<string, (body: never) => unknown> = {
    block: () => {
      proxy.handshakes = 'refuse'
      proxy.cut('sockets')
    },
    pass: () => {
      proxy.handshakes = 'pass'
    },
    publish: ({ room, text }: { room: string; text: string }) =>
      hub.publish<unknown>(`rooms:${room}`, { event: 'posted', data: { text, by: 'ann', at: new Date() } }),
    noted: async ({ id }: { id: string }) => {
      while (!notes.has(id)) await new Promise((resolve) => setTimeout(resolve, 5))
      return notes.get(id)
    },
    forget: ({ id }: { id: string }) => notes.delete(id),
    report: reported.resolve,
  }
  const answer = async (context: Context) => {
    const given = await answers[context.req.param('what') ?? '']?.((await context.req.json()) as never)
    return context.json(given ?? null)
  }

  const server = await serve(app, {
    ...options,
    services: { ...options.services, hub: () => hub, notes: () => notes },
    port: 0,
    signals: false,
    routes: (hono) => {
      hono.post('/place/:what', answer)
      hono.get('/place/script.js', (context) => context.body(script, 200, { 'content-type': 'text/javascript' }))
      hono.get('/place/page', (context) => context.html('<!doctype html><title>A page</title>'))
    },
  })
  const proxy = await serveProxy(server.url)
  proxy.handshakes = 'pass'
  return {
    url: proxy.url,
    /** How the behaviours went. */
    reported: reported.promise,
    /** It cannot tell any more how they went. */
    fail: reported.reject,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]()
      await server.close()
    },
  }
}
