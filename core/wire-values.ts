import type { Convert } from './codecs.ts'
import type { CodecResult } from './contract.ts'
import { PikkuError } from './errors.ts'
import { toIssues } from './issues.ts'
import type { Operation } from './operation.ts'
import { Tracked } from './tracked.ts'

/** The item on the wire, with its id still; without an item where only the id moves on. */
export async function withIds(item: unknown, toWire: (value: unknown) => unknown): Promise<Tracked<unknown>> {
  if (!(item instanceof Tracked)) throw new TypeError('This stream has ids: yield tracked(id, item).')
  return item.value === undefined ? item : new Tracked(item.id, await toWire(item.value))
}

/**
 * What a codec made of an input.
 *
 * @throws PikkuError `INVALID_INPUT`
 */
export function toInput(result: CodecResult): unknown {
  if (result.success) return result.data
  throw new PikkuError('INVALID_INPUT', {
    detail: 'The input does not fit the contract.',
    issues: toIssues(result.error.issues),
  })
}

/**
 * What a codec made of an output.
 *
 * @throws TypeError where the handler returned what its contract does not allow.
 */
export function toOutput(result: CodecResult, name: string): unknown {
  if (result.success) return result.data
  const places = toIssues(result.error.issues).map(({ path, message }) => `${path.join('.') || 'output'}: ${message}`)
  throw new TypeError(`${name} returned what its contract does not allow: ${places.join('; ')}`)
}

/** The output as it goes on the wire. A promise only where its schema takes its time. */
export function toWire(operation: Operation, encode: Convert | undefined, output: unknown): unknown {
  if (operation.contract.kind === 'stream') return output
  if (!encode) return operation.contract.answer ? output : undefined
  const encoded = encode(output)
  if ('success' in encoded) return toOutput(encoded, operation.name)
  return encoded.then((encoded) => toOutput(encoded, operation.name))
}

/** The same response with another body. That of a response which was fetched has been decoded on arrival. */
export function responseWith(
  body: ReadableStream<Uint8Array>,
  { status, statusText, headers: given, url }: Response,
): Response {
  const headers = new Headers(given)
  if (url && headers.has('content-encoding')) {
    headers.delete('content-encoding')
    headers.delete('content-length')
  }
  return new Response(body, { status, statusText, headers })
}
