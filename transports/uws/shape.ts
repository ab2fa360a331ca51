/** A request of uWebSockets.js, by its shape. It is there until the handler returns, and no longer. */
export interface UwsRequest {
  getMethod(): string
  getUrl(): string
  getQuery(): string | undefined
  getHeader(name: string): string
  forEach(read: (name: string, value: string) => void): void
}

/** A response of uWebSockets.js, by its shape. When it has ended or `onAborted` was called, it must not be touched. */
export interface UwsResponse {
  onAborted(listener: () => void): unknown
  onData(listener: (chunk: ArrayBuffer, isLast: boolean) => void): unknown
  onWritable(listener: (offset: number) => boolean): unknown
  pause(): unknown
  resume(): unknown
  cork(write: () => void): unknown
  writeStatus(status: string): unknown
  writeHeader(name: string, value: string | Uint8Array): unknown
  write(chunk: Uint8Array): boolean
  tryEnd(chunk: Uint8Array, size: number): [isWritten: boolean, isDone: boolean]
  end(): unknown
  endWithoutBody(): unknown
  close(): unknown
  getWriteOffset(): number
  getRemoteAddressAsText(): ArrayBuffer
  upgrade(data: object, key: string, protocol: string, extensions: string, context: object): unknown
}

/** An app of uWebSockets.js, by its shape. */
export interface UwsApp {
  ws(path: string, behavior: UwsSocketBehavior): unknown
}

/** What it is to do with sockets. */
export interface UwsSocketBehavior {
  readonly maxPayloadLength: number
  readonly maxBackpressure: number
  readonly idleTimeout: number
  readonly sendPingsAutomatically: boolean
  upgrade(response: UwsResponse, request: UwsRequest, context: object): void
  open(socket: UwsSocket): void
  /** The memory of the message is used again when this returns. */
  message(socket: UwsSocket, message: ArrayBuffer, isBinary: boolean): void
  /** uWebSockets.js answers it by itself. */
  ping(socket: UwsSocket): void
  close(socket: UwsSocket): void
}

/** A socket. After `close` was called it must not be touched. */
export interface UwsSocket {
  getUserData(): unknown
  send(message: string | Uint8Array, isBinary: boolean): unknown
  getBufferedAmount(): number
  end(code: number, reason: string): void
}
