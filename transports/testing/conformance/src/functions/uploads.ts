import { func } from '../pikku.ts'

interface Received {
  name?: string
  type?: string
  size: number
  text?: string
}

async function received(file: Blob): Promise<Received> {
  const name = file instanceof File ? { name: file.name } : {}
  // Bun adds a charset to the type of every file of text.
  const type = file.type.replace(/;charset=utf-8$/, '')
  return { ...name, type, size: file.size, text: (await file.text()).slice(0, 100) }
}

/** A form with files, which are held until the last has arrived. */
export const album = func(
  { auth: false },
  async (
    _services,
    input: { title: string; stars?: number; shared?: boolean; tags?: string[]; cover: File; more?: File[] },
  ) => {
    const { cover, more = [], ...texts } = input
    return { ...texts, cover: await received(cover), more: await Promise.all(more.map(received)) }
  },
)

/** A form without files. */
export const sign = func(
  { auth: false, consumes: ['application/json', 'application/x-www-form-urlencoded'] },
  async (_services, input: { name: string; age: number; tags?: string[] }): Promise<typeof input> => input,
)

/** A form whose file is read as it arrives. */
export const film = func(
  { auth: false, maxBody: 16_777_216 },
  async (_services, { title, film }: { title: string; film: ReadableStream<Uint8Array> }) => ({
    title,
    ...(await readWhole(film)),
  }),
)

/** A body that is read as it arrives, with a parameter beside it. */
export const store = func(
  { auth: false, maxBody: 16_777_216 },
  async (_services, { id, body }: { id: string; body: ReadableStream<Uint8Array> }) => ({
    id,
    ...(await readWhole(body)),
  }),
)

async function readWhole(stream: ReadableStream<Uint8Array>): Promise<{ size: number; sum: number }> {
  let size = 0
  let sum = 0
  for await (const chunk of stream) {
    size += chunk.byteLength
    for (const byte of chunk) sum = (sum * 31 + byte) % 1_000_003
  }
  return { size, sum }
}

/** A body that is not read. */
export const ignore = func(
  { auth: false, maxBody: 1_073_741_824 },
  async (_services, _input: { body: ReadableStream<Uint8Array> }): Promise<string> => 'ignored',
)

/** Notes how reading a body ended, and whether the call knew. */
export const watch = func(
  { auth: false, maxBody: 1_073_741_824 },
  async ({ notes }, { body }: { body: ReadableStream<Uint8Array> }, { signal }): Promise<void> => {
    const left = new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve('the call knew')))
    const reader = body.getReader()
    await reader.read()
    notes.set('upload begun', 'yes')
    const ended = await (async () => {
      for (;;) if ((await reader.read()).done) return 'whole'
    })().catch(() => 'failed')
    notes.set('upload', `${ended}, ${await left}`)
  },
)

/** Takes the beginning of a body, and the rest when it is told to. */
export const wait = func(
  { auth: false, maxBody: 1_073_741_824 },
  async ({ notes }, { body }: { body: ReadableStream<Uint8Array> }): Promise<number> => {
    const reader = body.getReader()
    let size = (await reader.read()).value?.byteLength ?? 0
    notes.set('upload waits', 'yes')
    while (!notes.has('upload may go on')) await new Promise((resolve) => setTimeout(resolve, 5))
    for (let next = await reader.read(); !next.done; next = await reader.read()) size += next.value.byteLength
    return size
  },
)

export const keep = func({ auth: false }, async (_services, input: Blob): Promise<Received> => received(input))

export const picture = func(
  { auth: false, consumes: ['image/*'] },
  async (_services, input: File): Promise<Received> => received(input),
)

export const rows = func({ auth: false, consumes: 'text/csv' }, async (_services, csv: string) =>
  csv.trim().split('\n'),
)

export const bytes = func(
  { auth: false, consumes: 'application/octet-stream', maxBody: 64 },
  async (_services, { body }: { body: Uint8Array }) => [...body],
)

/** Tells `wait` to go on. */
export const goOn = func({ auth: false }, async ({ notes }, _input: {}): Promise<void> => {
  notes.set('upload may go on', 'yes')
})
