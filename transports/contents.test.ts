import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import * as z from 'zod'
import type { Contracts, OperationContract, Parameter } from '../core/index.ts'
import { createHono } from './hono.ts'
import { serve } from './node.ts'
import { downloads as downloading, negotiation } from './testing/conformance/behaviours/downloads.ts'
import { uploads as uploading } from './testing/conformance/behaviours/uploads.ts'
import * as downloads from './testing/conformance/src/functions/downloads.ts'
import * as notes from './testing/conformance/src/functions/notes.ts'
import * as probe from './testing/conformance/src/functions/probe.ts'
import * as uploads from './testing/conformance/src/functions/uploads.ts'
import { app } from './testing/conformance/src/pikku.ts'
import { bearer, cookie } from './testing/conformance/src/session.ts'
import { setup } from './testing/conformance/src/setup.ts'
import { Target } from './testing/conformance/target.ts'

const contentApp = app({
  rpc: { uploads, downloads, notes, probe },
  http: {
    'PUT /uploads/:id': uploads.store,
    'GET /downloads/report/:name': downloads.report,
    'GET /downloads/film': downloads.film,
    'GET /downloads/shown': downloads.shown,
    'GET /downloads/blob/:size': downloads.blob,
    'GET /downloads/bytes': downloads.bytes,
    'GET /downloads/csv/:rows': downloads.csv,
    'GET /downloads/stream/:chunks': downloads.stream,
    'GET /downloads/broken': downloads.broken,
    'GET /downloads/page': downloads.page,
    'GET /downloads/away': downloads.away,
    'GET /downloads/cached/:size': downloads.cached,
    'GET /downloads/long/:size': downloads.long,
  },
  session: [bearer, cookie],
})

const stream = z.instanceof(ReadableStream)
const schemas: Record<string, z.ZodType> = {
  empty: z.object({}),
  album: z.object({
    title: z.string(),
    stars: z.number().optional(),
    shared: z.boolean().optional(),
    tags: z.array(z.string()).optional(),
    cover: z.file(),
    more: z.array(z.file()).optional(),
  }),
  sign: z.object({ name: z.string(), age: z.number(), tags: z.array(z.string()).optional() }),
  film: z.object({ title: z.string(), film: stream }),
  store: z.object({ id: z.string(), body: stream }),
  body: z.object({ body: stream }),
  blob: z.instanceof(Blob),
  bytes: z.object({ body: z.instanceof(Uint8Array) }),
  text: z.string(),
  name: z.object({ name: z.string() }),
  size: z.object({ size: z.number() }),
  rows: z.object({ rows: z.number() }),
  chunks: z.object({ chunks: z.number() }),
  any: z.json(),
}

