import { defineError } from 'pikku'
import { func, permission } from '../pikku.ts'
import { cookie } from '../session.ts'

export class NoteMissing extends defineError('NOTE_MISSING', { status: 404 })<{ id: string }> {}

interface Note {
  id: string
  text: string
}

const isAnn = permission('isAnn', (_services, _input, { session }) => session.user === 'ann')

export const echo = func(
  { auth: false },
  async (_services, input: { text: string; count?: number; at?: Date }) => input,
)

export const get = func(
  { auth: false, errors: [NoteMissing] },
  async ({ notes }, { id }: { id: string }): Promise<Note> => {
    const text = notes.get(id)
    if (text === undefined) throw new NoteMissing({ id })
    const row = { id, text, secret: 'never leaves' }
    return row
  },
)

export const find = func(
  { auth: false },
  async (_services, input: { tags?: string[]; page?: number; open?: boolean }) => input,
)

export const put = func({ permissions: [isAnn] }, async ({ notes }, { id, text }: Note): Promise<void> => {
  notes.set(id, text)
})

export const tagged = func({ auth: false }, async (_services, input: { tags: string[] }) => input.tags)

export const mine = func(async (_services, _input: {}, { session }) => session.user)

export const signIn = func(
  { auth: false },
  async (_services, _input: {}, call): Promise<void> => cookie.set(call, 'ann'),
)

export const small = func({ auth: false, maxBody: 64 }, async (_services, input: { text: string }) => input.text)

/** Counts how often it was really done. */
export const addOnce = func(
  { auth: false, idempotency: true, errors: [NoteMissing], reply: { status: 201 } },
  async ({ notes }, { id, fail }: { id: string; fail?: boolean }): Promise<{ times: number; at: Date }> => {
    const times = Number(notes.get(id) ?? 0) + 1
    notes.set(id, String(times))
    if (fail) throw new NoteMissing({ id })
    return { times, at: new Date(0) }
  },
)
