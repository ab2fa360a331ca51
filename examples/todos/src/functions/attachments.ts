import { defineError } from 'pikku'
import { NotFound } from '../errors.ts'
import { func } from '../pikku.ts'
import { columns, oneTodo, type TodoRow } from '../todo-row.ts'

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

export class TooManyAttachments extends defineError('TOO_MANY_ATTACHMENTS', {
  status: 409,
  detail: 'This todo has as many files as it can have.',
})<{ limit: number }> {}

/** How many files a todo can have. */
export const attachmentLimit = 10

interface NewAttachment {
  /**
   * The todo it belongs to.
   * @format uuid
   */
  todo: string
  /** @maxSize 5000000 */
  file: File
}

const facts = 'id, name, type, octet_length(content) as size'

/** Adds a file to a todo. */
export const add = func(
  { maxBody: 5_001_000 },
  async ({ db, hub }, { todo, file }: NewAttachment, { session: { userId } }): Promise<Attachment> => {
    const content = new Uint8Array(await file.arrayBuffer())
    const { added, changed } = await db.transaction(async (db) => {
      // Locked, so that two files cannot both be the last one.
      const [found] = await db.query('select id from todos where id = $1 and user_id = $2 for update', [todo, userId])
      if (!found) throw new NotFound({ id: todo })
      const [added] = await db.query<Attachment>(
        `insert into attachments (todo_id, name, type, content)
         select $1, $2, $3, $4 where (select count(*) from attachments where todo_id = $1) < $5 returning ${facts}`,
        [todo, file.name, file.type || 'application/octet-stream', content, attachmentLimit],
      )
      if (!added) throw new TooManyAttachments({ limit: attachmentLimit })
      return {
        added,
        changed: oneTodo(await db.query<TodoRow>(`select ${columns} from todos where id = $1`, [todo]), todo),
      }
    })
    hub.publish(userId, { type: 'saved', todo: changed })
    return added
  },
)

/** The files of a todo, the oldest first. */
export const list = func(
  async ({ db }, { todo }: Pick<NewAttachment, 'todo'>, { session: { userId } }): Promise<Attachment[]> => {
    const [found] = await db.query('select id from todos where id = $1 and user_id = $2', [todo, userId])
    if (!found) throw new NotFound({ id: todo })
    return db.query<Attachment>(`select ${facts} from attachments where todo_id = $1 order by created_at, id`, [todo])
  },
)

/** A file itself, to be saved under its name. */
export const download = func(async ({ db }, { id }: Pick<Attachment, 'id'>, { session: { userId } }): Promise<File> => {
  const [found] = await db.query<Attachment & { content: Uint8Array<ArrayBuffer>; at: Date }>(
    `select name, type, content, attachments.created_at as at from attachments
       where id = $1 and exists (select from todos where todos.id = todo_id and user_id = $2)`,
    [id, userId],
  )
  if (!found) throw new NotFound({ id })
  const { name, type, content, at } = found
  return new File([content], name, { type, lastModified: at.getTime() })
})

/** Removes a file for good. */
export const remove = func(
  async ({ db, hub }, { id }: Pick<Attachment, 'id'>, { session: { userId } }): Promise<void> => {
    const todo = await db.transaction(async (db) => {
      const [removed] = await db.query<{ todo: string }>(
        `delete from attachments where id = $1
           and exists (select from todos where todos.id = todo_id and user_id = $2) returning todo_id as todo`,
        [id, userId],
      )
      if (!removed) throw new NotFound({ id })
      return oneTodo(await db.query<TodoRow>(`select ${columns} from todos where id = $1`, [removed.todo]), id)
    })
    hub.publish(userId, { type: 'saved', todo })
  },
)
