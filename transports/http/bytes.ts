import { PikkuError } from '../../core/index.ts'

/** At most `limit` bytes, counted as they arrive. */
export async function collectBytes(
  chunks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(limit)
    parts.push(chunk)
  }
  const [only] = parts
  if (only && parts.length === 1) return only
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

/** The same bytes as they are read, which fail beyond a limit. */
export function limitBytes(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = bytes.getReader()
  let size = 0
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read()
        if (done) return controller.close()
        size += value.byteLength
        if (size > limit) throw tooLarge(limit)
        controller.enqueue(value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** Refuses a body by the length that its request announces, before any of it is read. */
export function checkLength(announced: string | undefined, limit: number): void {
  if (announced !== undefined && Number(announced) > limit) throw tooLarge(limit)
}

/** The error for a body that is larger than it may be. */
export function tooLarge(limit: number): PikkuError {
  return new PikkuError('PAYLOAD_TOO_LARGE', { detail: `The body is larger than ${limit} bytes.` })
}

/** The error for a body whose sender went away. */
export function brokenOff(): PikkuError {
  return new PikkuError('CLIENT_CLOSED_REQUEST', { detail: 'The body did not arrive whole.' })
}

/** The error for a body that is not what it says it is. */
export function malformed(detail: string): PikkuError {
  return new PikkuError('BAD_REQUEST', { detail })
}