const parameter = (name: string, type: 'string' | 'number', place: 'path' | 'query' = 'path'): Parameter => ({
  name,
  type,
  in: place,
})
const bodies: Record<string, Pick<OperationContract, 'input' | 'body'>> = {
  album: {
    input: 'album',
    body: {
      kind: 'form',
      types: ['multipart/form-data'],
      fields: [
        { name: 'title', type: 'string' },
        { name: 'stars', type: 'number' },
        { name: 'shared', type: 'boolean' },
        { name: 'tags', type: 'string', many: true },
        { name: 'cover', type: 'file' },
        { name: 'more', type: 'file', many: true },
      ],
    },
  },
  sign: {
    input: 'sign',
    body: {
      kind: 'form',
      types: ['application/json', 'application/x-www-form-urlencoded'],
      fields: [
        { name: 'name', type: 'string' },
        { name: 'age', type: 'number' },
        { name: 'tags', type: 'string', many: true },
      ],
    },
  },
  film: {
    input: 'film',
    body: {
      kind: 'form',
      types: ['multipart/form-data'],
      fields: [
        { name: 'title', type: 'string' },
        { name: 'film', type: 'stream' },
      ],
    },
  },
  store: {
    input: 'store',
    body: { kind: 'stream', types: ['*/*'], property: 'body', parameters: [parameter('id', 'string', 'query')] },
  },
  ignore: { input: 'body', body: { kind: 'stream', types: ['*/*'], property: 'body' } },
  watch: { input: 'body', body: { kind: 'stream', types: ['*/*'], property: 'body' } },
  wait: { input: 'body', body: { kind: 'stream', types: ['*/*'], property: 'body' } },
  echo: { input: 'body', body: { kind: 'stream', types: ['*/*'], property: 'body' } },
  keep: { input: 'blob', body: { kind: 'blob', types: ['*/*'] } },
  picture: { input: 'blob', body: { kind: 'file', types: ['image/*'] } },
  rows: { input: 'text', body: { kind: 'text', types: ['text/csv'] } },
  bytes: { input: 'bytes', body: { kind: 'bytes', types: ['application/octet-stream'], property: 'body' } },
}
const answers: Record<string, Pick<OperationContract, 'input' | 'answer' | 'output'>> = {
  report: { input: 'name', answer: { kind: 'file' } },
  film: { input: 'empty', answer: { kind: 'file' } },
  shown: { input: 'empty', answer: { kind: 'file' } },
  blob: { input: 'size', answer: { kind: 'blob' } },
  bytes: { input: 'empty', answer: { kind: 'bytes', type: 'application/pdf' } },
  csv: { input: 'rows', answer: { kind: 'text', type: 'text/csv' } },
  stream: { input: 'chunks', answer: { kind: 'stream', type: 'application/x-chunks' } },
  broken: { input: 'empty', answer: { kind: 'stream' } },
  echo: { ...bodies.echo, answer: { kind: 'stream' } },
  page: { input: 'empty', answer: { kind: 'response' } },
  away: { input: 'empty', answer: { kind: 'response' } },
  cached: { input: 'size', output: 'any' },
  long: { input: 'size', output: 'any' },
}
const pathTypes: Record<string, 'string' | 'number'> = { id: 'string', name: 'string' }
const routes = Object.entries(contentApp.definition.http).map(([route, handler]) => {
  const [method = '', path = ''] = route.split(' ')
  const name = /:(\w+)/.exec(path)?.[1]
  return { handler, method, path, parameters: name ? [parameter(name, pathTypes[name] ?? 'number')] : [] }
})

function operations(module: string, functions: object, more: Record<string, object>): OperationContract[] {
  return Object.entries(functions).map(([name, handler]) => ({
    name: `${module}.${name}`,
    kind: 'call',
    auth: false,
    rpc: true,
    errors: [],
    services: '*',
    routes: routes.filter((route) => route.handler === handler).map(({ handler: _, ...route }) => route),
    schemas: async () => schemas,
    ...more[name],
  }))
}

const generated = setup().contracts
const contracts: Contracts = {
  ...generated,
  operations: [
    ...generated.operations
      .filter(({ name }) => /^(?:notes|probe)\./.test(name))
      .map((known) => ({ ...known, routes: [] })),
    ...operations(
      'uploads',
      uploads,
      Object.fromEntries(Object.entries(bodies).map(([name, body]) => [name, { ...body, output: 'any' }])),
    ),
    ...operations('downloads', downloads, answers),
  ],
}

// The roads that a request can take on Node: each answers alike.
const roads = {
  'straight from node:http': () =>
    serve(contentApp, { ...setup(), contracts, compress: true, port: 0, signals: false }),
  'through Hono': async () => {
    const hono = createHono(contentApp, { ...setup(), contracts, compress: true })
    const server = createServer(getRequestListener(hono.fetch, { overrideGlobalObjects: false })).listen(0)
    await once(server, 'listening')
    return {
      url: `http://localhost:${(server.address() as AddressInfo).port}`,
      async close() {
        server.close()
        server.closeAllConnections()
        await hono.dispose()
      },
    }
  },
}
for (const [road, start] of Object.entries(roads)) {
  describe(`contents ${road}`, () => {
    let served: { url: string; close(): Promise<void> }
    before(async () => {
      served = await start()
    })
    after(() => served.close())
    for (const { group, name, run } of [...uploading, ...downloading, ...negotiation])
      it(`${group}: ${name}`, () => run(new Target(served.url)))
  })
}
