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
