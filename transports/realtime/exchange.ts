import type { BoundChannel, Log, PikkuError, Runtime } from '../../core/index.ts'
import { Calls } from './calls.ts'
import { closeCodes } from './close-codes.ts'
import type { Connection } from './connection.ts'
import { type Frame, frames } from './frames.ts'
import type { SocketLimits } from './limits.ts'
import { type ChannelHost, type HeldChannel, OpenChannel, type OpenChannelInit } from './open-channel.ts'
import { OpenIds } from './open-ids.ts'
import { away, disowned, noChannel, tooSlow } from './refusals.ts'
import { Replays } from './replays.ts'
import { Running } from './running.ts'

/** A message with part of a file that is smaller counts as any other: each costs far more than it carries. */
const crumb = 1_024

/** What is open on a socket: calls, streams, channels and their messages, from the frame that begins each to its end. */
export class Exchange implements ChannelHost {
  readonly id: string
  readonly log: Log
  readonly connection: Connection
  readonly open = new OpenIds()
  /** Whether nothing new is taken. */
  isStopping = false
  readonly #runtime: Runtime
  readonly #limits: SocketLimits
  readonly #calls: Calls
  #replays: Replays | undefined
  /** The highest id so far. */
  #last = 0
  #closed = false

  constructor(connection: Connection, before?: ExchangeSnapshot) {
    this.#last = before?.last ?? 0
    this.id = connection.id
    this.connection = connection
    this.#runtime = connection.host.runtime
    this.#limits = connection.host.limits
    this.log = this.#runtime.log
    this.#calls = new Calls(this)
  }

  /** Whether channels have to do without what goes on beside them. */
  get isBrief(): boolean {
    return this.connection.host.brief !== undefined
  }

  /** Whether calls are still running. */
  get isBusy(): boolean {
    return [...this.open].some(({ opens, stream }) => !opens && !stream)
  }

  /** The channels that are open; `undefined` while there is anything else. */
  snapshot(): ExchangeSnapshot | undefined {
    const channels: ChannelSnapshot[] = []
    for (const { number, opens, opened } of this.open) {
      if (!opens || !opened) return undefined
      channels.push({ id: number, path: opens.channel.contract.path, input: opens.wire, at: opens.at })
    }
    return { last: this.#last, channels }
  }

  /** Opens channels again, as a client does that comes back; where that fails, they have ended by an error. */
  async resume({ channels }: ExchangeSnapshot): Promise<void> {
    const opening = channels.map(async ({ id, path, input, at, held }) => {
      const running = new Running(this.#calls, id)
      this.open.add(running)
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
    const files = this.open.get(id)?.files
    // What has been ended, or has failed, may have bytes under way still.
    if (!files && id > this.#last) this.#violated('bytes for nothing')
    if (files && !files.add(message.subarray(4))) this.#violated('more bytes than were announced')
    return files !== undefined && (message.byteLength >= crumb || !files.isAmidst)
  }

  /** Lets a stream send this many more items. */
  more(id: number, credit: number): void {
    this.open.get(id)?.stream?.more(credit)
  }

  /** Ends what waits for files that do not come, so that it holds nothing for ever. */
  cutSlowFiles(): void {
    for (const running of this.open) {
      if (running.files?.isSlow(this.#limits.silence)) this.fail(running, tooSlow())
    }
  }

  /** Ends the channels and streams that a session has opened whose place another one has taken. */
  disown(): void {
    for (const running of this.open) {
      running.disowned = true
      if (running.opens) this.end(running.number, disowned())
      else running.stream?.fail(disowned())
    }
  }

  /** Takes nothing new, and ends streams. */
  stop(): void {
    this.isStopping = true
    for (const { stream } of this.open) stream?.fail(away())
  }

  /** The socket is closed. */
  closed(): void {
    this.#closed = true
    for (const running of this.open.clear()) this.#leave(running)
  }

  /** Ends a channel: by the server, or by an error. */
  end(id: number, error?: PikkuError, reason?: string): void {
    const running = this.open.get(id)
    if (!running) return
    if (error) this.fail(running, error)
    else this.answer(running, frames.done(id, reason === undefined ? undefined : { reason }))
    this.#leave(running)
  }

  /** A frame that asks for something, and has an id of its own. */
  begin(frame: Frame<'call' | 'open' | 'send'>): void {
    // What has a key is sent again elsewhere, when nothing has answered it here.
    if (this.isStopping && frame.kind !== 'open' && frame.key !== undefined) return
    const running = new Running(this.#calls, frame.id, frame)
    if (this.open.get(frame.id)) this.#violated('an id that is in use')
    else if (this.open.size >= this.#limits.open) this.connection.close(closeCodes.flood, 'too much at once')
    if (this.#closed) return
    this.#last = Math.max(this.#last, frame.id)
    this.open.add(running)
    try {
      if (this.isStopping) throw away()
      if (frame.kind === 'call') this.#calls.call(frame, running)
      else if (frame.kind === 'open') this.#openFrame(frame, running)
      else this.#calls.message(frame, running, this.open.get(frame.on)?.opens)
    } catch (error) {
      this.fail(running, error)
    }
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
      if (this.isOpen(running)) {
        await this.connection.host.brief?.opens(running.number, channel, session.value)
        channel.opened()
      } else await this.#disconnect(channel, session)
    } catch (error) {
      this.fail(running, error)
      this.#leave(running)
    }
  }

  /** The client ends it. */
  endByClient(id: number): void {
    const running = this.open.get(id)
    if (!running) {
      this.connection.host.brief?.passes(id)
      return
    }
    if (running.opens) this.answer(running, frames.done(id))
    else this.#settle(running)
    this.#leave(running)
  }

  /** Whether it is open still; a client may have used its id again. */
  isOpen(running: Running): boolean {
    return this.open.get(running.number) === running
  }

  /** Its answer, which ends it. */
  answer(running: Running, frame: string): void {
    if (!this.#settle(running)) return
    this.send(frame)
    this.#rest()
  }

  /** It ends by an error. */
  fail(running: Running, error: unknown): void {
    if (!this.#settle(running)) return
    this.connection.fail(running.number, error)
    this.#rest()
  }

  /** It is over; `false` where it was before. */
  #settle(running: Running): boolean {
    return this.open.delete(running)
  }

  /** It is over, and nothing is said. */
  drop(running: Running): void {
    if (this.#settle(running)) this.#rest()
  }

  #rest(): void {
    if (this.open.size === 0) this.connection.host.idle(this.connection)
  }

  /** Ends what runs for it. */
  #leave(running: Running): void {
    running.end()
    const { opens, opened } = running
    opens?.end()
    // Its messages that wait for their turn, or for their files, run no more.
    if (opens) for (const other of this.open) if (other.waits && other.through === opens) this.#settle(other)
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
