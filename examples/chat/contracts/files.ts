// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as z from 'zod'
import { Message } from './shared.ts'

export interface NewFile {
  /**
   * Of the message that shows it.
   * @format uuid
   */
  id: string
  room: string
  /** @maxSize 5000000 */
  file: File
}
export const NewFile = z.object({
  id: z.guid(),
  room: z.string(),
  file: z.file().max(5000000),
})

/** What `files.share` takes. */
export type ShareInput = NewFile
export const ShareInput = NewFile

/** What `files.share` gives. */
export type ShareOutput = Message
export const ShareOutput = Message

/** What comes with `NO_ROOM`. */
export interface NoRoomData {
  room: string
}
export const NoRoomData = z.object({ room: z.string() })

/** What `files.download` takes. */
export interface DownloadInput {
  /**
   * Chosen by the page that sends it.
   * @format uuid
   */
  id: string
}
export const DownloadInput = z.object({ id: z.guid() })

/** What comes with `NO_FILE`. */
export interface NoFileData {
  id: string
}
export const NoFileData = z.object({ id: z.string() })
