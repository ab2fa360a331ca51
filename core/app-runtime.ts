import { ActiveCall } from './active-call.ts'
import { CallLog } from './call-log.ts'
import type { BoundChannel } from './channels.ts'
import { Deadlines } from './deadlines.ts'
import { PikkuError } from './errors.ts'
import { findSession } from './find-session.ts'
import { type IdempotencyStore, once } from './idempotency.ts'
import { inTime } from './in-time.ts'
import type { Log } from './log.ts'
import { throughMiddleware } from './middleware.ts'
import { codecsOf, type Operation } from './operation.ts'
import { countCall, type RateLimiter } from './rate-limit.ts'
import { readThrough } from './read-through.ts'
import { type Caller, Run } from './run.ts'
import type { Incoming, Runtime, RuntimeOptions } from './runtime.ts'
import { CallScope, type LazyServices, type ServiceContainer } from './services.ts'
import type { SessionSource } from './session.ts'
import { withWireData } from './wire-data.ts'
import { responseWith, toInput, toOutput, toWire, withIds } from './wire-values.ts'

/** The runtime of an app in which nothing is wrong. */
export class AppRuntime implements Runtime {
  readonly operations: ReadonlyMap<string, Operation>
  readonly channels: ReadonlyMap<string, BoundChannel>
  readonly log: Log
  readonly services: LazyServices<object>
  readonly #container: ServiceContainer
  readonly sources: readonly SessionSource<unknown, unknown>[]
  readonly #sessionServices: readonly string[]
  readonly #rateLimiter: RateLimiter | undefined
  readonly #idempotency: IdempotencyStore | undefined
  readonly #callLog: CallLog
  /** Milliseconds for what belongs to a call and has no time of its own: its session, the end of its services. */
  readonly #patience: number
  /** Errors whose data is encoded, and which the log knows. */
  readonly #ready = new WeakSet<PikkuError>()
  readonly #running = new Deadlines<Run>((run) => void this.#cut(run, late(run.operation.timeout)))
  readonly #finishing = new Set<Promise<unknown>>()

  constructor(
    operations: ReadonlyMap<string, Operation>,
    channels: ReadonlyMap<string, BoundChannel>,
    container: ServiceContainer,
    sources: readonly SessionSource<unknown, unknown>[],
    sessionServices: readonly string[],
    log: Log,
    {
      rateLimiter,
      idempotency,
      logCalls = false,
      timeout,
    }: Pick<RuntimeOptions<never>, 'rateLimiter' | 'idempotency' | 'logCalls' | 'timeout'>,
  ) {
    this.operations = operations
    this.channels = channels
    this.#container = container
    this.services = container.lazy
    this.sources = sources
    this.#sessionServices = sessionServices
    this.log = log
    this.#rateLimiter = rateLimiter
    this.#idempotency = idempotency
    this.#callLog = new CallLog(log, logCalls)
    this.#patience = timeout || 30_000
  }

  call(operation: Operation, read: () => unknown, incoming: Incoming): Promise<unknown> {
    return new Promise((answered, failed) => this.run(operation, read, incoming, { answered, failed }))
  }

  run(operation: Operation, read: () => unknown, incoming: Incoming, caller: Caller): void {
    const run = new Run(operation, new ActiveCall(operation.name, incoming, this.log), caller)
    this.#running.add(run)
    void this.#run(run, read, incoming)
  }

