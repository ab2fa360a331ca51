// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** What `downloads.report` takes. */
export interface ReportInput {
  name: string
}
export const ReportInput = z.object({ name: z.string() })

/** What `downloads.film` takes. */
export type FilmInput = Record<string, never>
export const FilmInput = z.object({})

/** What `downloads.shown` takes. */
export type ShownInput = Record<string, never>
export const ShownInput = z.object({})

/** What `downloads.blob` takes. */
export interface BlobInput {
  size: number
}
export const BlobInput = z.object({ size: z.number() })

/** What `downloads.bytes` takes. */
export type BytesInput = Record<string, never>
export const BytesInput = z.object({})

/** What `downloads.csv` takes. */
export interface CsvInput {
  rows: number
}
export const CsvInput = z.object({ rows: z.number() })

/** What `downloads.stream` takes. */
export interface StreamInput {
  chunks: number
}
export const StreamInput = z.object({ chunks: z.number() })

/** What `downloads.broken` takes. */
export type BrokenInput = Record<string, never>
export const BrokenInput = z.object({})

/** What `downloads.echo` takes. */
export interface EchoInput {
  body: Blob | ReadableStream<Uint8Array>
}
export const EchoInput = z.object({ body: wire.stream() })

/** What `downloads.page` takes. */
export type PageInput = Record<string, never>
export const PageInput = z.object({})

/** What `downloads.away` takes. */
export type AwayInput = Record<string, never>
export const AwayInput = z.object({})

/** What `downloads.cached` takes. */
export interface CachedInput {
  size: number
}
export const CachedInput = z.object({ size: z.number() })

/** What `downloads.cached` gives. */
export interface CachedOutput {
  text: string
}
export const CachedOutput = z.object({ text: z.string() })

/** What `downloads.long` takes. */
export interface LongInput {
  size: number
}
export const LongInput = z.object({ size: z.number() })

/** What `downloads.long` gives. */
export interface LongOutput {
  text: string
  user?: string | undefined
}
export const LongOutput = z.object({
  text: z.string(),
  user: z.string().optional(),
})
