import { defineError } from 'pikku'

/** There is no such room. */
export class NoRoom extends defineError('NO_ROOM', { status: 404, detail: 'There is no such room.' })<{
  room: string
}> {}
