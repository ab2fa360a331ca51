import type { HttpRequest } from './endpoint.ts'

/**
 * Which of the servers in front are believed when they say, by `x-forwarded-for`, `-proto` and `-host`, who calls and
 * by which address: how many of them there are, or whether the one of this address is one of them.
 */
export type TrustProxy = number | ((address: string) => boolean)

/** What of a request proxies tell. */
type Told = Pick<HttpRequest, 'address' | 'url'>

/** The request as the caller made it, as far as the proxies that are trusted tell. */
export function throughProxies(request: HttpRequest, trust: TrustProxy): HttpRequest {
  const { address, url } = toldByProxies(request, trust)
  return url === request.url && address === request.address ? request : new ForwardedRequest(request, address, url)
}

/** The address of the caller, and the one that was asked for, as far as the proxies that are trusted tell. */
export function toldByProxies(request: Told & Pick<HttpRequest, 'header'>, trust: TrustProxy): Told {
  const isTrusted = (address: string | undefined, hop: number) =>
    // What comes by a socket of this machine has no address.
    typeof trust === 'number' ? hop < trust : address !== undefined && trust(address)
  // The nearest first: every proxy adds the address that it was called from.
  const addresses = [request.address, ...listOf(request.header('x-forwarded-for')).reverse().map(withoutPort)]
  let hops = 0
  for (const address of addresses) {
    if (!isTrusted(address, hops)) break
    hops++
  }
  if (hops === 0) return request
  /** What the outermost trusted proxy said. What stands before it anybody may have written. */
  const told = (name: string) => {
    const values = listOf(request.header(name))
    return values[Math.max(0, values.length - hops)]
  }
  const url = new URL(request.url)
  const protocol = told('x-forwarded-proto')?.toLowerCase()
  if (protocol === 'http' || protocol === 'https') url.protocol = protocol
  const host = told('x-forwarded-host')
  // Setting a host without a port keeps the port of before.
  if (host && isHost.test(host)) [url.host, url.port] = [host, /:(\d+)$/.exec(host)?.[1] ?? '']
  return { address: addresses[Math.min(hops, addresses.length - 1)], url: url.href }
}

/** A request as it was before proxies passed it on. */
class ForwardedRequest implements HttpRequest {
  readonly method: string
  readonly address: string | undefined
  readonly url: string
  readonly #received: HttpRequest

  constructor(received: HttpRequest, address: string | undefined, url: string) {
    this.method = received.method
    this.address = address
    this.url = url
    this.#received = received
  }

  get signal(): AbortSignal {
    return this.#received.signal
  }

  get request(): Request {
    return new Request(this.url, { method: this.method, headers: this.#received.request.headers })
  }

  header(name: string): string | undefined {
    return this.#received.header(name)
  }

  param(name: string): string | undefined {
    return this.#received.param(name)
  }

  queries(name: string): string[] | undefined {
    return this.#received.queries(name)
  }

  bytes(limit: number): Promise<Uint8Array<ArrayBuffer>> {
    return this.#received.bytes(limit)
  }

  stream(limit: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#received.stream(limit)
  }
}

/** An IPv4 address as such, where a socket for both kinds has it as one of IPv6. */
export function plainAddress(address: string | undefined): string | undefined {
  return address?.startsWith('::ffff:') ? address.slice(7) : address
}

const isHost = /^(?:[\w-]+(?:\.[\w-]+)*\.?|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/

function listOf(header: string | undefined): string[] {
  return header
    ? header
        .split(',')
        .slice(-100)
        .map((part) => part.trim())
    : []
}

/** An address of `1.2.3.4:5678` or `[::1]:5678`, as some proxies write them. */
export function withoutPort(address: string): string {
  return /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address
}
