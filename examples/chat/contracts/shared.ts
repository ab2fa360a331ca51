// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'

/** A file that came with a message; its content is at `/files/:id`, by the id of the message. */
export interface SharedFile {
  name: string
  /** Its media type, as its sender says. */
  type: string
  /** Bytes. */
  size: number
}
export const SharedFile = z.object({
  name: z.string(),
  type: z.string(),
  size: z.number(),
})

/** What somebody said in a room, or showed there. */
export interface Message {
  /**
   * Chosen by the page that sends it.
   * @format uuid
   */
  id: string
  /** Of two messages in a room the one with the greater number comes later. */
  number: bigint
  room: string
  author: string
  text: string
  postedAt: Date
  file?: SharedFile | undefined
}
export const Message = z.object({
  id: z.guid(),
  number: wire.bigint(),
  room: z.string(),
  author: z.string(),
  text: z.string(),
  postedAt: wire.date(),
  file: SharedFile.optional(),
})
