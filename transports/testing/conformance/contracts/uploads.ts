// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

export interface Received {
  name?: string | undefined
  type?: string | undefined
  size: number
  text?: string | undefined
}
export const Received = z.object({
  name: z.string().optional(),
  type: z.string().optional(),
  size: z.number(),
  text: z.string().optional(),
})

/** What `uploads.album` takes. */
export interface AlbumInput {
  title: string
  stars?: number | undefined
  shared?: boolean | undefined
  tags?: string[] | undefined
  cover: File
  more?: File[] | undefined
}
export const AlbumInput = z.object({
  title: z.string(),
  stars: z.number().optional(),
  shared: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  cover: z.file(),
  more: z.array(z.file()).optional(),
})

/** What `uploads.album` gives. */
export interface AlbumOutput {
  title: string
  stars?: number | undefined
  shared?: boolean | undefined
  tags?: string[] | undefined
  cover: Received
  more: Received[]
}
export const AlbumOutput = z.object({
  title: z.string(),
  stars: z.number().optional(),
  shared: z.boolean().optional(),
  tags: z.array(z.string()).optional(),
  cover: Received,
  more: z.array(Received),
})

/** What `uploads.sign` takes. */
export interface SignInput {
  name: string
  age: number
  tags?: string[] | undefined
}
export const SignInput = z.object({
  name: z.string(),
  age: z.number(),
  tags: z.array(z.string()).optional(),
})

/** What `uploads.sign` gives. */
export interface SignOutput {
  name: string
  age: number
  tags?: string[] | undefined
}
export const SignOutput = z.object({
  name: z.string(),
  age: z.number(),
  tags: z.array(z.string()).optional(),
})

/** What `uploads.film` takes. */
export interface FilmInput {
  title: string
  film: Blob | ReadableStream<Uint8Array>
}
export const FilmInput = z.object({
  title: z.string(),
  film: wire.stream(),
})

/** What `uploads.film` gives. */
export interface FilmOutput {
  title: string
  size: number
  sum: number
}
export const FilmOutput = z.object({
  title: z.string(),
  size: z.number(),
  sum: z.number(),
})

/** What `uploads.store` takes. */
export interface StoreInput {
  id: string
  body: Blob | ReadableStream<Uint8Array>
}
export const StoreInput = z.object({
  id: z.string(),
  body: wire.stream(),
})

/** What `uploads.store` gives. */
export interface StoreOutput {
  id: string
  size: number
  sum: number
}
export const StoreOutput = z.object({
  id: z.string(),
  size: z.number(),
  sum: z.number(),
})

/** What `uploads.ignore` takes. */
export interface IgnoreInput {
  body: Blob | ReadableStream<Uint8Array>
}
export const IgnoreInput = z.object({ body: wire.stream() })

/** What `uploads.ignore` gives. */
export type IgnoreOutput = string
export const IgnoreOutput = z.string()

/** What `uploads.watch` takes. */
export interface WatchInput {
  body: Blob | ReadableStream<Uint8Array>
}
export const WatchInput = z.object({ body: wire.stream() })

/** What `uploads.wait` takes. */
export interface WaitInput {
  body: Blob | ReadableStream<Uint8Array>
}
export const WaitInput = z.object({ body: wire.stream() })

/** What `uploads.wait` gives. */
export type WaitOutput = number
export const WaitOutput = z.number()

/** What `uploads.keep` takes. */
export type KeepInput = Blob
export const KeepInput = wire.blob()

/** What `uploads.keep` gives. */
export type KeepOutput = Received
export const KeepOutput = Received

/** What `uploads.picture` takes. */
export type PictureInput = File
export const PictureInput = z.file()

/** What `uploads.picture` gives. */
export type PictureOutput = Received
export const PictureOutput = Received

/** What `uploads.rows` takes. */
export type RowsInput = string
export const RowsInput = z.string()

/** What `uploads.rows` gives. */
export type RowsOutput = string[]
export const RowsOutput = z.array(z.string())

/** What `uploads.bytes` takes. */
export interface BytesInput {
  body: Uint8Array
}
export const BytesInput = z.object({ body: wire.rawBytes() })

/** What `uploads.bytes` gives. */
export type BytesOutput = number[]
export const BytesOutput = z.array(z.number())

/** What `uploads.goOn` takes. */
export type GoOnInput = Record<string, never>
export const GoOnInput = z.object({})
