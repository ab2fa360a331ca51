import { type BoundChannel, type Log, type Operation, PikkuError, type Runtime } from '../../core/index.ts'
import { Attachments } from './attachments.ts'
import { closeCodes } from './close-codes.ts'
import type { Connection } from './connection.ts'
import { type ClientFrame, frames } from './frames.ts'
import type { SocketLimits } from './limits.ts'
import { type ChannelHost, type HeldChannel, OpenChannel, type OpenChannelInit } from './open-channel.ts'
import { OpenIds } from './open-ids.ts'
import { sendFile } from './outgoing-file.ts'
import { OutgoingStream } from './outgoing-stream.ts'
import { away, checkContent, disowned, noChannel, noSession, tooMany, tooManyFiles, tooSlow } from './refusals.ts'
import { Replays } from './replays.ts'
import { Running } from './running.ts'

type Frame<Kind extends ClientFrame['kind']> = Extract<ClientFrame, { readonly kind: Kind }>

/** A message with part of a file that is smaller counts as any other: each costs far more than it carries. */
const crumb = 1_024

/** What is open on a socket: calls, streams, channels and their messages, from the frame that begins each to its end. */
export class Exchange implements ChannelHost {
  readonly id: string
  readonly log: Log
  readonly connection: Connection
  readonly #runtime: Runtime
  readonly #limits: SocketLimits
  readonly #open = new OpenIds()
  #replays: Replays | undefined
  /** The highest id so far. */
  #last = 0
  #closed = false
  #stopping = false

  constructor(connection: Connection, before?: ExchangeSnapshot) {
    this.#last = before?.last ?? 0
    this.id = connection.id
    this.connection = connection
    this.#runtime = connection.host.runtime
    this.#limits = connection.host.limits
    this.log = this.#runtime.log
  }

  /** Whether channels have to do without what goes on beside them. */
  get isBrief(): boolean {
    return this.connection.host.brief !== undefined
  }

