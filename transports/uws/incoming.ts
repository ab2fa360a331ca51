import type { UwsRequest, UwsResponse } from './shape.ts'

/** The body of a request as it arrives. The connection is paused while nobody reads it. */
export class Incoming {
  /** `undefined` when the request announces none. */
  readonly body: ReadableStream<Uint8Array> | undefined
  readonly #response: UwsResponse
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isPaused = false

  constructor(response: UwsResponse, request: UwsRequest) {
    this.#response = response
    this.body = announcesBody(request) ? this.#read() : undefined
  }

  /** The caller went away. */
  abort(reason: unknown): void {
    this.#controller?.error(reason)
    this.#controller = undefined
  }

  /** Lets the rest pass by unread, for the answer is sent: after it the response must not be touched. */
  end(): void {
    this.#resume()
    this.#controller = undefined
  }

  #read(): ReadableStream<Uint8Array> {
    return new ReadableStream({
      start: (controller) => {
        this.#controller = controller
        this.#response.onData((chunk, isLast) => this.#take(chunk, isLast))
      },
      pull: () => this.#resume(),
    })
  }

  #take(chunk: ArrayBuffer, isLast: boolean): void {
    const controller = this.#controller
    if (!controller) return
    // The memory of a chunk is used again when this returns.
    if (chunk.byteLength > 0) controller.enqueue(new Uint8Array(chunk.slice(0)))
    if (isLast) {
      // What follows on this connection is the next request: nobody will read it if the connection stays paused.
      this.#resume()
      this.#controller = undefined
      controller.close()
    } else if ((controller.desiredSize ?? 0) <= 0) {
      if (!this.#isPaused) this.#response.pause()
      this.#isPaused = true
    }
  }

  #resume(): void {
    if (this.#isPaused && this.#controller) this.#response.resume()
    this.#isPaused = false
  }
}

function announcesBody(request: UwsRequest): boolean {
  const method = request.getMethod()
  if (method === 'get' || method === 'head') return false
  return request.getHeader('transfer-encoding') !== '' || !/^0*$/.test(request.getHeader('content-length'))
}
