import { func } from '../pikku.ts'
import { columns, type MessageRow, toMessage } from '../posting.ts'

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
  file?: SharedFile
}

/** A file that came with a message; its content is at `/files/:id`, by the id of the message. */
export interface SharedFile {
  name: string
  /** Its media type, as its sender says. */
  type: string
  /** Bytes. */
  size: number
}

export interface History {
  room: string
  /** The number of the oldest message that the reader has; without it he gets the newest. */
  before?: bigint
  /**
   * @default 50
   * @minimum 1
   * @maximum 200
   */
  limit?: number
}

export interface Page {
  /** The oldest first. */
  items: Message[]
  /** Whether there are older ones. */
  more: boolean
}

/** What was said in a room: the newest messages, or those before one. */
export const list = func(async ({ db }, { room, before, limit = 50 }: History): Promise<Page> => {
  const rows = await db.query<MessageRow>(
    `select ${columns} from messages left join files on message = id
     where room = $1 and ($2::bigint is null or number < $2) order by number desc limit $3`,
    [room, before, limit + 1],
  )
  return { items: rows.slice(0, limit).reverse().map(toMessage), more: rows.length > limit }
})
