import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * The Runtime API of AWS Lambda, from which a runtime client takes its invocations and to which it gives the answers.
 * Source: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  readonly #server = createServer((request, response) => this.#handle(request, response))
  readonly #invocations: { readonly id: string; readonly event: object }[] = []
  /** Clients that wait for an invocation. */
  readonly #waiting: ServerResponse[] = []
  readonly #answers = new Map<string, PromiseWithResolvers<IncomingMessage>>()

  /** Starts it, and gives the value of AWS_LAMBDA_RUNTIME_API. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** The answer to an event, whose body may still be on its way. */
  invoke(event: object): Promise<IncomingMessage> {
    const id = randomUUID()
    const answer = Promise.withResolvers<IncomingMessage>()
    this.#answers.set(id, answer)
    this.#invocations.push({ id, event })
    this.#hand()
    return answer.promise
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  #handle(request: IncomingMessage, response: ServerResponse): void {
    const [, id = '', kind] =
      /^\/2018-06-01\/runtime\/invocation\/(?:next|([^/]+)\/(\w+))$/.exec(request.url ?? '') ?? []
    if (request.url?.endsWith('/invocation/next')) {
      this.#waiting.push(response)
      this.#hand()
      return
    }
    request.once('end', () => response.writeHead(202).end())
    const answer = this.#answers.get(id)
    this.#answers.delete(id)
    if (kind === 'response') answer?.resolve(request)
    else request.setEncoding('utf8').on('data', (text) => answer?.reject(new Error(text)))
  }

  #hand(): void {
    const [invocation] = this.#invocations
    const client = this.#waiting[0]
    if (!invocation || !client) return
    this.#invocations.shift()
    this.#waiting.shift()
    client.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      // A function is not told that its caller left: a stream that nobody reads ends when its time is over.
      'lambda-runtime-deadline-ms': String(Date.now() + 12_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:123456789012:function:test',
    })
    client.end(JSON.stringify(invocation.event))
  }
}
