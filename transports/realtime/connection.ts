import {
  type BoundChannel,
  type Incoming,
  type Log,
  type Operation,
  PikkuError,
  type Runtime,
} from '../../core/index.ts'
import { parseJson } from '../http/json.ts'
import { Attachments } from './attachments.ts'
import { Bucket } from './bucket.ts'
import { closeCodes } from './close-codes.ts'
import type { EventTexts } from './event-text.ts'
import { type ClientFrame, frames, readFrame } from './frames.ts'
import type { SocketLimits } from './limits.ts'
import { type ChannelHost, OpenChannel } from './open-channel.ts'
import { sendFile } from './outgoing-file.ts'
import { OutgoingStream } from './outgoing-stream.ts'
import type { Pass } from './pass.ts'
import { Running } from './running.ts'

/** The other side of a socket, whatever server holds it. */
export interface Peer {
  /** Hands a message over. Gives how many bytes wait to be sent. */
  send(message: string | Uint8Array): number
  /** Closes with a code; what does not answer is cut. */
  close(code: number, reason: string): void
}

/** What a connection needs of the app. */
export interface ConnectionHost {
  readonly runtime: Runtime
  readonly limits: SocketLimits
  /** How the events of a channel are written. */
  texts(channel: BoundChannel): Promise<EventTexts>
  /** The connection has nothing open any more. */
  idle(connection: Connection): void
}

type Frame<Kind extends ClientFrame['kind']> = Extract<ClientFrame, { readonly kind: Kind }>

/** One socket: reads its frames, runs what they ask for, and writes the answers. */
export class Connection implements ChannelHost {
  readonly id: string
  readonly pass: Pass
  /** When something last came, and last went, by `performance.now()`. */
  heard = performance.now()
  sent = performance.now()
  #pinged = 0
  readonly #host: ConnectionHost
  readonly #peer: Peer
  readonly #bucket: Bucket
  /** What is open, by the ids that the client gave. */
  readonly #open = new Map<number, Running>()
  /** The highest id so far: ids grow, so that none is used twice. */
  #last = 0
  #closed = false
  #stopping = false

  constructor(host: ConnectionHost, peer: Peer, pass: Pass, id: string) {
    this.id = id
    this.pass = pass
    this.#host = host
    this.#peer = peer
    this.#bucket = new Bucket(host.limits.rate, host.limits.burst)
    this.send(frames.ready(id, host.limits.beat, host.limits.message))
  }

  get log(): Log {
    return this.#host.runtime.log
  }

  /** Whether nothing is open. */
  get isIdle(): boolean {
    return this.#open.size === 0
  }

