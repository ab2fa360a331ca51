import { setImmediate, setTimeout } from 'node:timers/promises'
import { type BoundChannel, PikkuError, type Runtime } from '../../core/index.ts'
import { toText } from '../hub/text.ts'
import type { BriefHost, ConnectionHost } from '../realtime/connection.ts'
import type { EventTexts } from '../realtime/event-text.ts'
import type { SocketLimits } from '../realtime/limits.ts'
import type { OpenChannel } from '../realtime/open-channel.ts'
import type { KeptConnections } from './kept-connections.ts'

/** What an invocation needs of the sockets of its app. */
export interface InvocationSetup {
  readonly runtime: Runtime
  readonly limits: SocketLimits
  readonly connections: KeptConnections
  texts(channel: BoundChannel): Promise<EventTexts>
  /** Channels have begun, or ended, by which somebody is present. */
  changed(members: OpenChannel['members']): Promise<void>
  /** Nobody knows what the client has been sent: it is to come back. */
  lost(): void
}

/** A channel that this invocation has opened, and until when it is the one to send its events. */
export interface OpenedChannel {
  readonly number: number
  readonly channel: OpenChannel
  readonly until: number
}

/** How long to wait before asking again for the turn to send events, in milliseconds. */
const pause = 20

/** Has a connection for as long as one of its messages takes, and knows what is to be waited for until then. */
export class Invocation implements ConnectionHost {
  readonly runtime: Runtime
  readonly limits: SocketLimits
  readonly brief: BriefHost
  opened: OpenedChannel | undefined
  readonly #id: string
  readonly #setup: InvocationSetup
  readonly #work = new Set<Promise<unknown>>()
  /** Fails once the time of the function is over. */
  readonly #over = Promise.withResolvers<never>()
  /** Channels that `connect` let in, and that were not kept. */
  readonly #unkept = new Set<number>()

  constructor(id: string, setup: InvocationSetup) {
    this.#id = id
    this.#setup = setup
    this.limits = setup.limits
    this.runtime = this.#watched(setup.runtime)
    this.brief = {
      opens: (...opening) => this.#wait(this.#opens(...opening)),
      ends: (number, disconnect) => void this.#wait(this.#ends(number, disconnect)),
      passes: (number) => void this.#wait(setup.connections.pass(id, number)),
      renews: (pass) => this.#wait(setup.connections.renew(id, pass.snapshot())),
    }
    this.#over.promise.catch(() => {})
  }

  texts(channel: BoundChannel): Promise<EventTexts> {
    return this.#wait(this.#setup.texts(channel))
  }

  idle(): void {}

  /** The time of the function is over: what still runs is answered so. */
  end(): void {
    this.#over.reject(new PikkuError('TIMEOUT', { detail: 'The time of this function is over.' }))
  }

  /** Resolves when all has been done that the message asked for. */
  async settled(): Promise<void> {
    while (this.#work.size > 0) {
      await Promise.allSettled(this.#work)
      // What waited for it goes on now, and may begin something else.
      await setImmediate()
    }
  }

  #wait<Result>(work: Promise<Result>): Promise<Result> {
    const done = () => this.#work.delete(work)
    this.#work.add(work)
    work.then(done, done)
    return work
  }

  #watched(runtime: Runtime): Runtime {
    const { operations, channels, log, sources, services } = runtime
    const call: Runtime['call'] = (...call) => this.#wait(Promise.race([runtime.call(...call), this.#over.promise]))
    return {
      operations,
      channels,
      log,
      sources,
      services,
      call,
      run: (operation, read, incoming, caller) =>
        void call(operation, read, incoming).then(
          (output) => caller.answered(output),
          (error) => caller.failed(error),
        ),
      session: (...asked) => this.#wait(runtime.session(...asked)),
      toProblem: (...error) => runtime.toProblem(...error),
      finish: (work) => void this.#wait(work),
      dispose: () => runtime.dispose(),
    }
  }

  async #opens(number: number, channel: OpenChannel, session: unknown): Promise<void> {
    this.#unkept.add(number)
    const { connections } = this.#setup
    const held = toHeld(channel, session)
    const until = await this.#turn()
    await channel.rest()
    const { wire: input, at, topics, members, shown } = channel
    const { path } = channel.channel.contract
    this.opened = { number, channel, until }
    const kept = { id: number, path, input, at, topics, members, shown, held }
    if (!(await connections.open(this.#id, kept))) throw ended()
    this.#unkept.delete(number)
  }

  async #ends(number: number, disconnect: () => Promise<void>): Promise<void> {
    const isUnkept = this.#unkept.delete(number)
    const kept = isUnkept ? undefined : await this.#setup.connections.end(this.#id, number)
    if (isUnkept || kept) await disconnect()
    if (kept) await this.#setup.changed(kept.members)
  }

  /** Waits until nobody else sends events. */
  async #turn(): Promise<number> {
    for (;;) {
      const until = await this.#setup.connections.take(this.#id)
      if (typeof until === 'number') return until
      if (until !== 'taken') {
        this.#setup.lost()
        throw ended()
      }
      await setTimeout(pause)
    }
  }
}

function toHeld({ params }: OpenChannel, session: unknown): string {
  try {
    return toText({ params, session })
  } catch (cause) {
    throw new TypeError('The session of a channel is kept here as text, and is to be data.', { cause })
  }
}

function ended(): PikkuError {
  return new PikkuError('CLIENT_CLOSED_REQUEST', { detail: 'The channel was ended before it was open.' })
}
