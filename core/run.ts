import type { ActiveCall } from './active-call.ts'
import type { Due } from './deadlines.ts'
import type { PikkuError } from './errors.ts'
import type { Operation } from './operation.ts'
import { CallScope } from './services.ts'

/** Who is told how a call has ended. */
export interface Caller {
  answered(output: unknown): void
  failed(error: PikkuError): void
}

/** A call on its way through the runtime, with what its handler is not to see. */
export class Run implements Due<Run> {
  readonly operation: Operation
  readonly call: ActiveCall
  readonly scope: CallScope = new CallScope()
  readonly caller: Caller
  /** Whether it has failed or was cut: what its handler gives then is not heard any more. */
  failed = false
  ended = false
  /** Whether it was answered by something that is read while the call goes on. */
  streams = false
  time: number
  before: Run | undefined
  behind: Run | undefined

  constructor(operation: Operation, call: ActiveCall, caller: Caller) {
    this.operation = operation
    this.call = call
    this.caller = caller
    this.time = operation.timeout
  }

  get start(): number {
    return this.call.start
  }
}
