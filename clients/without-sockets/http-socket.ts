import { readEvents } from '../event-stream.ts'
import type { SocketLike } from '../socket-options.ts'

/** How many bytes of frames go in one request. */
const batch = 65_536

/**
 * A socket without one, for where sockets are blocked: an event stream brings what the server says, and requests, one
 * after the other, what the client does. `createClient(url, { WebSocket: HttpSocket })`
 */
export class HttpSocket extends EventTarget implements SocketLike {
  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  onclose: ((event: { readonly code: number }) => void) | null = null
  onerror: unknown
  binaryType = 'arraybuffer'
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>
  readonly #over = new AbortController()
  readonly #waiting: Blob[] = []
  #key: string | undefined
  #sending = false

  constructor(url: string, protocols: string[]) {
    super()
    this.#url = `${url.replace('ws', 'http')}/socket`
    this.#headers = headersOf(protocols)
    this.#listen()
  }

  /** How many bytes wait for the request that is under way. */
  get bufferedAmount(): number {
    return this.#waiting.reduce((sum, { size }) => sum + size, 0)
  }

  send(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    const type = typeof data === 'string' ? 'text/plain' : 'application/octet-stream'
    this.#waiting.push(new Blob([data], { type }))
    this.#flush()
  }

  close(code = 1000): void {
    this.#end(code)
  }

  #end(code: number): void {
    if (this.#over.signal.aborted) return
    this.#over.abort()
    this.#tell('close', { code })
  }

  async #listen(): Promise<void> {
    try {
      const answer = await this.#fetch('', { headers: { ...this.#headers, accept: 'text/event-stream' } })
      const reader = answer?.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>
      for await (const { event, data } of readEvents(() => reader.read())) {
        if (this.#over.signal.aborted) return
        const text = data.slice(0, -1)
        if (event === 'close') this.#end(+text)
        else if (event === 'open') {
          this.#key = text
          this.#flush()
        } else this.#tell('message', { data: event ? toBytes(text).buffer : text })
      }
    } catch {}
    this.#end(1006)
  }

  /** Sends what waits, all frames together that are there by then. */
  async #flush(): Promise<void> {
    if (this.#sending || !this.#key) return
    this.#sending = true
    try {
      // What is sent in one go is sent together.
      await null
      while (this.#waiting.length && !this.#over.signal.aborted) {
        const body = this.#next()
        let tries = 50
        // Of several servers another one may have the connection: which one is asked is for the way to say.
        while (!(await this.#fetch(`/${this.#key}`, { method: 'POST', headers: this.#headers, body }, tries--)));
      }
    } catch {
      this.#end(1006)
    }
    this.#sending = false
  }

  /** A message of bytes, or frames as lines. */
  #next(): Blob {
    const [{ type } = new Blob()] = this.#waiting
    const lines: Blob[] = []
    let size = 0
    for (const message of this.#waiting) {
      if (lines.length && (message.type !== type || type !== 'text/plain' || size + message.size >= batch)) break
      lines.push(message)
      size += message.size + 1
    }
    this.#waiting.splice(0, lines.length)
    return lines.length > 1
      ? new Blob(
          lines.flatMap((line) => [line, '\n']),
          { type },
        )
      : (lines[0] as Blob)
  }

  /**
   * Cookies go along to other origins too, as they do with sockets.
   *
   * @param tries how often it may be made again; nothing is given where it is to be.
   */
  async #fetch(path: string, init: RequestInit, tries = 0): Promise<Response | undefined> {
    const response = await fetch(this.#url + path, { ...init, credentials: 'include', signal: this.#over.signal })
    if (response.ok) return response
    await response.body?.cancel()
    if (response.status !== 404 || !tries) throw new Error(response.statusText)
    return undefined
  }

  #tell(type: 'message' | 'close', more: { readonly data?: unknown; readonly code?: number }): void {
    const event = Object.assign(new Event(type), { data: more.data, code: more.code ?? 0 })
    this.dispatchEvent(event)
    if (type === 'message') this.onmessage?.(event)
    else this.onclose?.(event)
  }
}

/** What a socket can send as a subprotocol only. */
function headersOf(protocols: string[]): Record<string, string> {
  const sent = protocols.find((name) => name.startsWith('pikku.headers.'))
  if (!sent) return {}
  const coded = sent.slice(14).replaceAll('-', '+').replaceAll('_', '/')
  return JSON.parse(new TextDecoder().decode(toBytes(coded))) as Record<string, string>
}

function toBytes(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
}
