import { func } from '../pikku.ts'

/** What a function noted; absent when it did not. */
export const noted = func({ auth: false }, async ({ notes }, { id }: { id: string }): Promise<{ text?: string }> => {
  const text = notes.get(id)
  return text === undefined ? {} : { text }
})

export const forget = func({ auth: false }, async ({ notes }, { id }: { id: string }): Promise<void> => {
  notes.delete(id)
})

/** The lines of the log that contain a text. */
export const logged = func(
  { auth: false },
  async ({ lines }, { text }: { text: string }): Promise<string[]> => lines.lines.filter((line) => line.includes(text)),
)

/** Who called, and which address they used, as the server sees it. */
export const caller = func({ auth: false }, async (_services, _input: {}, call) => {
  const { protocol = '', host = '' } = call.request ? new URL(call.request.url) : {}
  return { ...(call.address === undefined ? {} : { address: call.address }), protocol, host }
})

/** Whether something has got into the prototype of all objects. */
export const polluted = func({ auth: false }, async (_services, _input: {}): Promise<boolean> => 'polluted' in {})
