import { defineError } from 'pikku'
import { NoRoom } from './errors.ts'
import type { Message, SharedFile } from './functions/messages.ts'
import type { Services } from './services.ts'
import { lobbyTopic, roomTopic } from './topics.ts'

/** Another message has this id. */
export class IdTaken extends defineError('ID_TAKEN', { status: 409, detail: 'Another message has this id.' }) {}

/** A message as it comes from its author. */
export interface Draft extends Pick<Message, 'id' | 'room' | 'author' | 'text'> {
  readonly file?: SharedFile & { readonly content: Uint8Array }
}

/**
 * Puts a message into its room and tells everybody who is there.
 *
 * A page that was not answered sends again, maybe to another server. An idempotency key would need a store that all
 * servers share, and forgets; the message is in the database anyway, so its id does: the second one is not inserted,
 * on any server, ever. It is published again, since the first server may have died between the two, and the pages
 * know by the id what they have. A message that was answered is therefore in the database once, and with everybody.
 */
export async function post({ db, hub }: Pick<Services, 'db' | 'hub'>, draft: Draft): Promise<Message> {
  const { id, room, author, text, file } = draft
  const message = await db.transaction(async (db) => {
    const inserted = await db.query(
      `insert into messages (id, room, author, text) select $1, rooms.id, $3, $4 from rooms where rooms.id = $2
       on conflict (id) do nothing returning id`,
      [id, room, author, text],
    )
    if (inserted.length > 0 && file) {
      await db.query('insert into files (message, name, type, size, content) values ($1, $2, $3, $4, $5)', [
        id,
        file.name,
        file.type,
        file.size,
        file.content,
      ])
    }
    const [row] = await db.query<MessageRow>(
      `select ${columns} from messages left join files on message = id where id = $1 and room = $2 and author = $3`,
      [id, room, author],
    )
    if (row) return toMessage(row)
    const [found] = await db.query('select id from rooms where id = $1', [room])
    throw found ? new IdTaken() : new NoRoom({ room })
  })
  await hub.publish(roomTopic(room), { event: 'posted', data: message })
  await hub.publish(lobbyTopic, { event: 'stirred', data: { room, number: message.number } })
  return message
}

/** A message as a query gives it. */
export interface MessageRow extends Omit<Message, 'file'> {
  readonly fileName: string | null
  readonly fileType: string
  readonly fileSize: number
}

export const columns = `id, number, room, author, text, posted_at as "postedAt",
  files.name as "fileName", files.type as "fileType", files.size as "fileSize"`

export function toMessage({ fileName, fileType, fileSize, ...message }: MessageRow): Message {
  return fileName === null ? message : { ...message, file: { name: fileName, type: fileType, size: fileSize } }
}
