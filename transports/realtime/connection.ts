import { type BoundChannel, PikkuError, type Runtime } from '../../core/index.ts'
import { parseJson, parseJsonText } from '../http/json.ts'
import { toText } from '../hub/text.ts'
import { Bucket } from './bucket.ts'
import { closeCodes } from './close-codes.ts'
import type { EventTexts } from './event-text.ts'
import { Exchange, type ExchangeSnapshot } from './exchange.ts'
import { type ClientFrame, frames, readFrame } from './frames.ts'
import { LastTime } from './last-time.ts'
import type { SocketLimits } from './limits.ts'
import type { OpenChannel } from './open-channel.ts'
import type { Pass, PassSnapshot } from './pass.ts'

/** The other side of a socket, whatever server holds it. */
export interface Peer {
  /** Hands a message over. Gives how many bytes wait to be sent. */
  send(message: string | Uint8Array): number
  /** Sends what the function sends in as few pieces as it can; without it each message leaves by itself. */
  cork?(send: () => void): void
  /** Closes with a code; what does not answer is cut. */
  close(code: number, reason: string): void
  /** The other side has answered the oldest `ping` that it had not answered yet, and so has read all before it. */
  acknowledged?(): void
}

/** A connection as data: what outlives the sleep of a server that keeps its sockets meanwhile. */
export interface ConnectionSnapshot {
  readonly id: string
  readonly pass: PassSnapshot
  readonly exchange: ExchangeSnapshot
}

/** What a connection needs of the app. */
export interface ConnectionHost {
  readonly runtime: Runtime
  readonly limits: SocketLimits
  /** How the events of a channel are written. */
  texts(channel: BoundChannel): Promise<EventTexts>
  /** The connection has nothing open any more. */
  idle(connection: Connection): void
  /** Where connections live no longer than it takes to answer a message, and carry text alone. */
  readonly brief?: BriefHost
}

/** What has the channels of a connection that is gone with each message. */
export interface BriefHost {
  /** A channel is about to be open: it is to be kept. */
  opens(number: number, channel: OpenChannel, session: unknown): Promise<void>
  /** A channel has ended. `disconnect` is to run unless it has been ended elsewhere. */
  ends(number: number, disconnect: () => Promise<void>): void
  /** The client has ended what is not here. */
  passes(number: number): void
  /** Its headers are others from now on. */
  renews(pass: Pass): Promise<void>
}

/** One socket: reads its frames, answers what is about itself, and keeps its limits. */
export class Connection {
  readonly id: string
  readonly pass: Pass
  readonly host: ConnectionHost
  /** When something last came, and last went. */
  readonly heard = new LastTime()
  readonly sent = new LastTime()
  #pinged = 0
  readonly #peer: Peer
  readonly #bucket: Bucket
  readonly #exchange: Exchange
  #closed = false
  /** Those of the headers that came for a new session which are to be looked at last. */
  #proof: Headers | undefined
  /** Who waits until all is read that was sent before. */
  readonly #readers: (() => void)[] = []

  /** @param before what is restored; without it the connection is new. */
  constructor(host: ConnectionHost, peer: Peer, pass: Pass, id: string, before?: ExchangeSnapshot) {
    this.id = id
    this.pass = pass
    this.host = host
    this.#peer = peer
    this.#bucket = new Bucket(host.limits.rate, host.limits.burst)
    this.#exchange = new Exchange(this, before)
    if (!before) this.#ready()
  }

  /** What can be restored of it; `undefined` while something is open that cannot, such as a call or a stream. */
  snapshot(): ConnectionSnapshot | undefined {
    const exchange = this.#exchange.snapshot()
    return exchange && { id: this.id, pass: this.pass.snapshot(), exchange }
  }

  /** Goes on where the snapshot was taken: looks the session up, and opens the channels again. */
  async resume({ pass, exchange }: ConnectionSnapshot): Promise<void> {
    try {
      await this.pass.check(this.id)
    } catch (error) {
      if (!isRefusal(error)) return this.#unsure()
    }
    if (pass.hasSession && this.pass.session === undefined) this.#signedOut()
    else await this.#exchange.resume(exchange)
  }

  /** Whether calls are still running. */
  get isBusy(): boolean {
    return this.#exchange.isBusy
  }

  /** Takes a text message, or its bytes, which may not be UTF-8. */
  receive(message: string | ArrayBuffer | Uint8Array): void {
    const size = typeof message === 'string' ? message.length : message.byteLength
    const frame = this.#hear(size) && this.#admit() && this.#read(message)
    if (frame) this.#take(frame)
  }

