import { EventEmitter, once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { readEvents } from '../../../clients/event-stream.ts'

/** What of a `WebSocket` of `ws` the tests use. */
export interface RawSocket {
  readonly readyState: number
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown
  once(event: 'open', listener: () => void): unknown
  once(event: 'error', listener: (error: Error) => void): unknown
  once(event: 'close', listener: (code: number) => void): unknown
  send(data: string | Buffer): void
  close(): void
  terminate(): void
  pause(): void
  resume(): void
}

type Headers = Readonly<Record<string, string>>

/** A socket made of requests (docs/protocol.md, Without sockets), each message one of its own. */
export class RequestSocket extends EventEmitter implements RawSocket {
  readyState = 0
  readonly #url: string
  readonly #headers: Headers
  readonly #agent = new Agent({ keepAlive: true })
  readonly #listening: ClientRequest
  #key = ''
  #reading: PromiseWithResolvers<void> | undefined
  #sent: Promise<unknown> = Promise.resolve()

  constructor(url: string, headers: Headers) {
    super()
    this.#url = `${url}/rpc/socket`
    this.#headers = headers
    this.#listening = request(this.#url, { headers: { ...headers, accept: 'text/event-stream' } })
    this.#listening.on('error', () => this.#end(1006)).on('response', (response) => this.#listen(response))
    this.#listening.end()
  }

  send(data: string | Buffer): void {
    this.#sent = this.#sent.then(() => this.#post(data)).catch(() => this.#end(1006))
  }

  close(): void {
    this.#sent.then(() => this.#end(1000))
  }

  terminate(): void {
    this.#end(1006)
  }

  pause(): void {
    this.#reading = Promise.withResolvers()
  }

  resume(): void {
    this.#reading?.resolve()
  }

  async #listen(response: IncomingMessage): Promise<void> {
    try {
      if (response.statusCode !== 200) throw new Error(await text(response))
      const chunks = response[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>
      const read = async () => {
        await this.#reading?.promise
        const { done = false, value } = await chunks.next()
        return { done, value }
      }
      for await (const { event, data } of readEvents(read)) this.#take(event, data.trimEnd())
      this.#end(1006)
    } catch (error) {
      if (this.readyState === 0) this.emit('error', error)
      this.#end(1006)
    }
  }

  #take(event: string | undefined, data: string): void {
    if (event === 'close') this.#end(Number(data))
    else if (event === 'open') {
      this.#key = data
      this.readyState = 1
      this.emit('open')
    } else this.emit('message', Buffer.from(data, event === 'bytes' ? 'base64' : 'utf8'), event === 'bytes')
  }

  async #post(data: string | Buffer): Promise<void> {
    const type = typeof data === 'string' ? 'application/json' : 'application/octet-stream'
    const headers = { ...this.#headers, 'content-type': type }
    const asked = request(`${this.#url}/${this.#key}`, { method: 'POST', headers, agent: this.#agent }).end(data)
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    response.resume()
  }

  #end(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.#listening.destroy()
    this.#agent.destroy()
    this.emit('close', code)
  }
}
