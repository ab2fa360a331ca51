import { func } from '../pikku.ts'
import { box, cookie } from '../session.ts'

/** Who calls; nobody says so. */
export const who = func({ auth: false }, async (_services, _input: {}, { session }) => session?.user ?? null)

export const seal = func({ auth: false }, async (_services, { user }: { user: string }, call): Promise<void> => {
  call.reply?.headers.set('cache-control', 'public, max-age=60')
  await box.set(call, { user })
})

export const signOut = func(async (_services, _input: {}, call): Promise<void> => {
  cookie.clear(call)
  box.clear(call)
})