  /** Takes a binary message: bytes of a file. */
  receiveBytes(bytes: Uint8Array): void {
    // Bytes that were announced have a limit of their own.
    if (this.#hear(bytes.byteLength) && !this.#exchange.bytes(bytes)) this.#admit()
  }

  /** Whether a ping of the WebSocket protocol itself is to be answered: the answers would pile up at who does not read. */
  admits(): boolean {
    return this.#hear(0) && this.#admit()
  }

  /** Sends a message; a client that reads too slowly is cut. */
  send(message: string | Uint8Array): void {
    if (this.#closed) return
    this.sent.isNow = true
    // One message may be as long as it likes: what counts is that those before it wait. A character is 3 bytes at most.
    const own = typeof message === 'string' ? message.length * 3 : message.byteLength
    if (this.#peer.send(message) - own > this.host.limits.unsent) this.close(closeCodes.slow, 'too slow')
  }

  /** Sends several messages. */
  sendAll(messages: readonly string[]): void {
    const send = () => {
      for (const message of messages) this.send(message)
    }
    if (this.#peer.cork) this.#peer.cork(send)
    else send()
  }

  /** Resolves when the client has read all that was sent, or is gone. */
  read(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.send(frames.ping)
    return new Promise((resolve) => this.#readers.push(resolve))
  }

  /** Asks for a sign of life, and gives one. */
  ping(): void {
    const now = performance.now()
    if (now - this.#pinged < this.host.limits.beat) return
    this.#pinged = now
    this.send(frames.ping)
  }

  /** Looks its session up again; one that is over takes the socket along. */
  async recheck(): Promise<void> {
    const { pass } = this
    if (pass.session === undefined) return
    try {
      await pass.check(this.id)
    } catch (error) {
      // While nobody can say, the session stands as it was.
      if (!isRefusal(error)) return
      pass.session = undefined
    }
    if (pass.session === undefined) this.#signedOut()
  }

  /** Lets it have its messages of the time that has passed, and ends calls whose files do not come. */
  look(now: number): void {
    this.#bucket.fill(now)
    this.#exchange.cutSlowFiles()
  }

  /** Takes nothing new, ends streams, and leaves calls to end by themselves. */
  stop(): void {
    this.#exchange.stop()
  }

  /** Closes the socket, and ends what is open. */
  close(code: number, reason: string): void {
    if (this.#closed) return
    this.#peer.close(code, reason)
    this.closed()
  }

  /** The socket is closed: ends what is open. */
  closed(): void {
    if (this.#closed) return
    this.#closed = true
    for (const resolve of this.#readers.splice(0)) resolve()
    this.#exchange.closed()
  }

  /** Tells the client that something failed; `0` stands for what could not be understood. */
  fail(id: number, error: unknown): void {
    const requestId = id === 0 ? this.id : `${this.id}.${id}`
    const write = (error: unknown) => frames.fail(id, this.host.runtime.toProblem(error, { id: requestId }), requestId)
    let frame: string
    try {
      frame = write(error)
    } catch (notJson) {
      // What a contract leaves open, such as the data of an error, may be nothing that JSON can say.
      frame = write(notJson)
    }
    this.send(frame)
  }

  /** Whether a message of this size is one that is taken. */
  #hear(size: number): boolean {
    if (this.#closed) return false
    this.heard.isNow = true
    if (size <= this.host.limits.message) return true
    this.close(closeCodes.tooLarge, 'too large')
    return false
  }

  /** Whether it has come slowly enough. */
  #admit(): boolean {
    if (this.#bucket.take()) return true
    this.close(closeCodes.flood, 'too many messages')
    return false
  }

  /** The frame; what is none is answered with an error, and the socket stays. */
  #read(message: string | ArrayBuffer | Uint8Array): ClientFrame | undefined {
    try {
      return readFrame(typeof message === 'string' ? parseJsonText(message) : parseJson(message))
    } catch (error) {
      this.fail(0, error)
      return undefined
    }
  }

  #take(frame: ClientFrame): void {
    if (frame.kind === 'more') this.#exchange.more(frame.id, frame.credit)
    else if (frame.kind === 'end') this.#exchange.endByClient(frame.id)
    else if (frame.kind === 'auth') void this.#authenticate(frame.headers)
    else if (frame.kind === 'ping') this.send(frames.pong)
    else if (frame.kind === 'pong') this.#acknowledged()
    else this.#exchange.begin(frame)
  }

  #acknowledged(): void {
    this.#peer.acknowledged?.()
    this.#readers.shift()?.()
  }

  /** Nobody can say whether there is a session: who comes back later is told. */
  #unsure(): void {
    this.close(closeCodes.restarting, 'the session cannot be looked up')
  }

  #signedOut(): void {
    this.close(closeCodes.unauthenticated, 'the session is over')
  }

  /**
   * Looks at new headers, one after the other, and of those that come meanwhile at the last ones: if they took the place of
   * those that are being looked at, who sends them fast enough would keep a session that is over.
   */
  async #authenticate(headers: Headers): Promise<void> {
    const { pass } = this
    const isLooking = this.#proof !== undefined
    this.#proof = headers
    if (isLooking) return
    for (let proof: Headers | undefined; proof !== this.#proof && !this.#closed; ) {
      proof = this.#proof
      const { session } = pass
      pass.replace(proof)
      try {
        await pass.check(this.id)
      } catch (error) {
        if (!isRefusal(error)) return this.#unsure()
        pass.session = undefined
      }
      if (pass.session === undefined) return this.close(closeCodes.unauthenticated, 'the credential is not valid')
      // What the session before has opened would outlast it, as nobody looks at that one any more.
      if (session !== undefined && !isSame(session, pass.session)) this.#exchange.disown()
    }
    this.#proof = undefined
    try {
      await this.host.brief?.renews(pass)
      this.#ready()
    } catch (error) {
      this.host.runtime.toProblem(error, { id: this.id })
      this.#unsure()
    }
  }

  #ready(): void {
    const { beat, message } = this.host.limits
    this.send(frames.ready(this.id, beat, message))
  }
}

type Headers = Readonly<Record<string, string>>

/** Whether a credential was looked at, and refused. */
export function isRefusal(error: unknown): boolean {
  return error instanceof PikkuError && error.status < 500
}

/** Whether two sessions let in to the same: functions know of a session no more than what is in it. */
function isSame(one: unknown, other: unknown): boolean {
  try {
    return toText(one) === toText(other)
  } catch {
    // An object of a class, of which nothing is known.
    return false
  }
}
