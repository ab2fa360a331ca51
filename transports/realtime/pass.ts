import { type Incoming, PikkuError, type Runtime, type SessionSource } from '../../core/index.ts'
import { credentialOf } from '../http/credential.ts'
import { isOwnPage } from '../http/own-page.ts'
import type { SocketLimits } from './limits.ts'

/** The subprotocol of docs/protocol.md. */
export const protocol = 'pikku.v1'

/** A request for a socket, whatever server it came to. */
export interface SocketRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  /** The network address of the caller. */
  readonly address: string | undefined
  header(name: string): string | undefined
}

/** Throws what is to be answered where a request is no proper handshake. */
export type HandshakeCheck = (request: SocketRequest) => void

/** Whether pages of another origin may come with the user's cookies. */
export type Trusts = (origin: string) => boolean

/** What has to be known to let somebody in. */
export interface PassHost {
  readonly runtime: Runtime
  readonly trusts: Trusts
  readonly limits: Pick<SocketLimits, 'handshake'>
}

/** Who comes by a socket: what each of its calls has. */
export class Pass {
  /** The session that its credentials stood for when they were last looked at. */
  session: unknown
  /** When that was, by `performance.now()`. */
  checked = 0
  readonly address: string | undefined
  /** How many look for the session at the moment. */
  #looking = 0
  readonly #host: PassHost
  readonly #url: string
  #headers: ReadonlyMap<string, string>

  private constructor(host: PassHost, request: SocketRequest) {
    this.#host = host
    this.#url = request.url
    this.address = request.address
    const sent = sentHeaders(request.header('sec-websocket-protocol'))
    // A browser has the cookies of a page sent itself, and lets no page write them. What sends no origin is none.
    if (request.header('origin') !== undefined) sent.delete('cookie')
    this.#headers = credentialHeaders(host.runtime, (name) => sent.get(name) ?? request.header(name))
  }

  /**
   * Lets a request in, once it is a handshake, comes from where it may, and its credential is a good one.
   *
   * @throws PikkuError to be answered in place of the handshake.
   */
  static async of(host: PassHost, request: SocketRequest, check: HandshakeCheck = checkHandshake): Promise<Pass> {
    check(request)
    checkOrigin(request, host.trusts)
    const pass = new Pass(host, request)
    await pass.check('handshake')
    return pass
  }

  /**
   * A text that is the same for all requests with the same credentials, whatever else they say.
   *
   * @throws PikkuError `FORBIDDEN` when it is the request of a foreign page.
   */
  static callerOf(host: PassHost, request: SocketRequest): string {
    checkOrigin(request, host.trusts)
    const pass = new Pass(host, request)
    return JSON.stringify(host.runtime.sources.map((source) => pass.credential(source)))
  }

  /** One that was let in before; its session is to be looked up. */
  static restored(host: PassHost, { url, address, headers }: PassSnapshot): Pass {
    const sent = new Map(headers)
    const header = (name: string) => sent.get(name)
    return new Pass(host, { method: 'GET', url, address, header })
  }

