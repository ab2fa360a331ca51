import { badAnswer, failure, toFailure } from './failure.ts'
import type { Operation } from './operation.ts'
import type { CallOptions } from './options.ts'
import { convert, type Plans } from './plan.ts'
import { createQueue } from './queue.ts'
import { keepUnfit } from './request.ts'
import type { Connection, Exchange, Lane } from './socket.ts'
import type { SocketOptions } from './socket-options.ts'

/** How many items of a stream are on their way at most. */
const credit = 16

/**
 * Calls an operation or sends a message over the socket, and gives its outputs.
 *
 * @param begin what its frame has besides.
 * @param code of the error when the answer is lost.
 */
export async function* exchange(
  connection: Connection,
  lane: Lane,
  begin: (id: number) => object,
  code: string,
  name: string,
  { i, o, e, k, m, s }: Operation,
  plans: Plans,
  input: unknown,
  options: SocketOptions,
  call: CallOptions,
): AsyncGenerator<unknown, void, void> {
  const { signal, timeout = options.timeout ?? 30_000 } = call
  signal?.throwIfAborted()
  if (!lane.open && lane.size >= (options.queue ?? 100)) {
    throw failure('UNAVAILABLE', { detail: `${name}: too much waits for the connection.` })
  }
  const id = connection.id()
  const key = k?.()
  const outputs = createQueue<unknown>()
  const frame = { ...begin(id), to: name, input: convert(i, input, plans, false), key, credit: s && credit }
  const own: Exchange = {
    frame: JSON.stringify(frame, keepUnfit),
    begin: () => (s ? connection.begin(own) : connection.flush(lane)),
    take: ({ done, output, id, problem }) => {
      own.after = id ?? own.after
      own.sent = !(problem || done)
      if (problem) return finish(toProblem(name, problem, e, plans))
      try {
        if (output !== undefined) outputs.push(convert(o, output, plans, true))
        if (done) finish()
      } catch (cause) {
        finish(badAnswer(name, new Response(), cause))
      }
    },
    lost: () => {
      if (s ? own.after === undefined : !key && m !== 'GET') {
        finish(failure(code, { detail: `${name}: the connection failed.` }))
      }
    },
    fail: (error) => finish(error),
  }
  const finish = (error?: unknown) => {
    outputs.end(error)
    lane.delete(own)
    connection.remove(id, own)
    connection.flush(lane)
  }
  const abort = () => finish(signal?.reason)
  signal?.addEventListener('abort', abort)
  const late = () =>
    (s && own.sent) || finish(failure('TIMEOUT', { detail: `${name}: no answer within ${timeout} ms.` }))
  // Timers cannot count to what is more than this, and fire at once.
  const timer = timeout && timeout < 2e9 ? setTimeout(late, timeout) : undefined
  let used = 0
  try {
    if (!s) lane.add(own)
    connection.add(id, own)
    for await (const output of outputs.read()) {
      yield output
      if (++used % (credit / 2) === 0) connection.say({ more: id, credit: credit / 2 })
    }
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
    finish()
  }
}

/** The error behind problem details that came over the socket. */
export function toProblem(name: string, problem: object, plansByCode: Plans | undefined, plans: Plans) {
  const { requestId = '' } = problem as { requestId?: string }
  const response = new Response(null, { headers: { 'x-request-id': requestId } })
  return toFailure(name, response, JSON.stringify(problem), plansByCode, plans)
}