  /** Takes a text message, as bytes that may not be UTF-8. */
  receive(bytes: ArrayBuffer | Uint8Array): void {
    if (!this.#admit()) return
    const frame = this.#read(bytes)
    if (frame) this.#take(frame)
  }

  /** Takes a binary message: bytes of a file. */
  receiveBytes(bytes: Uint8Array): void {
    if (!this.#admit()) return
    const id = bytes.byteLength < 4 ? Infinity : new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0)
    const files = this.#open.get(id)?.files
    // What has been ended, or has failed, may have bytes under way still.
    if (!files && id > this.#last) this.#violated('bytes for nothing')
    if (files && !files.add(bytes.subarray(4))) this.#violated('more bytes than were announced')
  }

  /** Sends a message; a client that reads too slowly is cut. */
  send(message: string | Uint8Array): void {
    if (this.#closed) return
    this.sent = performance.now()
    if (this.#peer.send(message) > this.#host.limits.unsent) this.close(closeCodes.slow, 'too slow')
  }

  /** Asks for a sign of life, and gives one. */
  ping(): void {
    const now = performance.now()
    if (now - this.#pinged < this.#host.limits.beat) return
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
      if (!(error instanceof PikkuError) || error.status >= 500) return
      pass.session = undefined
    }
    if (pass.session === undefined) this.close(closeCodes.unauthenticated, 'the session is over')
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
    const open = [...this.#open.values()]
    this.#open.clear()
    for (const running of open) this.#leave(running)
    this.#host.idle(this)
  }

  /** Takes nothing new, ends channels and streams, and leaves calls to end by themselves. */
  stop(): void {
    this.#stopping = true
    for (const running of this.#open.values()) {
      if (running.stream) this.#settle(running, () => running.stream?.fail(away()))
    }
  }

  /** Whether calls are still running. */
  get isBusy(): boolean {
    return [...this.#open.values()].some(({ channel, stream }) => !channel && !stream)
  }

  /** Ends a channel: by the server, or by an error. */
  end(id: number, error?: PikkuError, reason?: string): void {
    const running = this.#open.get(id)
    if (!running) return
    this.#settle(running, () => {
      if (error) this.#fail(id, error)
      else this.send(frames.done(id, reason === undefined ? undefined : { reason }))
    })
    this.#leave(running)
  }

  #admit(): boolean {
    if (this.#closed) return false
    this.heard = performance.now()
    if (this.#bucket.take()) return true
    this.close(closeCodes.flood, 'too many messages')
    return false
  }

  /** The frame; what is none is answered with an error, and the socket stays. */
  #read(bytes: ArrayBuffer | Uint8Array): ClientFrame | undefined {
    try {
      return readFrame(parseJson(bytes))
    } catch (error) {
      this.#fail(0, error)
      return undefined
    }
  }

  #take(frame: ClientFrame): void {
    if (frame.kind === 'more') this.#open.get(frame.id)?.stream?.more(frame.credit)
    else if (frame.kind === 'end') this.#endByClient(frame.id)
    else if (frame.kind === 'auth') void this.#authenticate(frame)
    else if (frame.kind === 'ping') this.send(frames.pong)
    else if (frame.kind !== 'pong') this.#begin(frame)
  }

  /** A frame that asks for something, and has an id of its own. */
  #begin(frame: Frame<'call' | 'open' | 'send'>): void {
    const running = new Running(frame.id)
    if (frame.id <= this.#last) this.#violated('an id that was used before')
    else if (this.#open.size >= this.#host.limits.open) this.close(closeCodes.flood, 'too much at once')
    if (this.#closed) return
    this.#last = frame.id
    this.#open.set(frame.id, running)
    try {
      if (this.#stopping) throw away()
      if (frame.kind === 'call') this.#call(frame, running)
      else if (frame.kind === 'open') this.#openChannel(frame, running)
      else this.#message(frame, running)
    } catch (error) {
      this.#settle(running, () => this.#fail(frame.id, error))
    }
  }

  #call(frame: Frame<'call'>, running: Running): void {
    const operation = this.#host.runtime.operations.get(frame.to)
    if (!operation?.contract.rpc) throw new PikkuError('NOT_FOUND', { detail: 'There is no operation of this name.' })
    checkContent(operation)
    this.#whole(frame, running, operation, () => void this.#run(operation, frame, running))
  }

  #message(frame: Frame<'send'>, running: Running): void {
    const channel = this.#open.get(frame.on)?.channel
    if (!channel) throw new PikkuError('NOT_FOUND', { detail: 'There is no channel of this id.' })
    const operation = channel.channel.messages.get(frame.to)
    if (!operation) throw new PikkuError('NOT_FOUND', { detail: 'This channel takes no message of this name.' })
    checkContent(operation)
    this.#whole(frame, running, operation, () => {
      const admitted = channel.serial.run(() => this.#run(operation, frame, running, channel))
      if (!admitted) this.#settle(running, () => this.#fail(frame.id, tooMany()))
    })
  }

  /** Runs it once the files that its frame announces are there. */
  #whole(frame: Frame<'call' | 'send'>, running: Running, operation: Operation, run: () => void): void {
    if (frame.files) running.files = new Attachments(frame.files, operation.maxBody, run)
    if (!running.files || running.files.complete) run()
  }

  async #run(
    operation: Operation,
    frame: Frame<'call' | 'send'>,
    running: Running,
    channel?: OpenChannel,
  ): Promise<void> {
    if (!this.#open.has(frame.id)) return
    const incoming = this.#incoming(running, channel, frame.key, frame.kind === 'call' ? frame.after : undefined)
    const read = () => (running.files ? running.files.into(frame.input) : frame.input)
    try {
      const output = await this.#host.runtime.call(operation, read, incoming)
      if (operation.contract.kind === 'stream') this.#stream(output as AsyncGenerator<unknown>, frame, running)
      else if (operation.contract.answer && output !== undefined) await this.#file(output, running)
      else this.#settle(running, () => this.send(frames.done(frame.id, output)))
    } catch (error) {
      this.#settle(running, () => this.#fail(frame.id, error))
    }
  }

  #stream(items: AsyncGenerator<unknown>, frame: Frame<'call' | 'send'>, running: Running): void {
    if (!this.#open.has(frame.id)) return void items.return(undefined).catch(() => {})
    running.stream = new OutgoingStream(items, frame.kind === 'call' ? frame.credit : 0, {
      item: (item) => this.send(item(frame.id)),
      done: () => this.#settle(running, () => this.send(frames.done(frame.id))),
      failed: (error) => this.#settle(running, () => this.#fail(frame.id, error)),
    })
    if (this.#stopping) running.stream.fail(away())
  }

  async #file(output: unknown, running: Running): Promise<void> {
    await sendFile(running.id, output, this.#host.limits.message, (message) => {
      if (this.#open.has(running.id)) this.send(message)
    })
    this.#settle(running, () => {})
  }

  #openChannel(frame: Frame<'open'>, running: Running): void {
    const bound = this.#host.runtime.channels.get(frame.to)
    if (!bound) throw new PikkuError('NOT_FOUND', { detail: 'There is no channel of this path.' })
    const { waiting } = this.#host.limits
    const channel = new OpenChannel(frame.id, bound, frame.input ?? {}, { host: this, after: frame.after, waiting })
    running.channel = channel
    channel.serial.run(async () => {
      try {
        channel.prepare(await this.#host.texts(bound))
        await this.#host.runtime.call(bound.connect, () => channel.wire, this.#incoming(running, channel))
        running.opened = true
        if (this.#open.has(frame.id)) channel.opened()
        else await this.#disconnect(channel)
      } catch (error) {
        if (this.#open.has(frame.id)) this.#settle(running, () => this.#fail(frame.id, error))
        channel.end()
      }
    })
  }

  #incoming(running: Running, channel?: OpenChannel, key?: string, after?: string): Incoming {
    const { pass } = this
    return {
      ...pass.incoming(`${this.id}.${running.id}`),
      session: { value: pass.session },
      idempotencyKey: key,
      lastEventId: after,
      get signal() {
        return running.signal
      },
      ...(channel ? { channel } : {}),
    }
  }

  #endByClient(id: number): void {
    const running = this.#open.get(id)
    if (!running) return
    this.#settle(running, () => {
      if (running.channel) this.send(frames.done(id))
    })
    this.#leave(running)
  }