  /** All that it is made anew of. */
  snapshot(): PassSnapshot {
    const { session, address } = this
    return { url: this.#url, address, headers: [...this.#headers], hasSession: session !== undefined }
  }

  /** Whether it came with anything that could be a credential. */
  get hasCredential(): boolean {
    return this.#headers.size > 0
  }

  /** Whether its session is being looked up. */
  get isChecking(): boolean {
    return this.#looking > 0
  }

  /** Takes other headers in place of those of the handshake. */
  replace(headers: Readonly<Record<string, string>>): void {
    const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
    this.#headers = credentialHeaders(this.#host.runtime, (name) => sent.get(name))
  }

  /**
   * Looks the session up. What is found for headers that have been replaced meanwhile is not taken.
   *
   * @throws PikkuError `UNAUTHENTICATED` when a token or a key is wrong, `INTERNAL` or `TIMEOUT` when nobody can say.
   */
  async check(id: string): Promise<void> {
    this.checked = performance.now()
    const headers = this.#headers
    this.#looking++
    try {
      const { runtime, limits } = this.#host
      const session = this.hasCredential ? await runtime.session(this.incoming(id), limits.handshake) : undefined
      if (headers === this.#headers) this.session = session
    } catch (error) {
      if (headers === this.#headers) throw error
    } finally {
      this.#looking--
    }
  }

  /** What a call by this socket has, when it is to find its session itself. */
  incoming(id: string): Incoming {
    return { id, address: this.address, credential: (source) => this.credential(source) }
  }

  /** The credential that a session source looks for. */
  credential(source: SessionSource<never, unknown>): string | undefined {
    const header = (name: string) => this.#headers.get(name)
    return credentialOf(source, { method: 'GET', url: this.#url, header }, this.#host.trusts)
  }
}

/** A pass as data. */
export interface PassSnapshot {
  readonly url: string
  readonly address: string | undefined
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly hasSession: boolean
}

/** Credentials are kept for as long as the socket: no more of the headers than session sources look at. */
function credentialHeaders(
  { sources }: Runtime,
  header: (name: string) => string | undefined,
): ReadonlyMap<string, string> {
  const headers = new Map<string, string>()
  for (const source of sources) {
    const name = source.from === 'bearer' ? 'authorization' : source.from === 'header' ? source.name : 'cookie'
    const value = header(name)
    if (value !== undefined) headers.set(name, value)
  }
  return headers
}

const prefix = 'pikku.headers.'

/** Clients that cannot set headers on a socket, as in browsers, send them as a subprotocol. */
function sentHeaders(protocols = ''): Map<string, string> {
  const sent = protocolsOf(protocols).find((name) => name.startsWith(prefix))
  if (sent === undefined) return new Map()
  if (sent.length > 8192) throw handshakeError('The headers of this handshake are too long.')
  try {
    const bytes = Uint8Array.from(atob(sent.slice(prefix.length).replaceAll('-', '+').replaceAll('_', '/')), toCode)
    const headers: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    const entries = Object.entries(headers as object).filter(([, value]) => typeof value === 'string')
    return new Map(entries.map(([name, value]) => [name.toLowerCase(), value]))
  } catch (cause) {
    throw handshakeError('The headers of this handshake cannot be read.', cause)
  }
}

function toCode(char: string): number {
  return char.charCodeAt(0)
}

function protocolsOf(header = ''): string[] {
  return header.split(',').map((name) => name.trim())
}

/** RFC 6455, section 4.2.1. */
function checkHandshake({ method, header }: SocketRequest): void {
  if (method !== 'GET' || header('upgrade')?.toLowerCase() !== 'websocket')
    throw handshakeError('This address takes the handshake of a WebSocket, and nothing else.')
  if (header('sec-websocket-version') !== '13') throw handshakeError('The version of the WebSocket protocol is 13.')
  if (!/^[+/\dA-Za-z]{22}==$/.test(header('sec-websocket-key') ?? ''))
    throw handshakeError('This handshake has no valid sec-websocket-key.')
  checkProtocol({ header })
}

/** What is left to check where a server in front knows the handshakes of WebSockets. */
export function checkProtocol({ header }: Pick<SocketRequest, 'header'>): void {
  if (!protocolsOf(header('sec-websocket-protocol')).includes(protocol))
    throw handshakeError(`Ask for the subprotocol ${protocol}.`)
}

/** A page of another origin could use the session of its visitor. What sends no origin is no browser. */
function checkOrigin({ url, header }: SocketRequest, trusts: Trusts): void {
  const origin = header('origin')
  if (origin === undefined || trusts(origin) || isOwnPage(origin, url)) return
  const detail = 'A socket must be opened by a page of this origin, or of one listed in `origins`.'
  throw new PikkuError('FORBIDDEN', { detail })
}

function handshakeError(detail: string, cause?: unknown): PikkuError {
  return new PikkuError('BAD_REQUEST', { detail, cause })
}
