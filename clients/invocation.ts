import type { PikkuError } from '../core/index.ts'
import { badAnswer, failure, toFailure, unreachable } from './failure.ts'
import type { Operation } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import type { Open, Read } from './pieces.ts'
import { convert, type Plans } from './plan.ts'
import { toRequest } from './request.ts'
import { retryDelay } from './retry.ts'

/** Calls an operation and gives its outputs, as `read` finds them in the answer. */
export async function* invoke(
  baseUrl: string,
  name: string,
  operation: Operation,
  plans: Plans,
  input: unknown,
  options: ClientOptions,
  call: CallOptions & Parameters<Open>[1],
  read: Read,
): AsyncGenerator<unknown, void, void> {
  const { signal: caller, timeout = options.timeout ?? 30_000, delay } = call
  caller?.throwIfAborted()
  const controller = new AbortController()
  const { signal } = controller
  caller?.addEventListener('abort', () => controller.abort(caller.reason), { signal })
  const over = new Promise<never>((_, reject) => onAbort(signal, () => reject(signal.reason)))
  const pause = (delay: number) => new Promise<void>((resolve) => later(resolve, delay, signal))
  let begun = false
  const late = () =>
    begun || controller.abort(failure('TIMEOUT', { detail: `${name}: no answer within ${timeout} ms.` }))
  let response: Response | undefined
  const toError = (json: string) => toFailure(name, response as Response, json, operation.e, plans)
  const lost = (cause: unknown) => (signal.aborted ? signal.reason : unreachable(name, response, cause))

  const toOutput = (json: string) => {
    try {
      return convert(operation.o, JSON.parse(json), plans, true)
    } catch (cause) {
      throw badAnswer(name, response as Response, cause)
    }
  }

  /** Makes the request, again where that is safe and makes sense, and gives what is read of the answer. */
  const answer = async () => {
    if (delay) await pause(delay)
    // Timers cannot count to what is more than this, and fire at once.
    if (timeout && timeout < 2e9) later(late, timeout, signal)
    const [method, target, body, own] = toRequest(name, operation, input, plans)
    const { fetch: request = fetch, headers: general } = options
    const key = operation.k?.()
    const retries = key || operation.m === 'GET' ? (call.retries ?? options.retries ?? 2) : 0
    for (let tried = 0; ; tried++) {
      const headers = new Headers(typeof general === 'function' ? await general() : general)
      for (const [field, value] of [...new Headers(call.headers), ...own]) headers.set(field, value)
      if (body !== null) headers.set('content-type', 'application/json')
      if (key) headers.set('idempotency-key', key)
      signal.throwIfAborted()
      response = undefined
      let error: PikkuError
      try {
        response = await request(baseUrl + target, { ...options, method, headers, body, signal } as RequestInit)
        if (response.ok) return await read(response, signal, toError, lost)
        error = toError(await response.text())
      } catch (cause) {
        error = lost(cause)
      }
      const delay = retryDelay(error, tried, timeout)
      if (tried >= retries || delay === undefined) throw error
      await pause(delay)
    }
  }

  try {
    // What does not listen to the signal, such as a hook for headers, cannot hold the call.
    const texts = await Promise.race([answer(), over])
    begun = true
    for await (const json of texts) if (json) yield toOutput(json)
  } finally {
    controller.abort()
  }
}

/** An answer that is one output, or none. */
export const readText: Read = async (response) => [await response.text()]

/** Runs it after a delay, and not at all when the signal fires before. */
function later(run: () => void, delay: number, signal: AbortSignal): void {
  const timer = setTimeout(run, delay)
  onAbort(signal, () => clearTimeout(timer))
}

/** Runs it when the signal fires. */
export function onAbort(signal: AbortSignal, run: () => unknown): void {
  signal.addEventListener('abort', run)
}
