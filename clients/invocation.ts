import { PikkuError } from '../core/index.ts'
import { readEvents } from './event-stream.ts'
import { badAnswer, headerOf, toFailure, unreachable } from './failure.ts'
import type { Operation } from './operation.ts'
import type { CallOptions, ClientOptions } from './options.ts'
import { type Plans, revive } from './plan.ts'
import { toRequest } from './request.ts'
import { retryDelay } from './retry.ts'

/** One use of an operation: all that is known before anything is sent. */
export interface Invocation {
  readonly name: string
  readonly operation: Operation
  readonly input: unknown
  readonly baseUrl: string
  readonly plans: Plans
  readonly client: ClientOptions
  readonly call: CallOptions
}

/** Calls an operation and gives what it answers: each item of a stream, otherwise its one output, if it has any. */
export async function* invoke(invocation: Invocation): AsyncGenerator<unknown, void, void> {
  const { name, operation, plans, client, call } = invocation
  const { signal: caller, timeout = client.timeout ?? 30_000 } = call
  caller?.throwIfAborted()
  const controller = new AbortController()
  const { signal } = controller
  caller?.addEventListener('abort', () => controller.abort(caller.reason), { signal })
  const over = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  let streaming = false
  const late = () => streaming || controller.abort(timedOut(name, timeout))
  if (timeout) later(late, timeout, signal)
  try {
    // What does not listen to the signal, such as a hook for headers, cannot hold the call.
    const [response, text] = await Promise.race([send(invocation, timeout, signal), over])
    const toOutput = (json: string) => {
      try {
        return revive(operation.o, JSON.parse(json), plans)
      } catch (cause) {
        throw badAnswer(name, response, cause)
      }
    }
    if (!operation.s) {
      if (text) yield toOutput(text)
      return
    }
    streaming = true
    const reader = headerOf(response, 'content-type')?.startsWith('text/event-stream') && response.body?.getReader()
    if (!reader) throw badAnswer(name, response)
    signal.addEventListener('abort', () => reader.cancel().catch(() => {}))
    const read = () =>
      reader.read().catch((cause) => {
        signal.throwIfAborted()
        throw unreachable(name, response, cause)
      })
    for await (const { event, data } of readEvents(read)) {
      signal.throwIfAborted()
      if (event === 'done') return
      if (event === 'error') throw toFailure(name, operation, response, data, plans)
      if (!event) yield toOutput(data)
    }
    signal.throwIfAborted()
    throw unreachable(name, response)
  } finally {
    controller.abort()
  }
}

/** Makes the request, again where that is safe and makes sense. The text of its success, unless it is a stream. */
async function send(
  { name, operation, input, baseUrl, plans, client, call }: Invocation,
  timeout: number,
  signal: AbortSignal,
): Promise<readonly [Response, string]> {
  const { method, target, body } = toRequest(name, operation, input, plans)
  const { fetch: request = fetch, credentials, headers: general } = client
  const retries = operation.r ? (call.retries ?? client.retries ?? 2) : 0
  for (let tried = 0; ; tried++) {
    const headers = new Headers(typeof general === 'function' ? await general() : general)
    new Headers(call.headers).forEach((value, key) => headers.set(key, value))
    if (body !== null) headers.set('content-type', 'application/json')
    signal.throwIfAborted()
    let response: Response | undefined
    let error: PikkuError
    try {
      response = await request(baseUrl + target, { method, headers, body, signal, ...(credentials && { credentials }) })
      const { ok } = response
      const text = ok && operation.s ? '' : await response.text()
      if (ok) return [response, text]
      error = toFailure(name, operation, response, text, plans)
    } catch (cause) {
      error = unreachable(name, response, cause)
    }
    const delay = retryDelay(error.status, headerOf(response, 'retry-after'), tried, timeout)
    if (tried >= retries || delay === undefined) throw error
    await new Promise<void>((resolve) => later(resolve, delay, signal))
  }
}

/** Runs it after a delay, and not at all when the signal fires before. Timers take no more than 2³¹ - 1 ms. */
function later(run: () => void, delay: number, signal: AbortSignal): void {
  const timer = setTimeout(run, Math.min(delay, 0x7fffffff))
  signal.addEventListener('abort', () => clearTimeout(timer))
}

function timedOut(name: string, timeout: number): PikkuError {
  return new PikkuError('TIMEOUT', { status: 0, detail: `No answer to ${name} within ${timeout} ms.` })
}
