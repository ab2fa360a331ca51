import { func } from '../pikku.ts'

const at = Date.UTC(2026, 0, 2, 3, 4, 5)

/** A file with a name and a date. */
export const report = func(
  { auth: false },
  async (_services, { name }: { name: string }): Promise<File> =>
    new File(['0123456789'], name, { type: 'text/plain', lastModified: at }),
)

/** A file too long for its bytes to be told by a hash. */
export const film = func(
  { auth: false },
  async (_services, _input: {}): Promise<File> =>
    new File([new Uint8Array(3_000_000).fill(97)], 'film.bin', { lastModified: at }),
)

/** Shown in the page rather than saved. */
export const shown = func({ auth: false }, async (_services, _input: {}, { reply }): Promise<File> => {
  reply?.headers.set('content-disposition', 'inline')
  reply?.headers.set('cache-control', 'max-age=60')
  return new File(['<p>hello</p>'], 'page.html', { type: 'text/html' })
})

export const blob = func(
  { auth: false },
  async (_services, { size }: { size: number }): Promise<Blob> =>
    new Blob([new Uint8Array(size)], { type: 'image/png' }),
)

export const bytes = func(
  { auth: false, produces: 'application/pdf' },
  async (_services, _input: {}): Promise<Uint8Array> => new TextEncoder().encode('%PDF-1.7'),
)

export const csv = func(
  { auth: false, produces: 'text/csv' },
  async (_services, { rows }: { rows: number }): Promise<string> => 'name,größe\n'.repeat(rows),
)

/** So many chunks of 64 KiB; it notes how many were asked for, and when nobody wants more. */
export const stream = func(
  { auth: false, produces: 'application/x-chunks' },
  async ({ notes }, { chunks }: { chunks: number }): Promise<ReadableStream<Uint8Array>> => {
    let made = 0
    return new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (made === chunks) return controller.close()
          notes.set('chunks made', String(++made))
          controller.enqueue(new Uint8Array(65_536).fill(made))
        },
        cancel: () => void notes.set('download', 'left'),
      },
      { highWaterMark: 0 },
    )
  },
)

/** Fails when half of it is sent. */
export const broken = func({ auth: false }, async (_services, _input: {}): Promise<ReadableStream<Uint8Array>> => {
  let made = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (++made > 2) throw new Error('the disk is gone')
      controller.enqueue(new Uint8Array(1_000))
    },
  })
})

/** The body comes back as it arrives. */
export const echo = func(
  { auth: false, maxBody: 16_777_216 },
  async (_services, { body }: { body: ReadableStream<Uint8Array> }): Promise<ReadableStream<Uint8Array>> => body,
)

export const page = func({ auth: false }, async (_services, _input: {}, { reply }): Promise<Response> => {
  reply?.cookies.push({ name: 'seen', value: '1' })
  reply?.headers.set('x-reply', 'reply')
  reply?.headers.set('x-both', 'reply')
  const headers = { 'content-type': 'text/html; charset=utf-8', 'x-both': 'response', 'set-cookie': 'own=2' }
  return new Response('<h1>Hello</h1>', { status: 201, headers })
})

export const away = func(
  { auth: false },
  async (_services, _input: {}): Promise<Response> => Response.redirect('https://example.com/', 303),
)

/** JSON that may be kept. */
export const cached = func({ auth: false }, async (_services, { size }: { size: number }, { reply }) => {
  reply?.headers.set('cache-control', 'private, max-age=60')
  return { text: 'x'.repeat(size) }
})

/** JSON that tells who asks. */
export const long = func({ auth: false }, async (_services, { size }: { size: number }, { session }) => ({
  text: 'x'.repeat(size),
  ...(session ? { user: session.user } : {}),
}))
