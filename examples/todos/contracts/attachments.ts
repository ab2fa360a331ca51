// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'

export interface NewAttachment {
  /**
   * The todo it belongs to.
   * @format uuid
   */
  todo: string
  /** @maxSize 5000000 */
  file: File
}
export const NewAttachment = z.object({
  todo: z.guid(),
  file: z.file().max(5000000),
})

/** A file that belongs to a todo. */
export interface Attachment {
  /** @format uuid */
  id: string
  name: string
  /** Its media type, as its sender says. */
  type: string
  /** Bytes. */
  size: number
}
export const Attachment = z.object({
  id: z.guid(),
  name: z.string(),
  type: z.string(),
  size: z.number(),
})

/** What `attachments.add` takes. */
export type AddInput = NewAttachment
export const AddInput = NewAttachment

/** What `attachments.add` gives. */
export type AddOutput = Attachment
export const AddOutput = Attachment

/** What comes with `NOT_FOUND`. */
export interface NotFoundData {
  id: string
}
export const NotFoundData = z.object({ id: z.string() })

/** What comes with `TOO_MANY_ATTACHMENTS`. */
export interface TooManyAttachmentsData {
  limit: number
}
export const TooManyAttachmentsData = z.object({ limit: z.number() })

/** What `attachments.list` takes. */
export interface ListInput {
  /**
   * The todo it belongs to.
   * @format uuid
   */
  todo: string
}
export const ListInput = z.object({ todo: z.guid() })

/** What `attachments.list` gives. */
export type ListOutput = Attachment[]
export const ListOutput = z.array(Attachment)

/** What `attachments.download` takes. */
export interface DownloadInput {
  /** @format uuid */
  id: string
}
export const DownloadInput = z.object({ id: z.guid() })

/** What `attachments.remove` takes. */
export interface RemoveInput {
  /** @format uuid */
  id: string
}
export const RemoveInput = z.object({ id: z.guid() })
