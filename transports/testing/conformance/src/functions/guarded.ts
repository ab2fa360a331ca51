import { func, permission } from '../pikku.ts'

export const isBob = permission('isBob', (_services, _input, { session }) => session.user === 'bob')
const isOwn = permission('isOwn', (_services, { owner }: { owner: string }, { session }) => session.user === owner)

/** Two routes lead here, and one of them asks for more. */
export const open = func({ permissions: isOwn }, async (_services, { owner }: { owner: string }) => owner)
