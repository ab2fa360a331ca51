import { func } from '../pikku.ts'

export const unknown = func({ auth: false }, async (_services, _input: {}): Promise<string> => {
  throw new Error('the password is hunter2')
})

/** Its output is not what its type says. */
export const lie = func(
  { auth: false },
  async (_services, _input: {}): Promise<{ text: number }> => JSON.parse('{"text":"no number"}'),
)

/** Ends only when its deadline cuts it. */
export const slow = func({ auth: false, timeout: 50 }, async ({ notes }, _input: {}, { signal }): Promise<void> => {
  notes.set('slow', 'started')
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
})

/** Never ends, whatever its signal says. */
export const stuck = func({ auth: false }, async ({ notes }, _input: {}): Promise<void> => {
  notes.set('stuck', 'started')
  await new Promise(() => {})
})

export const seldom = func(
  { auth: false, rateLimit: { limit: 2, window: 60 } },
  async (_services, _input: {}): Promise<void> => {},
)

export const seldomEach = func(
  { rateLimit: { limit: 1, window: 60, by: ({ session }) => session.user } },
  async (_services, input: { text: string }): Promise<string> => input.text,
)
