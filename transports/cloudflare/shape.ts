import type { ObjectStorage } from '../hub/object.ts'

/** The state of a Durable Object, by its shape. */
export interface ObjectState {
  readonly storage: ObjectStorage
  blockConcurrencyWhile(work: () => Promise<void>): Promise<void>
  acceptWebSocket(socket: ObjectSocket): void
  getWebSockets(): ObjectSocket[]
  setWebSocketAutoResponse(pair: AutoResponse): void
  getWebSocketAutoResponseTimestamp(socket: ObjectSocket): Date | null
}

/** What is answered without the object. */
export interface AutoResponse {
  readonly request: string
  readonly response: string
}

/** A socket that outlives the memory of its object. */
export interface ObjectSocket {
  readonly readyState: number
  send(message: string | Uint8Array): void
  close(code?: number, reason?: string): void
  serializeAttachment(attachment: unknown): void
  deserializeAttachment(): unknown
}

/** The Durable Objects of a class, as a worker has them. */
export interface ObjectNamespace {
  idFromName(name: string): object
  get(id: object): { fetch(request: Request): Promise<Response> }
}

/** What of the globals of a worker is needed. */
export interface WorkerGlobals {
  readonly WebSocketPair?: new () => { readonly 0: object; readonly 1: ObjectSocket }
  readonly WebSocketRequestResponsePair?: new (request: string, response: string) => AutoResponse
}