  /** Whether calls are still running. */
  get isBusy(): boolean {
    return [...this.#open].some(({ opens, stream }) => !opens && !stream)
  }

  /** The channels that are open; `undefined` while there is anything else. */
  snapshot(): ExchangeSnapshot | undefined {
    const channels: ChannelSnapshot[] = []
    for (const { number, opens, opened } of this.#open) {
      if (!opens || !opened) return undefined
      channels.push({ id: number, path: opens.channel.contract.path, input: opens.wire, at: opens.at })
    }
    return { last: this.#last, channels }
  }

  /** Opens channels again, as a client does that comes back; where that fails, they have ended by an error. */
  async resume({ channels }: ExchangeSnapshot): Promise<void> {
    const opening = channels.map(async ({ id, path, input, at, held }) => {
      const running = new Running(this, id)
      this.#open.add(running)
      const bound = this.#runtime.channels.get(path)
      if (!bound) this.end(id, noChannel())
      else if (held) await this.#takeOver(bound, running, { input, after: at, resumes: true, held })
      else await this.#openChannel(bound, running, { input, after: at, resumes: true })
    })
    await Promise.all(opening)
  }

  send(message: string | Uint8Array): void {
    this.connection.send(message)
  }

  get replays(): Replays {
    this.#replays ??= new Replays(this.#limits)
    return this.#replays
  }

  sendAll(messages: readonly string[]): void {
    this.connection.sendAll(messages)
  }

  /** Bytes of a file, behind the id of the frame that announced it. Gives whether they are what files have a limit for. */
  bytes(message: Uint8Array): boolean {
    const id = message.byteLength < 4 ? Infinity : new DataView(message.buffer, message.byteOffset, 4).getUint32(0)
    const files = this.#open.get(id)?.files
    // What has been ended, or has failed, may have bytes under way still.
    if (!files && id > this.#last) this.#violated('bytes for nothing')
    if (files && !files.add(message.subarray(4))) this.#violated('more bytes than were announced')
    return files !== undefined && (message.byteLength >= crumb || !files.isAmidst)
  }

  /** Lets a stream send this many more items. */
  more(id: number, credit: number): void {
    this.#open.get(id)?.stream?.more(credit)
  }

  /** Ends what waits for files that do not come, so that it holds nothing for ever. */
  cutSlowFiles(): void {
    for (const running of this.#open) {
      if (running.files?.isSlow(this.#limits.silence)) this.#fail(running, tooSlow())
    }
  }

  /** Ends the channels and streams that a session has opened whose place another one has taken. */
  disown(): void {
    for (const running of this.#open) {
      running.disowned = true
      if (running.opens) this.end(running.number, disowned())
      else running.stream?.fail(disowned())
    }
  }

  /** Takes nothing new, and ends streams. */
  stop(): void {
    this.#stopping = true
    for (const { stream } of this.#open) stream?.fail(away())
  }

  /** The socket is closed. */
  closed(): void {
    this.#closed = true
    for (const running of this.#open.clear()) this.#leave(running)
  }

  /** Ends a channel: by the server, or by an error. */
  end(id: number, error?: PikkuError, reason?: string): void {
    const running = this.#open.get(id)
    if (!running) return
    if (error) this.#fail(running, error)
    else this.#answer(running, frames.done(id, reason === undefined ? undefined : { reason }))
    this.#leave(running)
  }

  /** A frame that asks for something, and has an id of its own. */
  begin(frame: Frame<'call' | 'open' | 'send'>): void {
    // What has a key is sent again elsewhere, when nothing has answered it here.
    if (this.#stopping && frame.kind !== 'open' && frame.key !== undefined) return
    const running = new Running(this, frame.id, frame)
    if (this.#open.get(frame.id)) this.#violated('an id that is in use')
    else if (this.#open.size >= this.#limits.open) this.connection.close(closeCodes.flood, 'too much at once')
    if (this.#closed) return
    this.#last = Math.max(this.#last, frame.id)
    this.#open.add(running)
    try {
      if (this.#stopping) throw away()
      if (frame.kind === 'call') this.#call(frame, running)
      else if (frame.kind === 'open') this.#openFrame(frame, running)
      else this.#message(frame, running)
    } catch (error) {
      this.#fail(running, error)
    }
  }

  #call(frame: Frame<'call'>, running: Running): void {
    const operation = this.#runtime.operations.get(frame.to)
    if (!operation?.contract.rpc) throw new PikkuError('NOT_FOUND', { detail: 'There is no operation of this name.' })
    this.#await(operation, frame, running)
  }

  #message(frame: Frame<'send'>, running: Running): void {
    const channel = this.#open.get(frame.on)?.opens
    if (!channel) throw new PikkuError('NOT_FOUND', { detail: 'There is no channel of this id.' })
    const operation = channel.channel.messages.get(frame.to)
    running.through = channel
    if (!operation) throw new PikkuError('NOT_FOUND', { detail: 'This channel takes no message of this name.' })
    this.#await(operation, frame, running)
  }

  /** Runs it once the files that its frame announces are there, and what came before it through its channel has run. */
  #await(operation: Operation, { files }: Frame<'call' | 'send'>, running: Running): void {
    checkContent(operation, files, this.isBrief)
    if (files) {
      // Nothing is kept for who may not call.
      if (operation.auth && this.connection.pass.session === undefined) throw noSession()
      running.files = new Attachments(files, operation.maxBody, () => this.#take(operation, running))
      this.#checkRoom(running.files.size)
    }
    if (!running.files || running.files.complete) this.#take(operation, running)
  }

  /** One call may have as many bytes of files as it takes, several together only so many. */
  #checkRoom(size: number): void {
    let kept = 0
    for (const { files } of this.#open) kept += files?.size ?? 0
    if (kept > size && kept > this.#limits.files) throw tooManyFiles()
  }

  #take(operation: Operation, running: Running): void {
    const { through } = running
    if (!through) this.#run(operation, running)
    else if (!through.serial.run(() => this.#run(operation, running))) this.#fail(running, tooMany())
  }

  #run(operation: Operation, running: Running): void {
    if (!this.#isOpen(running)) running.through?.serial.next()
    else {
      running.begin(operation)
      this.#runtime.run(operation, () => running.read(), running, running)
    }
  }

  /** What it has called has answered. */
  answered(running: Running, output: unknown): void {
    const contract = running.operation?.contract
    if (contract?.answer && output !== undefined) return void this.#file(output, running)
    try {
      if (contract?.kind === 'stream') this.#stream(output as AsyncGenerator<unknown>, running)
      else this.#answer(running, frames.done(running.number, output))
    } catch (error) {
      this.#fail(running, error)
    }
    running.through?.serial.next()
  }

  /** What it has called has failed. */
  failed(running: Running, error: unknown): void {
    this.#fail(running, error)
    running.through?.serial.next()
  }

  #stream(items: AsyncGenerator<unknown>, running: Running): void {
    if (!this.#isOpen(running)) return void items.return(undefined).catch(() => {})
    running.stream = new OutgoingStream(items, running.credit, {
      item: (item) => this.send(item(running.number)),
      done: () => this.#answer(running, frames.done(running.number)),
      failed: (error) => this.#fail(running, error),
    })
    if (this.#stopping) running.stream.fail(away())
    else if (running.disowned) running.stream.fail(disowned())
  }

  async #file(output: unknown, running: Running): Promise<void> {
    const [isOver, { connection }] = [() => !this.#isOpen(running), this]
    try {
      await sendFile(running.number, output, this.#limits.message, {
        send: (message) => connection.send(message),
        read: () => connection.read(),
        get over() {
          return isOver()
        },
      })
      if (this.#settle(running)) this.#rest()
    } catch (error) {
      this.#fail(running, error)
    }
    running.through?.serial.next()
  }

  #openFrame({ to, input, after }: Frame<'open'>, running: Running): void {
    const bound = this.#runtime.channels.get(to)
    if (!bound) throw noChannel()
    void this.#openChannel(bound, running, { input: input ?? {}, after, resumes: false })
  }

  /** A channel that is open, and was so elsewhere. */
  async #takeOver(bound: BoundChannel, running: Running, how: Opening & { held: HeldChannel }): Promise<void> {
    const { waiting } = this.#limits
    const channel = new OpenChannel(running.number, bound, how.input, { ...how, host: this, waiting })
    channel.prepare(await this.connection.host.texts(bound))
    running.opens = channel
    running.opened = { value: how.held.session }
  }

  /** Resolves when it is open, or is not to be. */
  #openChannel(bound: BoundChannel, running: Running, how: Opening): Promise<void> {
    const { waiting } = this.#limits
    const channel = new OpenChannel(running.number, bound, how.input, { ...how, host: this, waiting })
    running.opens = channel
    return new Promise((resolve) =>
      channel.serial.run(async () => {
        await this.#connect(channel, running)
        channel.serial.next()
        resolve()
      }),
    )
  }

  async #connect(channel: OpenChannel, running: Running): Promise<void> {
    try {
      channel.prepare(await this.connection.host.texts(channel.channel))
      const session = running.begin(channel.channel.connect)
      await this.#runtime.call(channel.channel.connect, () => channel.wire, running)
      running.opened = session
      if (this.#isOpen(running)) {
        await this.connection.host.brief?.opens(running.number, channel, session.value)
        channel.opened()
      } else await this.#disconnect(channel, session)
    } catch (error) {
      this.#fail(running, error)
      this.#leave(running)
    }
  }

  /** The client ends it. */
  endByClient(id: number): void {
    const running = this.#open.get(id)
    if (!running) {
      this.connection.host.brief?.passes(id)
      return
    }
    if (running.opens) this.#answer(running, frames.done(id))
    else this.#settle(running)
    this.#leave(running)
  }

  /** Whether it is open still; a client may have used its id again. */
  #isOpen(running: Running): boolean {
    return this.#open.get(running.number) === running
  }

  #answer(running: Running, frame: string): void {
    if (!this.#settle(running)) return
    this.send(frame)
    this.#rest()
  }

  #fail(running: Running, error: unknown): void {
    if (!this.#settle(running)) return
    this.connection.fail(running.number, error)
    this.#rest()
  }

  /** It is over; `false` where it was before. */
  #settle(running: Running): boolean {
    return this.#open.delete(running)
  }

  #rest(): void {
    if (this.#open.size === 0) this.connection.host.idle(this.connection)
  }

  /** Ends what runs for it. */
  #leave(running: Running): void {
    running.end()
    const { opens, opened } = running
    opens?.end()
    // Its messages that wait for their turn, or for their files, run no more.
    if (opens) for (const other of this.#open) if (other.waits && other.through === opens) this.#settle(other)
    this.#rest()
    if (!opens || !opened) return
    const { brief } = this.connection.host
    if (brief) brief.ends(running.number, () => this.#disconnect(opens, opened))
    else void this.#disconnect(opens, opened)
  }

  /** @param session who opened it: that session may be over by now. */
  async #disconnect(channel: OpenChannel, session: Session): Promise<void> {
    const { disconnect } = channel.channel
    if (!disconnect) return
    const incoming = { ...this.connection.pass.incoming(channel.id), session, channel }
    // What it throws is in the log, and nobody is there to be told.
    const left = this.#runtime.call(disconnect, () => channel.wire, incoming).catch(() => {})
    this.#runtime.finish(left)
    await left
  }

  #violated(what: string): void {
    this.connection.close(closeCodes.violation, what)
  }
}

/** What is open as data: that which can be opened again. */
export interface ExchangeSnapshot {
  readonly last: number
  readonly channels: readonly ChannelSnapshot[]
}

interface ChannelSnapshot {
  readonly id: number
  readonly path: string
  /** The parameters as they came. */
  readonly input: unknown
  readonly at: string
  /** What `connect` has made of it, where that is not to run again. */
  readonly held?: HeldChannel
}

/** A session as it was when something began. */
type Session = NonNullable<Running['session']>

/** How a channel is opened. */
type Opening = Pick<OpenChannelInit, 'after' | 'resumes'> & { readonly input: unknown }
