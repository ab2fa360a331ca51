import type { PikkuError } from '../core/index.ts'
import type { invoke } from './invocation.ts'
import type { CallOptions, ClientOptions } from './options.ts'

/**
 * What only some apps need of the client. The generated `client.ts` imports the pieces that its operations use, and
 * hands them over, so that no page loads the others.
 */
export interface Pieces {
  /** For operations that take or give something else than JSON: calls them, and the others too. */
  readonly files?: typeof invoke
  /** For operations that answer with a stream. */
  readonly streams?: (open: Open, call: CallOptions, options: ClientOptions) => AsyncIterable<unknown>
}

/** Calls the operation, with what is different for this time, and gives its outputs as they are read. */
export type Open = (
  read: Read,
  own?: CallOptions & { /** Milliseconds to wait before it begins. */ readonly delay?: number },
) => AsyncIterable<unknown>

/**
 * Finds the outputs of a successful answer, as JSON; an empty text is none.
 *
 * @param signal fires when the call is over.
 * @param lost the error for an answer that was cut.
 * @param toError the error that a problem, as JSON, stands for, or what is none at all.
 */
export type Read = (
  response: Response,
  signal: AbortSignal,
  toError: (json: string) => PikkuError,
  lost: (cause?: unknown) => unknown,
) => AsyncIterable<string> | Promise<Iterable<string>>
