import assert from 'node:assert/strict'
import { once } from 'node:events'
import { open, rm } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import { work } from '../places.ts'

/** A way for bytes to travel; it fails unless all have arrived. */
export interface Transfer {
  readonly name: string
  readonly send: (url: string, bytes: number) => Promise<void>
}

const chunk = Buffer.alloc(65_536, 1)
/** As long as those of browsers: the longer, the faster it is searched for. */
const boundary = `----FormBoundary${'7'.repeat(20)}`

export const transfers: readonly Transfer[] = [
  { name: 'up, a raw stream', send: (url, bytes) => upload(`${url}/rpc/films.up`, bytes, 'video/mp4') },
  {
    name: 'up, a stream in a form',
    send: (url, bytes) =>
      upload(`${url}/rpc/films.form`, bytes, `multipart/form-data; boundary=${boundary}`, [
        `--${boundary}\r\ncontent-disposition: form-data; name="title"\r\n\r\nx\r\n` +
          `--${boundary}\r\ncontent-disposition: form-data; name="film"; filename="film"\r\n\r\n`,
        `\r\n--${boundary}--\r\n`,
      ]),
  },
  { name: 'down, a stream', send: (url, bytes) => download(`${url}/rpc/films.down`, { size: bytes }, bytes) },
  { name: 'down, a file', send: downloadFile },
]

async function upload(url: string, bytes: number, type: string, [head, foot] = ['', '']): Promise<void> {
  const headers = { 'content-type': type, 'content-length': head.length + bytes + foot.length }
  const outgoing = request(url, { method: 'POST', headers })
  const answer = answerTo(outgoing)
  outgoing.write(head)
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!outgoing.write(chunk.subarray(0, Math.min(left, chunk.length)))) await once(outgoing, 'drain')
  }
  outgoing.end(foot)
  const text = Buffer.concat(await (await answer).toArray()).toString()
  assert.equal(text, String(bytes))
}

async function download(url: string, input: object, bytes: number): Promise<void> {
  const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } })
  const answer = answerTo(outgoing)
  outgoing.end(JSON.stringify(input))
  let size = 0
  for await (const part of await answer) size += part.length
  assert.equal(size, bytes)
}

async function downloadFile(url: string, bytes: number): Promise<void> {
  const path = join(work, 'gigabyte', 'film.bin')
  const file = await open(path, 'w')
  try {
    await file.truncate(bytes)
    await download(`${url}/rpc/films.file`, { path }, bytes)
  } finally {
    await file.close()
    await rm(path)
  }
}

function answerTo(outgoing: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => outgoing.once('response', resolve).once('error', reject))
}
