import { getQueryParams } from 'hono/utils/url'
import { collectBytes, limitBytes } from './bytes.ts'
import type { HttpRequest } from './endpoint.ts'

/** What is known of a request besides what it says. */
export interface FetchRequestInit {
  /** A parameter of the path, decoded. */
  readonly param: ((name: string) => string | undefined) | undefined
  /** The network address of who calls. */
  readonly address: () => string | undefined
  /** The whole body, where somebody may have read it already. */
  readonly whole?: () => Promise<ArrayBuffer>
}

/** A request as `fetch` handlers are given it. A class for the reason that `NodeRequest` is one. */
export class FetchRequest implements HttpRequest {
  readonly method: string
  readonly url: string
  readonly request: Request
  readonly #init: FetchRequestInit

  constructor(request: Request, init: FetchRequestInit) {
    this.method = request.method
    this.url = request.url
    this.request = request
    this.#init = init
  }

  get address(): string | undefined {
    return this.#init.address()
  }

  get signal(): AbortSignal {
    return this.request.signal
  }

  header(name: string): string | undefined {
    return this.request.headers.get(name) ?? undefined
  }

  param(name: string): string | undefined {
    return this.#init.param?.(name)
  }

  queries(name: string): string[] | undefined {
    return getQueryParams(this.url, name) as string[] | undefined
  }

  async bytes(limit: number): Promise<Uint8Array<ArrayBuffer>> {
    const { request } = this
    // Where the length is announced the server holds the sender to it.
    if (this.header('content-length') === undefined) return collectBytes(request.body ?? emptyBody(), limit)
    return new Uint8Array(await (this.#init.whole?.() ?? request.arrayBuffer()))
  }

  stream(limit: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    return limitBytes(this.request.body ?? emptyBody(), limit)
  }
}

function emptyBody(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob().stream()
}