  /** It is over: says so, unless that was said before. */
  #settle(running: Running, say: () => void): void {
    if (!this.#open.delete(running.id)) return
    say()
    if (this.#open.size === 0) this.#host.idle(this)
  }

  /** Ends what runs for it. */
  #leave(running: Running): void {
    running.end()
    const { channel } = running
    if (!channel) return
    channel.end()
    if (running.opened) void this.#disconnect(channel)
  }

  async #disconnect(channel: OpenChannel): Promise<void> {
    const { runtime } = this.#host
    const { disconnect } = channel.channel
    if (!disconnect) return
    const incoming = { ...this.pass.incoming(channel.id), session: { value: this.pass.session }, channel }
    // What it throws is in the log, and nobody is there to be told.
    await runtime.call(disconnect, () => channel.wire, incoming).catch(() => {})
  }

  async #authenticate({ headers }: Frame<'auth'>): Promise<void> {
    this.pass.replace(headers)
    try {
      await this.pass.check(this.id)
    } catch {
      this.pass.session = undefined
    }
    if (this.pass.session === undefined) return this.close(closeCodes.unauthenticated, 'the credential is not valid')
    this.send(frames.ready(this.id, this.#host.limits.beat, this.#host.limits.message))
  }

  #violated(what: string): void {
    this.close(closeCodes.violation, what)
  }

  #fail(id: number, error: unknown): void {
    const requestId = id === 0 ? this.id : `${this.id}.${id}`
    this.send(frames.fail(id, this.#host.runtime.toProblem(error, { id: requestId }), requestId))
  }
}

function away(): PikkuError {
  return new PikkuError('UNAVAILABLE', { detail: 'The server is going away. Connect again.' })
}

function tooMany(): PikkuError {
  return new PikkuError('TOO_MANY_REQUESTS', { detail: 'Too many messages of this channel wait already.' })
}

/** What travels in pieces without end goes over HTTP. */
function checkContent({ contract: { body, answer } }: Operation): void {
  const streams =
    body?.kind === 'stream' || (body?.kind === 'form' && body.fields.some(({ type }) => type === 'stream'))
  if (streams || answer?.kind === 'stream' || answer?.kind === 'response') {
    throw new PikkuError('BAD_REQUEST', { detail: 'This operation streams bytes. Call it over HTTP.' })
  }
}
