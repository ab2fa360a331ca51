/** What of Bun is needed, by its shape. */
export interface BunRuntime {
  serve(options: BunServeOptions | BunSocketServeOptions): BunServer
}

/** What `Bun.serve` is given. */
export interface BunServeOptions {
  readonly port: number
  readonly hostname?: string
  readonly tls?: { readonly cert: string; readonly key: string }
  readonly idleTimeout: number
  readonly maxRequestBodySize: number
  readonly development: false
  readonly fetch: (request: Request, server: BunServer) => Response | Promise<Response>
}

/** The same, with sockets. */
export interface BunSocketServeOptions extends Omit<BunServeOptions, 'fetch'> {
  readonly websocket: BunSocketHandler
  /** Answers nothing once the request has become a socket. */
  readonly fetch: (request: Request, server: BunServer) => Response | Promise<Response | undefined>
}

/** What `Bun.serve` gives. */
export interface BunServer {
  readonly port: number | undefined
  requestIP(request: Request): { readonly address: string } | null
  timeout(request: Request, seconds: number): void
  upgrade(request: Request, options: { readonly headers: Record<string, string>; readonly data: unknown }): boolean
  closeIdleConnections(): number
  stop(closeActiveConnections?: boolean): Promise<void>
}

/** What Bun calls for its sockets. */
export interface BunSocketHandler {
  readonly maxPayloadLength: number
  readonly backpressureLimit: number
  readonly idleTimeout: number
  readonly sendPings: boolean
  readonly perMessageDeflate: false
  open(socket: BunSocket): void
  message(socket: BunSocket, message: string | Uint8Array): void
  /** Bun answers it by itself. */
  ping(socket: BunSocket): void
  close(socket: BunSocket): void
}

/** A socket of Bun. */
export interface BunSocket {
  /** What it was upgraded with. */
  readonly data: unknown
  sendText(message: string): unknown
  sendBinary(message: Uint8Array): unknown
  getBufferedAmount(): number
  close(code: number, reason: string): void
}
