// Written by `pikku contracts`. Do not edit: change the functions and run it again.
import * as wire from 'pikku/wire'
import * as z from 'zod'
import { Message } from './shared.ts'

export interface History {
  room: string
  /** The number of the oldest message that the reader has; without it he gets the newest. */
  before?: bigint | undefined
  /**
   * @minimum 1
   * @maximum 200
   * @default 50
   */
  limit?: number | undefined
}
export const History = z.object({
  room: z.string(),
  before: wire.bigint().optional(),
  limit: z.number().min(1).max(200).optional().default(50),
})

export interface Page {
  /** The oldest first. */
  items: Message[]
  /** Whether there are older ones. */
  more: boolean
}
export const Page = z.object({
  items: z.array(Message),
  more: z.boolean(),
})

/** What `messages.list` takes. */
export type ListInput = History
export const ListInput = History

/** What `messages.list` gives. */
export type ListOutput = Page
export const ListOutput = Page
