// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Upload {
  title: string
  /** As it was chosen. */
  file?: File | undefined
}
export const Upload = z.object({
  title: z.string(),
  file: z.file().optional(),
})

/** What `forms.photo` takes. */
export interface PhotoInput {
  /** @format uuid */
  album: string
  /**
   * What was taken.
   * @maxSize 5000000
   * @contentType image/*
   */
  photo: File
  tags?: string[] | undefined
  taken?: Date | undefined
}
export const PhotoInput = z.object({
  album: z.guid(),
  photo: z.file().max(5000000).refine(wire.isOfType('image/*'), 'Not of the type image/*'),
  tags: z.array(z.string()).optional(),
  taken: wire.date().optional(),
})

/** What `forms.photo` gives. */
export interface PhotoOutput {
  /** @format uuid */
  id: string
}
export const PhotoOutput = z.object({ id: z.guid() })

/** What `forms.many` takes. */
export interface ManyInput {
  video: Blob | ReadableStream<Uint8Array>
  files: File[]
  more?: Blob[] | undefined
  size: number
  shown: boolean
}
export const ManyInput = z.object({
  video: wire.stream(),
  files: z.array(z.file()),
  more: z.array(wire.blob()).optional(),
  size: z.number(),
  shown: z.boolean(),
})

/** What `forms.named` takes. */
export type NamedInput = Upload
export const NamedInput = Upload

/** What `forms.classic` takes. */
export interface ClassicInput {
  name: string
  /** @integer */
  age: number
  days?: Set<Date> | undefined
}
export const ClassicInput = z.object({
  name: z.string(),
  age: z.int(),
  days: wire.set(wire.date()).optional(),
})

/** What `forms.either` takes. */
export interface EitherInput {
  name: string
  count?: bigint | undefined
}
export const EitherInput = z.object({
  name: z.string(),
  count: wire.bigint().optional(),
})

/** What `forms.body` takes. */
export interface BodyInput {
  /**
   * @maxSize 10
   * @contentType text/plain, text/csv
   */
  body: Blob
}
export const BodyInput = z.object({ body: wire.blob({ maxSize: 10, contentType: ['text/plain', 'text/csv'] }) })
