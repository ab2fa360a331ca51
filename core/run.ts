import type { ActiveCall } from './active-call.ts'
import type { Due } from './deadlines.ts'
import type { Operation } from './operation.ts'
import { CallScope } from './services.ts'

/** A call on its way through the runtime, with what its handler is not to see. */
export class Run implements Due<Run> {
  readonly operation: Operation
  readonly call: ActiveCall
  readonly scope: CallScope = new CallScope()
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: unknown) => void
  /** Whether it has failed or was cut: what its handler gives then is not heard any more. */
  failed = false
  ended = false
  /** Whether it was answered by something that is read while the call goes on. */
  streams = false
  time: number
  before: Run | undefined
  behind: Run | undefined

  constructor(
    operation: Operation,
    call: ActiveCall,
    resolve: (answer: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this.operation = operation
    this.call = call
    this.resolve = resolve
    this.reject = reject
    this.time = operation.timeout
  }

  get start(): number {
    return this.call.start
  }
}
