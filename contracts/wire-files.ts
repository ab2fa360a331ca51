import * as z from 'zod'

/** What a `File` or a `Blob` is held to. */
export interface FileRules {
  /** Bytes. */
  readonly maxSize?: number
  /** The media types of which it is one: `image/png`, `image/*`. */
  readonly contentType?: readonly string[]
}

/** A `Blob` or a `File`. */
export type BlobSchema = z.ZodCustom<Blob, Blob>

/** Bytes as they arrive; whoever calls may hand over a `Blob` instead. */
export type StreamSchema = z.ZodCustom<ReadableStream<Uint8Array>, Blob | ReadableStream<Uint8Array>>

/** A `Blob`. */
export function blob({ maxSize, contentType }: FileRules = {}): BlobSchema {
  return z.custom<Blob>().check((context) => {
    const { value, issues } = context
    if (!(value instanceof Blob)) issues.push({ code: 'custom', input: value, message: 'Not a Blob' })
    else if (maxSize !== undefined && value.size > maxSize) {
      issues.push({ code: 'too_big', origin: 'file', maximum: maxSize, inclusive: true, input: value })
    } else if (contentType && !isOfType(...contentType)(value)) {
      issues.push({ code: 'custom', input: value, message: `Not of the type ${contentType.join(', ')}` })
    }
  })
}

/** Bytes that are a whole body. */
export function rawBytes(): z.ZodCustom<Uint8Array, Uint8Array> {
  return z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'Not bytes')
}

let streamSchema: StreamSchema | undefined

/** A `ReadableStream` of bytes. */
export function stream(): StreamSchema {
  streamSchema ??= z.custom<ReadableStream<Uint8Array>>(
    (value) => value instanceof ReadableStream,
    'Not a stream of bytes',
  )
  return streamSchema
}

/** Whether a file is of one of these media types: for `.refine(wire.isOfType('image/*'), …)`. */
export function isOfType(...types: readonly string[]): (file: Blob) => boolean {
  return ({ type }) => {
    const given = type.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    return types.some((taken) => taken === given || (taken.endsWith('/*') && given.startsWith(taken.slice(0, -1))))
  }
}
