// The conformance app as a function of Azure, run by Azure's package, with a host in front that does what Azure's does:
// `node --conditions=pikku-source host.ts <package.json of a folder that has @azure/functions>` prints where it listens.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import { createRequire, registerHooks } from 'node:module'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { type AzureContext, type AzureRequest, type AzureResponse, toAzureHandler } from '../../azure.ts'
import { createHono } from '../../hono.ts'
import { endWhenHeard, hasArrived } from '../../http/linger.ts'
import app from '../conformance/src/app.ts'
import { setup } from '../conformance/src/setup.ts'
import { type ProgrammingModel, type Registered, worker } from './core.ts'

interface AzureFunctions {
  readonly app: {
    setup(options: { enableHttpStream: boolean }): void
    http(name: string, options: HttpOptions): void
  }
}
interface HttpOptions {
  readonly route: string
  readonly methods: readonly string[]
  readonly authLevel: 'anonymous'
  handler(request: AzureRequest, context: AzureContext): Promise<AzureResponse>
}

/** The host: it forwards a request to the server that Azure's package has in the worker, and invokes the function. */
class Host {
  readonly #model: ProgrammingModel
  readonly #function: Registered
  readonly #uri: string

  constructor(model: ProgrammingModel, registered: Registered, uri: string) {
    this.#model = model
    this.#function = registered
    this.#uri = uri
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const id = randomUUID()
    const invoked = this.#invoke(id, headersOf(request))
    // Azure's host looks at how the function ended when the answer is through, and waits for that for four minutes.
    const ended = await Promise.allSettled([this.#forward(id, request, response), invoked])
    if (ended.every(({ status }) => status === 'fulfilled')) return
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end()
  }

  /** As YARP does: the caller's connection and the one to the worker end together. */
  async #forward(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { host, connection: _, ...headers } = request.headersDistinct
    const left = new AbortController()
    response.once('close', () => left.abort())
    const forwarded = httpRequest(this.#uri, {
      path: pathOf(request.url ?? '/'),
      method: request.method ?? 'GET',
      signal: left.signal,
      headers: {
        ...headers,
        'x-forwarded-host': host?.[0],
        'x-forwarded-proto': 'http',
        'x-ms-invocation-id': id,
      },
    })
    // Bodies may begin late.
    forwarded.flushHeaders()
    const answered = once(forwarded, 'response') as Promise<[IncomingMessage]>
    // A pipeline would end the caller's connection when the worker takes no more of his body.
    request.pipe(forwarded.on('error', () => {}))
    const [answer] = await answered
    if (!request.complete) response.shouldKeepAlive = false
    response.writeHead(answer.statusCode ?? 500, withoutHops(answer.rawHeaders))
    response.flushHeaders()
    await pipeline(answer, response, { end: false })
    // Who is still sending is read for a while, as Kestrel does, so that he hears it. The worker gets no more of it.
    if (!hasArrived(request)) left.abort()
    endWhenHeard(response)
  }

  async #invoke(invocationId: string, headers: object): Promise<void> {
    const { metadata, callback } = this.#function
    const trigger = Object.entries(metadata.bindings).find(([, { type }]) => type === 'httpTrigger')
    const model = this.#model.getInvocationModel({
      invocationId,
      metadata,
      request: {
        inputData: [{ name: trigger?.[0], data: { http: {} } }],
        triggerMetadata: { Headers: { json: JSON.stringify(headers) }, Query: { json: '{}' } },
      },
      log() {},
    })
    const { context, inputs } = await model.getArguments()
    await model.getResponse(context, await model.invokeFunction(context, inputs, callback))
  }
}

/** The headers as the function is to see them, with what Azure's servers in front say, whatever the caller wrote. */
function headersOf({ headers, headersDistinct, socket }: IncomingMessage): object {
  const before = headers['x-forwarded-for']
  const address = socket.remoteFamily === 'IPv6' ? `[${socket.remoteAddress}]` : socket.remoteAddress
  return {
    ...Object.fromEntries(Object.entries(headersDistinct).map(([name, values]) => [name, values?.join(',')])),
    'x-forwarded-for': `${before ? `${before}, ` : ''}${address}:${socket.remotePort}`,
    'x-forwarded-proto': 'http',
  }
}

/** Headers of the connection to the worker, which the caller's has its own of. */
function withoutHops(lines: string[]): string[] {
  return lines.flatMap((name, at) =>
    at % 2 === 0 && !/^(?:connection|keep-alive|transfer-encoding)$/i.test(name) ? [name, lines[at + 1] ?? ''] : [],
  )
}

/** The path as it comes out of Kestrel, which decodes all but slashes, and YARP, which encodes what it is handed. */
function pathOf(url: string): string {
  const [path = '', ...query] = url.split('?')
  const decoded = path.split(/(%2f)/i).map((part) => (/^%2f$/i.test(part) ? part : decode(part)))
  return [
    encodeURIComponent(decoded.join('')).replace(/%(?:2F|24|26|2B|2C|3A|3B|3D|40)/g, decodeURIComponent),
    ...query,
  ].join('?')
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

registerHooks({
  resolve: (name, context, next) =>
    name === '@azure/functions-core'
      ? { url: new URL('./core.ts', import.meta.url).href, shortCircuit: true }
      : next(name, context),
})
const azure: AzureFunctions = createRequire(process.argv[2] ?? '')('@azure/functions')

// What a user writes.
azure.app.setup({ enableHttpStream: true })
azure.app.http('api', {
  route: '{*path}',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
  authLevel: 'anonymous',
  handler: toAzureHandler(createHono(app, setup())),
})

const { model, registered } = worker
const { HttpUri } = (await model?.getCapabilities({})) ?? {}
if (!model || !registered || !HttpUri) throw new Error('The package has registered no function, or has no server.')
const host = new Host(model, registered, HttpUri)
const server = createServer((request, response) => host.answer(request, response))
server.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`))
