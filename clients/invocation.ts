import type { PikkuError } from '../core/index.ts'
import { readEvents, type ServerSentEvent } from './event-stream.ts'
import { badAnswer, failure, headerOf, isOf, toFailure, unreachable } from './failure.ts'
import type { Operation } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import { convert, type Plans } from './plan.ts'
import { toRequest } from './request.ts'
import { retryDelay } from './retry.ts'

/** Calls an operation and gives what it answers: each item of a stream, otherwise its one output, if it has any. */
export async function* invoke(
  baseUrl: string,
  name: string,
  operation: Operation,
  plans: Plans,
  input: unknown,
  options: ClientOptions,
  call: CallOptions,
): AsyncGenerator<unknown, void, void> {
  const { signal: caller, timeout = options.timeout ?? 30_000 } = call
  caller?.throwIfAborted()
  const controller = new AbortController()
  const { signal } = controller
  caller?.addEventListener('abort', () => controller.abort(caller.reason), { signal })
  const over = new Promise<never>((_, reject) => onAbort(signal, () => reject(signal.reason)))
  let streaming = false
  const late = () =>
    streaming || controller.abort(failure('TIMEOUT', { status: 0, detail: `${name}: no answer within ${timeout} ms.` }))
  // Timers cannot count to what is more than this, and fire at once.
  if (timeout && timeout < 2e9) later(late, timeout, signal)

  /** Makes the request, again where that is safe and makes sense. The text of its success, unless it is a stream. */
  const send = async (): Promise<readonly [Response, string]> => {
    const { method, target, body } = toRequest(name, operation, input, plans)
    const { fetch: request = fetch, headers: general } = options
    const retries = operation.r ? (call.retries ?? options.retries ?? 2) : 0
    for (let tried = 0; ; tried++) {
      const headers = new Headers(typeof general === 'function' ? await general() : general)
      for (const [key, value] of new Headers(call.headers)) headers.set(key, value)
      if (body !== null) headers.set('content-type', 'application/json')
      signal.throwIfAborted()
      let response: Response | undefined
      let error: PikkuError
      try {
        response = await request(baseUrl + target, { ...options, method, headers, body, signal } as RequestInit)
        const { ok } = response
        const text = ok && operation.s ? '' : await response.text()
        if (ok) return [response, text]
        error = toFailure(name, response, text, operation.e, plans)
      } catch (cause) {
        error = unreachable(name, response, cause)
      }
      const delay = retryDelay(error.status, headerOf(response, 'retry-after'), tried, timeout)
      if (tried >= retries || delay === undefined) throw error
      await new Promise<void>((resolve) => later(resolve, delay, signal))
    }
  }

  try {
    // What does not listen to the signal, such as a hook for headers, cannot hold the call.
    const [response, text] = await Promise.race([send(), over])
    const toOutput = (json: string) => {
      try {
        return convert(operation.o, JSON.parse(json), plans, true)
      } catch (cause) {
        throw badAnswer(name, response, cause)
      }
    }
    if (!operation.s) {
      if (text) yield toOutput(text)
      return
    }
    streaming = true
    for await (const { event, data } of eventsOf(name, response, signal)) {
      if (event === 'done') return
      if (event === 'error') throw toFailure(name, response, data, operation.e, plans)
      if (!event) yield toOutput(data)
    }
  } finally {
    controller.abort()
  }
}

/** The events of an answer, of which one says that it is done: without that it is not whole. */
async function* eventsOf(name: string, response: Response, signal: AbortSignal): AsyncGenerator<ServerSentEvent> {
  const reader = isOf(response, 'text/event-stream') && response.body?.getReader()
  if (!reader) throw badAnswer(name, response)
  // A body that knows nothing of the signal, such as that of a `fetch` of one's own, ends with it all the same.
  onAbort(signal, () => reader.cancel().catch(() => {}))
  let cause: unknown
  const read = () =>
    reader.read().catch((error) => {
      cause = error
      return { done: true }
    })
  for await (const event of readEvents(read)) {
    signal.throwIfAborted()
    yield event
  }
  signal.throwIfAborted()
  throw unreachable(name, response, cause)
}

/** Runs it after a delay, and not at all when the signal fires before. */
function later(run: () => void, delay: number, signal: AbortSignal): void {
  const timer = setTimeout(run, delay)
  onAbort(signal, () => clearTimeout(timer))
}

function onAbort(signal: AbortSignal, run: () => unknown): void {
  signal.addEventListener('abort', run)
}
