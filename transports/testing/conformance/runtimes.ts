import type { Flag } from './flags.ts'

/** A runtime that the suite is run on: a row of the README's table. */
export interface Runtime {
  /** What a user takes for it. */
  readonly by: string
  /** The tool folder and the package whose version is tested; without one, the Node that runs the tests. */
  readonly version?: readonly [tool: string, name: string]
  /** What it cannot do. */
  readonly lacks: readonly Flag[]
}

/** What a function of Lambda does not see: servers in front collect bodies, and never tell that a caller left. */
const lambda = [
  'abandonedUploads',
  'departures',
  'disconnects',
  'earlyRefusal',
  'fallback',
  'pipelining',
  'rawTargets',
  'sockets',
] as const

/** What a worker does not see: Cloudflare's servers are in front of it. */
const workers = [
  'abandonedUploads',
  'addresses',
  'compression',
  'departures',
  'disconnects',
  'earlyRefusal',
  'heardRefusals',
] as const

const bun = ['heardRefusals', 'pipelining'] as const

/** By the name that its test gives to `conformance`. */
export const runtimes: ReadonlyMap<string, Runtime> = new Map<string, Runtime>([
  ['Node, straight from node:http', { by: '`serve` of `pikku/node`', lacks: [] }],
  ['Node, through Hono', { by: '`createHono` of `pikku/hono`', lacks: [] }],
  // Requests have no text that one could write by hand, and none waits for another.
  ['Node, HTTP/2', { by: '`serve` of `pikku/node`, with `tls`', lacks: ['pipelining', 'rawTargets'] }],
  ['Bun, straight from Bun.serve', { by: '`serve` of `pikku/bun`', version: ['bun', 'bun'], lacks: bun }],
  [
    'Bun, through Hono',
    { by: '`createHono` of `pikku/hono`', version: ['bun', 'bun'], lacks: [...bun, 'fallback', 'sockets'] },
  ],
  ['Deno', { by: '`toDenoHandler` of `pikku/deno`', version: ['deno', 'deno'], lacks: ['abandonedUploads', 'duplex'] }],
  [
    'Cloudflare Workers',
    {
      by: '`createWorker` of `pikku/cloudflare`',
      version: ['workers', 'workerd'],
      lacks: [...workers, 'fallback', 'sockets'],
    },
  ],
  [
    'Cloudflare Workers, in a Durable Object',
    {
      by: '`createAppObject` of `pikku/cloudflare`',
      version: ['workers', 'workerd'],
      lacks: [...workers, 'rawTargets'],
    },
  ],
  [
    'AWS Lambda, payload 2.0',
    {
      by: '`toLambdaHandler` of `pikku/lambda`',
      version: ['lambda', 'aws-lambda-ric'],
      lacks: [...lambda, 'duplex', 'streaming'],
    },
  ],
  [
    'AWS Lambda, payload 1.0',
    {
      by: '`toLambdaHandler` of `pikku/lambda`',
      version: ['lambda', 'aws-lambda-ric'],
      lacks: [...lambda, 'duplex', 'streaming'],
    },
  ],
  [
    'AWS Lambda, behind a load balancer',
    {
      by: '`toLambdaHandler` of `pikku/lambda`',
      version: ['lambda', 'aws-lambda-ric'],
      lacks: [...lambda, 'duplex', 'streaming'],
    },
  ],
  [
    'AWS Lambda, streamed',
    { by: '`toLambdaStreamHandler` of `pikku/lambda`', version: ['lambda', 'aws-lambda-ric'], lacks: lambda },
  ],
  [
    'AWS Lambda, with a WebSocket API',
    {
      by: '`toLambdaHandler` of `pikku/lambda`, with a `hub`',
      version: ['lambda', 'aws-lambda-ric'],
      lacks: [
        ...lambda.filter((flag) => flag !== 'sockets'),
        'binaryFrames',
        'closeCodes',
        'duplex',
        'greetings',
        'oneProcess',
        'order',
        'refusalBodies',
        'socketStreams',
        'streaming',
      ],
    },
  ],
  [
    'Azure Functions',
    {
      by: '`toAzureHandler` of `pikku/azure`',
      version: ['mounts', '@azure/functions'],
      lacks: ['brokenEscapes', 'earlyRefusal', 'fallback', 'rawTargets', 'sockets'],
    },
  ],
  ['Express 5', { by: '`toExpressHandler` of `pikku/express`', version: ['mounts', 'express'], lacks: [] }],
  [
    'Fastify 5',
    { by: '`toFastifyPlugin` of `pikku/fastify`', version: ['mounts', 'fastify'], lacks: ['brokenEscapes'] },
  ],
  [
    'uWebSockets.js',
    {
      by: '`toUwsHandler` of `pikku/uws`',
      version: ['uws', 'uws-pack'],
      lacks: ['headerBytes', 'longHeads', 'pipelining', 'rawTargets'],
    },
  ],
  [
    'Next.js 16',
    {
      by: '`toRouteHandlers` of `pikku/next`',
      version: ['next', 'next'],
      lacks: [
        'addresses',
        'brokenEscapes',
        'compression',
        'fallback',
        'heardRefusals',
        'lengths',
        'pipelining',
        'proxies',
        'rawTargets',
        'sockets',
      ],
    },
  ],
])