  /** Waits for nothing that is there already: a promise costs as much as all else that a short call does. */
  async #run(run: Run, read: () => unknown, incoming: Incoming): Promise<void> {
    const { operation, call, scope } = run
    try {
      const limiter = operation.limits.length > 0 ? this.#rateLimiter : undefined
      if (limiter) await countCall(limiter, operation, call, 'address')
      if (incoming.session) call.session = incoming.session.value
      else if (this.sources.length > 0) {
        // A function without a deadline has one for this.
        const time = operation.timeout > 0 ? 0 : this.#patience
        call.session = await this.#findSession(incoming, call, scope, time)
      }
      if (operation.auth && call.session === undefined) {
        throw new PikkuError('UNAUTHENTICATED', { detail: 'Sign in first: this needs a session.' })
      }
      if (limiter) await countCall(limiter, operation, call, 'session')
      const { decode, encode } = operation.codecs ?? (await codecsOf(operation))
      const sent = decode && read()
      const wire = sent instanceof Promise ? await sent : sent
      const decoded = decode?.(wire)
      const input = decoded && toInput('success' in decoded ? decoded : await decoded)
      const made = this.#container.make(operation.services, call, scope)
      const services = made instanceof Promise ? await made : made
      if (operation.permission && !(await operation.permission.check(services, input, call))) {
        call.log.info({ permission: operation.permission.name }, 'refused')
        throw new PikkuError('FORBIDDEN', { detail: 'You may not do this.' })
      }
      let answer: unknown
      if (operation.idempotency) {
        const handle = async () => toWire(operation, encode, await throughMiddleware(operation, services, input, call))
        answer = await this.#once(operation, wire, incoming, call, handle)
      } else {
        const output = toWire(operation, encode, await throughMiddleware(operation, services, input, call))
        answer = output instanceof Promise ? await output : output
      }
      if (run.failed) return
      answer = this.#throughEnd(run, answer)
      const ending = run.streams ? undefined : this.#end(run)
      if (ending) await ending
      run.caller.answered(answer)
    } catch (error) {
      await this.#fail(run, error)
    }
  }

  async #fail(run: Run, error: unknown, isCut = false): Promise<void> {
    if (run.failed) return
    run.failed = true
    run.call.abort(error)
    const problem = await this.#problem(error, run.operation, run.call)
    const ending = this.#end(run)
    // What holds up the end of a call that was cut is not to hold up its caller.
    if (ending && !isCut) await ending
    run.caller.failed(problem)
    await ending
  }

  /** Ends a call before its time, whether or not its handler heeds the signal. */
  async #cut(run: Run, error: PikkuError): Promise<void> {
    if (!run.streams) return this.#fail(run, error, true)
    run.call.abort(error)
    await this.#end(run)
  }

  /** @param time milliseconds that it may take; 0 where something else watches. */
  #findSession(incoming: Incoming, call: ActiveCall, scope: CallScope, time = 0): Promise<unknown> {
    const services = async () => this.#container.make(this.#sessionServices, call, scope)
    const finding = findSession(this.sources, incoming, call, services)
    return time > 0 ? inTime(finding, time, () => lateSession(time)) : finding
  }

  async session(incoming: Incoming, time: number): Promise<unknown> {
    const call = new ActiveCall('session', incoming, this.log)
    const scope = new CallScope()
    try {
      return await this.#findSession(incoming, call, scope, time)
    } catch (error) {
      call.abort(error)
      throw this.#told(error, call)
    } finally {
      call.end()
      const ending = this.#disposed(scope, call)
      if (ending) this.finish(ending)
    }
  }

  /** Runs a call that may come again. Its errors are kept as they are sent. */
  async #once(
    operation: Operation,
    wire: unknown,
    incoming: Incoming,
    call: ActiveCall,
    run: () => Promise<unknown>,
  ): Promise<unknown> {
    const { name, timeout, idempotency = {} } = operation
    const credential = this.sources.map((source) => incoming.credential(source)).find(Boolean) ?? ''
    const keyed = { name, timeout, idempotency, key: incoming.idempotencyKey, credential, wire }
    const store = this.#idempotency as IdempotencyStore
    const failed = async (error: unknown) => {
      throw await this.#problem(error, operation, call)
    }
    try {
      return await once(store, keyed, call, () => run().catch(failed))
    } catch (error) {
      if (error instanceof PikkuError) this.#ready.add(error)
      throw error
    }
  }

  /** The answer. One that is read after its handler has returned has the call go on until then. */
  #throughEnd(run: Run, answer: unknown): unknown {
    const { operation } = run
    if (operation.contract.kind === 'stream') {
      const items = this.#items(run, answer)
      // Started, so that a reader who leaves before the first item ends it too.
      void items.next()
      this.#goOn(run)
      return items
    }
    if (!operation.contract.answer) return answer
    const whole = answer instanceof Response ? answer : undefined
    const stream: unknown = whole ? whole.body : answer
    if (!(stream instanceof ReadableStream)) return answer
    this.#goOn(run)
    const body = readThrough(stream, {
      failed: (error) => this.#problem(error, operation, run.call),
      ended: async () => {
        run.call.abort(new PikkuError('CLIENT_CLOSED_REQUEST'))
        await this.#end(run)
      },
    })
    return whole ? responseWith(body, whole) : body
  }

  #goOn(run: Run): void {
    this.#running.spare(run)
    run.streams = true
  }

  /** The items of a stream, each encoded; whoever stops reading ends the generator behind it. */
  async *#items(run: Run, output: unknown) {
    const { operation, call } = run
    try {
      yield
      const { encode } = await codecsOf(operation)
      const toWire = async (item: unknown) => encode && toOutput(await encode(item), operation.name)
      for await (const item of output as AsyncIterable<unknown>) {
        if (call.signal.aborted) return
        yield operation.contract.resumable ? await withIds(item, toWire) : toWire(item)
      }
    } catch (error) {
      if (!call.signal.aborted) throw await this.#problem(error, operation, call)
    } finally {
      call.abort(new PikkuError('CLIENT_CLOSED_REQUEST'))
      await this.#end(run)
    }
  }

  /** A promise only where something is to be disposed. */
  #end(run: Run): Promise<void> | undefined {
    if (run.ended) return undefined
    run.ended = true
    this.#running.delete(run)
    this.#callLog.ended(run.call)
    run.call.end()
    return this.#disposed(run.scope, run.call)
  }

  #disposed(scope: CallScope, call: ActiveCall): Promise<void> | undefined {
    if (scope.isEmpty) return undefined
    const time = this.#patience
    return inTime(scope.dispose(), time, () => new Error(`It took longer than ${time / 1000} s.`)).catch(
      (error: unknown) => call.log.error({ error }, 'a service of this call was not disposed'),
    )
  }

  /** The error as it may be sent, with the data that its contract names and no other. */
  async #problem(error: unknown, operation: Operation, call: ActiveCall): Promise<PikkuError> {
    const isReady = error instanceof PikkuError && this.#ready.has(error)
    const problem = isReady ? error : this.#told(error, call)
    call.code = problem.code
    if (isReady) return problem
    return problem.data === undefined ? problem : withWireData(problem, operation, call.log)
  }

  #told(error: unknown, call: ActiveCall): PikkuError {
    if (call.left && !(error instanceof PikkuError)) return new PikkuError('CLIENT_CLOSED_REQUEST', { cause: error })
    const problem = this.toProblem(error, call.fields)
    if (problem === error && problem.status >= 500) this.#callLog.failed(error, call.fields)
    return problem
  }

  toProblem(error: unknown, about: { readonly id: string; readonly operation?: string }): PikkuError {
    if (error instanceof PikkuError) return error
    this.#callLog.failed(error, about)
    return new PikkuError('INTERNAL', { cause: error, detail: 'Something went wrong on the server.' })
  }

  finish(work: Promise<unknown>): void {
    this.#finishing.add(work)
    const done = () => this.#finishing.delete(work)
    work.then(done, done)
  }

  async dispose(): Promise<void> {
    await this.#finished()
    const stopping = () => new PikkuError('UNAVAILABLE', { detail: 'The server is stopping.' })
    for (const run of this.#running) this.finish(this.#cut(run, stopping()))
    await this.#finished()
    await this.#container.dispose()
  }

  async #finished(): Promise<void> {
    if (this.#finishing.size === 0) return
    const late = Promise.withResolvers<void>()
    const timer = setTimeout(late.resolve, patience)
    await Promise.race([Promise.allSettled(this.#finishing), late.promise])
    clearTimeout(timer)
  }
}

/** Milliseconds for which a runtime that is to end waits for what is to be finished. */
const patience = 2_000

function late(timeout: number): PikkuError {
  return new PikkuError('TIMEOUT', { detail: `The answer took longer than ${timeout / 1000} s.` })
}

function lateSession(time: number): PikkuError {
  return new PikkuError('TIMEOUT', { detail: `The session was not found within ${time / 1000} s.` })
}
