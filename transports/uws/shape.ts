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
}
