import { idempotencyKey } from './idempotency-key.ts'
import type { SocketLike, SocketOptions } from './socket-options.ts'
import { type FromTab, type FromTrunk, Trunk } from './trunk.ts'

/**
 * A socket that the tabs of a browser share which ask for the same one: `createClient(url, { WebSocket: TabSocket })`.
 * One of them has it, and passes on what the others send and get. When that tab is closed, the others come back, and
 * one of them takes its place. It needs Web Locks, which pages without https lack.
 */
export class TabSocket extends EventTarget implements SocketLike {
  /** Shares sockets of another kind: `TabSocket.over(AnySocket)` goes on by requests where sockets are blocked. */
  static over(Socket: SocketClass): SocketClass {
    return class extends TabSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, Socket)
      }
    }
  }

  onmessage: ((event: { readonly data: unknown }) => void) | null = null
  onclose: ((event: { readonly code: number }) => void) | null = null
  onerror: unknown
  binaryType = 'arraybuffer'
  readonly bufferedAmount = 0
  readonly #tab = idempotencyKey()
  readonly #over = new AbortController()
  readonly #wire: BroadcastChannel
  #isThere = false
  #trunk: Trunk | undefined
  /** The trunk that this tab hangs on. */
  #known: string | undefined

  /** @param Socket makes the one that is shared. */
  constructor(url: string, protocols: string[], Socket: SocketClass = WebSocket) {
    super()
    const name = JSON.stringify([url, ...protocols])
    this.#wire = new BroadcastChannel(name)
    this.#wire.onmessage = ({ data }) => this.#hear(data as FromTab | FromTrunk)
    const { signal } = this.#over
    const ended = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    // Who is given this lock knows that the tab is gone, so nobody is to hear of the tab before it has the lock.
    hold(this.#tab, () => {
      this.#isThere = true
      this.#greet()
      return ended
    })
    hold(name, () => this.#lead(new Socket(url, protocols)), signal)
  }

  send(data: string | ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    this.#post({ from: this.#tab, data: data instanceof Uint8Array ? data.buffer : data })
  }

  close(code = 1000): void {
    if (this.#over.signal.aborted) return
    // One tab that hears nothing tells of all.
    this.#post({ from: this.#tab, left: code })
    this.#end(code)
  }

  /** This tab has the socket, until that is closed. */
  #lead(socket: SocketLike): Promise<void> {
    Object.assign(socket, { binaryType: 'arraybuffer' })
    return new Promise((resolve) => {
      const say = (message: FromTrunk) => {
        this.#wire.postMessage(message)
        queueMicrotask(() => this.#hear(message))
      }
      this.#trunk = new Trunk(socket, say, (code) => {
        this.#trunk = undefined
        resolve()
        this.#end(code)
      })
    })
  }

  #greet(): void {
    if (this.#isThere && !this.#over.signal.aborted) this.#post({ from: this.#tab })
  }

  #post(message: FromTab): void {
    if (this.#trunk) this.#trunk.take(message)
    else if (!this.#over.signal.aborted) this.#wire.postMessage(message)
  }

  #hear(message: FromTab | FromTrunk): void {
    if ('from' in message) this.#trunk && this.#serve(this.#trunk, message)
    else if (message.to === this.#tab) {
      this.#known = message.trunk
      this.#tell('message', { data: message.data })
    } else if (message.closed !== undefined) {
      if (this.#known === message.trunk) this.#end(message.closed)
    } else if (message.to === undefined) {
      // Another tab has the socket now, and knows nothing of this one.
      if (this.#known) this.#end(1012)
      else this.#greet()
    }
  }

  #serve(trunk: Trunk, message: FromTab): void {
    const { from, data, left } = message
    trunk.take(message)
    // Once its lock can be had, a tab is gone, be it without a word.
    if (data === undefined && left === undefined) hold(from, async () => trunk.take({ from, left: 1001 }))
  }

  #end(code: number): void {
    // A tab that has left goes on to have the socket for the others.
    if (!this.#trunk) this.#wire.close()
    if (this.#over.signal.aborted) return
    this.#over.abort()
    this.#tell('close', { code })
  }

  #tell(type: 'message' | 'close', more: { readonly data?: unknown; readonly code?: number }): void {
    const event = Object.assign(new Event(type), { data: more.data, code: more.code ?? 0 })
    this.dispatchEvent(event)
    if (type === 'message') this.onmessage?.(event)
    else this.onclose?.(event)
  }
}

type SocketClass = NonNullable<SocketOptions['WebSocket']>

/** Runs it with a lock of this name, which is held until it is done; without one when the signal fires before. */
function hold(name: string, run: () => Promise<void>, signal?: AbortSignal): void {
  navigator.locks.request(name, signal ? { signal } : {}, run).catch(() => {})
}
