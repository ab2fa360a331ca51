import { defineError } from 'pikku'
import { func } from '../pikku.ts'
import { post } from '../posting.ts'
import type { Message, SharedFile } from './messages.ts'

export class NoFile extends defineError('NO_FILE', { status: 404, detail: 'There is no such file.' })<{ id: string }> {}

interface NewFile {
  /**
   * Of the message that shows it.
   * @format uuid
   */
  id: string
  room: string
  /** @maxSize 5000000 */
  file: File
}

/** Shows a file in a room. Sent again with the same id, it is shown once. */
export const share = func(
  { maxBody: 5_001_000 },
  async (services, { id, room, file }: NewFile, { session }): Promise<Message> => {
    const content = new Uint8Array(await file.arrayBuffer())
    const shared = { name: file.name, type: file.type || 'application/octet-stream', size: file.size, content }
    return post(services, { id, room, author: session.name, text: '', file: shared })
  },
)

/** The file of a message. */
export const download = func(async ({ db }, { id }: Pick<Message, 'id'>): Promise<File> => {
  const [found] = await db.query<SharedFile & { content: Uint8Array<ArrayBuffer> }>(
    'select name, type, content from files where message = $1',
    [id],
  )
  if (!found) throw new NoFile({ id })
  return new File([found.content], found.name, { type: found.type })
})
