import type { BoundChannel, Runtime } from '../../core/index.ts'
import { closeCodes } from './close-codes.ts'
import { Connection, type ConnectionHost, type ConnectionSnapshot, type Peer } from './connection.ts'
import { EventTexts } from './event-text.ts'
import { defaultLimits, type SocketLimits } from './limits.ts'
import { type HandshakeCheck, Pass, type PassHost, type SocketRequest, type Trusts } from './pass.ts'

/** How often all sockets are looked at, in milliseconds, unless limits are so short that it must be more often. */
const sweep = 1_000
/** How many sockets of a stopping server are closed at once, so that not all come back at once. */
const batch = 500

/** The sockets of an app: lets them in, keeps them alive, and closes them. */
export class Sockets implements ConnectionHost, PassHost {
  readonly runtime: Runtime
  readonly limits: SocketLimits
  readonly trusts: Trusts
  readonly #rests: () => boolean
  readonly #connections = new Set<Connection>()
  readonly #texts = new Map<BoundChannel, Promise<EventTexts>>()
  #sweeping: ReturnType<typeof setInterval> | undefined
  #emptied: (() => void) | undefined
  #stopping = false

  /** @param rests whether nobody needs to be looked after until `wake` is called; asked before each time. */
  constructor(runtime: Runtime, trusts: Trusts, limits: Partial<SocketLimits> = {}, rests = () => false) {
    this.runtime = runtime
    this.limits = { ...defaultLimits, ...limits }
    this.trusts = trusts
    this.#rests = rests
  }

  /** How many sockets are open. */
  get size(): number {
    return this.#connections.size
  }

  /** Whether new sockets are to be refused. */
  get stopping(): boolean {
    return this.#stopping
  }

  /**
   * Who asks for a socket, if he may have one.
   *
   * @param check what a handshake has to be. Default: that of a WebSocket.
   * @throws PikkuError to be answered in place of the handshake.
   */
  admit(request: SocketRequest, check?: HandshakeCheck): Promise<Pass> {
    return Pass.of(this, request, check)
  }

  /**
   * What tells whether requests have the same credentials.
   *
   * @throws PikkuError `FORBIDDEN` when it is the request of a foreign page.
   */
  callerOf(request: SocketRequest): string {
    return Pass.callerOf(this, request)
  }

  /** A socket that was admitted, now that it is open. */
  open(peer: Peer, pass: Pass): Connection {
    const connection = new Connection(this, peer, pass, crypto.randomUUID())
    this.#connections.add(connection)
    // Some servers tell of the end at once, and whoever opened it is to know it by then.
    if (this.#stopping) queueMicrotask(() => this.idle(connection))
    this.wake()
    return connection
  }

  /** A socket that outlived the memory of its server; what is to be restored of it begins with `resume`. */
  restore(peer: Peer, { id, pass, exchange }: ConnectionSnapshot): Connection {
    const restored = Pass.restored(this, pass)
    const connection = new Connection(this, peer, restored, id, exchange)
    this.#connections.add(connection)
    this.wake()
    return connection
  }

  /** Looks after the sockets, until they rest. */
  wake(): void {
    if (this.#connections.size === 0) return
    const { beat, silence, recheck } = this.limits
    const often = Math.min(sweep, beat / 2, silence / 2, recheck / 2 || sweep)
    this.#sweeping ??= unref(setInterval(() => this.#sweep(), often))
  }

  /** The socket is gone. */
  closed(connection: Connection): void {
    connection.closed()
    this.#connections.delete(connection)
    if (this.#connections.size > 0) return
    this.#sleep()
    this.#emptied?.()
  }

  texts(channel: BoundChannel): Promise<EventTexts> {
    const known = this.#texts.get(channel)
    if (known) return known
    const texts = channel.events().then((encoders) => new EventTexts(channel, encoders, this.runtime.log))
    this.#texts.set(channel, texts)
    // What could not be loaded is tried again.
    texts.catch(() => this.#texts.delete(channel))
    return texts
  }

  idle(connection: Connection): void {
    if (this.#stopping && !connection.isBusy) connection.close(closeCodes.restarting, 'the server is restarting')
  }

  /** Takes no new sockets, lets calls end, and closes the others in batches: their clients come back elsewhere. */
  async drain(): Promise<void> {
    this.#stopping = true
    const connections = [...this.#connections]
    for (let at = 0; at < connections.length; at += batch) {
      for (const connection of connections.slice(at, at + batch)) {
        connection.stop()
        this.idle(connection)
      }
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    if (this.#connections.size > 0) await new Promise<void>((resolve) => (this.#emptied = resolve))
  }

  #sleep(): void {
    clearInterval(this.#sweeping)
    this.#sweeping = undefined
  }

  #sweep(): void {
    if (this.#rests()) this.#sleep()
    const now = performance.now()
    const { beat, silence, recheck } = this.limits
    for (const connection of this.#connections) {
      if (now - connection.heard.at > silence) connection.close(closeCodes.silent, 'no sign of life')
      else if (now - connection.heard.at >= beat || now - connection.sent.at >= beat) connection.ping()
      connection.look(now)
      const { pass } = connection
      // While nobody answers, questions are not to pile up.
      const isDue = recheck > 0 && pass.hasCredential && !pass.isChecking && now - pass.checked >= recheck
      if (isDue) void connection.recheck()
    }
  }
}

function unref<Timer>(timer: Timer): Timer {
  ;(timer as { unref?(): void }).unref?.()
  return timer
}
