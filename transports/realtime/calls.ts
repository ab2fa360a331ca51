import { type Operation, PikkuError, type Runtime } from '../../core/index.ts'
import { Attachments } from './attachments.ts'
import type { Connection } from './connection.ts'
import type { Exchange } from './exchange.ts'
import { type Frame, frames } from './frames.ts'
import type { SocketLimits } from './limits.ts'
import type { OpenChannel } from './open-channel.ts'
import { sendFile } from './outgoing-file.ts'
import { OutgoingStream } from './outgoing-stream.ts'
import { away, checkContent, disowned, noSession, tooMany, tooManyFiles } from './refusals.ts'
import type { Place, Running } from './running.ts'

/** Runs what a socket calls, and sends what it answers. */
export class Calls implements Place {
  readonly connection: Connection
  readonly #exchange: Exchange
  readonly #runtime: Runtime
  readonly #limits: SocketLimits

  constructor(exchange: Exchange) {
    const { runtime, limits } = exchange.connection.host
    this.connection = exchange.connection
    this.#exchange = exchange
    this.#runtime = runtime
    this.#limits = limits
  }

  /** Calls an operation by its name. */
  call(frame: Frame<'call'>, running: Running): void {
    const operation = this.#runtime.operations.get(frame.to)
    if (!operation?.contract.rpc) throw new PikkuError('NOT_FOUND', { detail: 'There is no operation of this name.' })
    this.#await(operation, frame, running)
  }

  /** Hands a message to its channel. */
  message(frame: Frame<'send'>, running: Running, channel: OpenChannel | undefined): void {
    if (!channel) throw new PikkuError('NOT_FOUND', { detail: 'There is no channel of this id.' })
    const operation = channel.channel.messages.get(frame.to)
    running.through = channel
    if (!operation) throw new PikkuError('NOT_FOUND', { detail: 'This channel takes no message of this name.' })
    this.#await(operation, frame, running)
  }

  /** Runs it once the files that its frame announces are there, and what came before it through its channel has run. */
  #await(operation: Operation, { files }: Frame<'call' | 'send'>, running: Running): void {
    checkContent(operation, files, this.#exchange.isBrief)
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
    for (const { files } of this.#exchange.open) kept += files?.size ?? 0
    if (kept > size && kept > this.#limits.files) throw tooManyFiles()
  }

  #take(operation: Operation, running: Running): void {
    const { through } = running
    if (!through) this.#run(operation, running)
    else if (!through.serial.run(() => this.#run(operation, running))) this.#exchange.fail(running, tooMany())
  }

  #run(operation: Operation, running: Running): void {
    if (!this.#exchange.isOpen(running)) running.through?.serial.next()
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
      else this.#exchange.answer(running, frames.done(running.number, output))
    } catch (error) {
      this.#exchange.fail(running, error)
    }
    running.through?.serial.next()
  }

  /** What it has called has failed. */
  failed(running: Running, error: unknown): void {
    this.#exchange.fail(running, error)
    running.through?.serial.next()
  }

  #stream(items: AsyncGenerator<unknown>, running: Running): void {
    if (!this.#exchange.isOpen(running)) return void items.return(undefined).catch(() => {})
    running.stream = new OutgoingStream(items, running.credit, {
      item: (item) => this.connection.send(item(running.number)),
      done: () => this.#exchange.answer(running, frames.done(running.number)),
      failed: (error) => this.#exchange.fail(running, error),
    })
    if (this.#exchange.isStopping) running.stream.fail(away())
    else if (running.disowned) running.stream.fail(disowned())
  }

  async #file(output: unknown, running: Running): Promise<void> {
    const [isOver, { connection }] = [() => !this.#exchange.isOpen(running), this]
    try {
      await sendFile(running.number, output, this.#limits.message, {
        send: (message) => connection.send(message),
        read: () => connection.read(),
        get over() {
          return isOver()
        },
      })
      this.#exchange.drop(running)
    } catch (error) {
      this.#exchange.fail(running, error)
    }
    running.through?.serial.next()
  }
}
