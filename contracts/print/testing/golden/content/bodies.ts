// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** What `bodies.avatar` takes. */
export interface AvatarInput {
  /** @format uuid */
  id: string
  body: Blob | ReadableStream<Uint8Array>
  crop?: 'square' | 'none' | undefined
}
export const AvatarInput = z.object({
  id: z.guid(),
  body: wire.stream(),
  crop: z.enum(['square', 'none']).optional(),
})

/** What `bodies.icon` takes. */
export interface IconInput {
  /** @contentType image/png */
  body: File
}
export const IconInput = z.object({ body: z.file().refine(wire.isOfType('image/png'), 'Not of the type image/png') })

/** What `bodies.put` takes. */
export type PutInput = Blob
export const PutInput = wire.blob()

/** What `bodies.pipe` takes. */
export type PipeInput = Blob | ReadableStream<Uint8Array>
export const PipeInput = wire.stream()

/** @maxLength 1000 */
export type CsvInput = string
export const CsvInput = z.string().max(1000)

/** What `bodies.raw` takes. */
export interface RawInput {
  name?: string | undefined
  body: Uint8Array
}
export const RawInput = z.object({
  name: z.string().optional(),
  body: wire.rawBytes(),
})
