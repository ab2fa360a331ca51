import { defineError } from 'pikku'

/** There is no such thing, or it belongs to somebody else: which of the two is nobody's business. */
export class NotFound extends defineError('NOT_FOUND', { detail: 'This does not exist any more.' })<{ id: string }> {}
