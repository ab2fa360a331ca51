import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { PikkuError } from '../../core/index.ts'
import { indexOfMark, startOfMark, toMark } from './byte-search.ts'
import { parseMediaType } from './media-type.ts'
import { MultipartReader, type Part } from './multipart.ts'

type Bytes = Uint8Array<ArrayBuffer>
type WholePart = Part & { readonly content: string }

/** The parts of a body, which arrives in these chunks. */
async function partsOf(chunks: readonly Bytes[], boundary: string): Promise<WholePart[]> {
  const reader = new MultipartReader(streamOf(chunks), boundary)
  const parts: WholePart[] = []
  for (let part = await reader.next(); part; part = await reader.next()) {
    const pieces: Buffer[] = []
    for (let piece = await reader.piece(); piece; piece = await reader.piece()) {
      assert.notEqual(piece.length, 0)
      pieces.push(Buffer.from(piece))
    }
    parts.push({ ...part, content: Buffer.concat(pieces).toString('latin1') })
  }
  return parts
}

function streamOf(chunks: readonly Bytes[]): ReadableStream<Bytes> {
  const left = [...chunks]
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = left.shift()
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}

/** The same bytes, cut at these places. */
function cut(bytes: Bytes, places: readonly number[]): Bytes[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((left, right) => left - right)
  return [...ends, bytes.length].map((end, at) => bytes.subarray(at === 0 ? 0 : ends[at - 1], end))
}

/** Content that is made of pieces of the boundary, so that nearly every cut falls into what may be one. */
const nearly = fc
  .array(
    fc.constantFrom('\r', '\n', '\r\n', '-', '--', '--b', '\r\n--', '\r\n--b', '\r\n--bo', 'oundary', 'b', '\0', 'x'),
    {
      maxLength: 30,
    },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => !`\r\n${text}\r\n`.includes('\r\n--boundary'))
const cuts = fc.array(fc.nat(), { maxLength: 40 })

describe('multipart', () => {
  it('has the same parts wherever its chunks are cut', async () => {
    const part = fc.record({ name: fc.constantFrom('a', 'b', 'long name'), file: fc.boolean(), content: nearly })
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), cuts, async (given, places) => {
        const lines = given.map(
          ({ name, file, content }) =>
            `--boundary\r\nContent-Disposition: form-data; name="${name}"${file ? '; filename="f"' : ''}\r\n\r\n${content}\r\n`,
        )
        const body = Buffer.from(`preamble\r\n${lines.join('')}--boundary--\r\nepilogue`, 'latin1')
        const expected = given.map(({ name, file, content }) => ({
          name,
          fileName: file ? 'f' : undefined,
          type: undefined,
          content,
        }))
        assert.deepEqual(await partsOf(cut(new Uint8Array(body), places), 'boundary'), expected)
      }),
      { numRuns: 2_000 },
    )
  })

  it('refuses what is cut short, wherever that is', async () => {
    const body = new TextEncoder().encode(
      '--boundary\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n' +
        '--boundary\r\nContent-Disposition: form-data; name="b"; filename="f"\r\n\r\n2\r\n--boundary--',
    )
    for (let end = 0; end < body.length; end++) {
      await assert.rejects(
        partsOf([body.subarray(0, end)], 'boundary'),
        (error) => error instanceof PikkuError && error.code === 'BAD_REQUEST',
      )
    }
    assert.equal((await partsOf([body], 'boundary')).length, 2)
  })

  it('answers any bytes with parts or a refusal', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 500 }),
      nearly.map((text) => Buffer.from(`--boundary${text}`)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, cuts, async (body, places) => {
        const chunks = cut(new Uint8Array(body), places)
        await partsOf(chunks, 'boundary').catch((error) => assert.ok(error instanceof PikkuError, String(error)))
      }),
      { numRuns: 1_000 },
    )
  })

  it('asks its body for no more than its reader asks for', async () => {
    let asked = 0
    const head = '--boundary\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n'
    const body = new ReadableStream<Bytes>(
      {
        pull(controller) {
          controller.enqueue(asked++ === 0 ? new TextEncoder().encode(head) : new Uint8Array(1_000))
        },
      },
      { highWaterMark: 0 },
    )
    const reader = new MultipartReader(body, 'boundary')
    await reader.next()
    assert.equal(asked, 1)
    await reader.piece()
    assert.equal(asked, 2)
    await reader.cancel()
  })

  it('reads what FormData writes', async () => {
    const form = new FormData()
    form.append('na"me\r\n', 'line\nline')
    form.append('file', new File(['\r\n--'], 'ü"\n.txt', { type: 'text/x' }))
    const { headers, body } = new Response(form)
    const boundary = parseMediaType(headers.get('content-type') ?? '').parameters.get('boundary') ?? ''
    const chunks: Bytes[] = []
    for await (const chunk of body ?? []) chunks.push(chunk)
    assert.deepEqual(await partsOf(chunks, boundary), [
      { name: 'na"me\r\n', fileName: undefined, type: undefined, content: 'line\r\nline' },
      { name: 'file', fileName: 'ü".txt', type: 'text/x', content: '\r\n--' },
    ])
  })

  it('reads what curl writes', async (t) => {
    const run = promisify(execFile)
    const found = await run('curl', ['--version']).catch(() => undefined)
    if (!found) return t.skip('curl is not installed')
    const folder = await mkdtemp(join(tmpdir(), 'pikku-'))
    const file = join(folder, 'a "b".txt')
    await writeFile(file, 'content')
    const parts = Promise.withResolvers<WholePart[]>()
    const server = createServer(async (message, response) => {
      const boundary = parseMediaType(message.headers['content-type'] ?? '').parameters.get('boundary') ?? ''
      const chunks: Bytes[] = []
      for await (const chunk of message) chunks.push(new Uint8Array(chunk))
      response.end()
      parts.resolve(await partsOf(chunks, boundary))
    }).listen(0)
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}`
    await run('curl', ['-s', '-F', 'title=Hellö', '-F', `file=@"${file.replaceAll('"', '\\"')}";type=text/x`, url])
    assert.deepEqual(await parts.promise, [
      { name: 'title', fileName: undefined, type: undefined, content: Buffer.from('Hellö').toString('latin1') },
      { name: 'file', fileName: 'a "b".txt', type: 'text/x', content: 'content' },
    ])
    server.close()
    await rm(folder, { recursive: true })
  })
})

describe('byte search', () => {
  it('finds what a search byte by byte finds', () => {
    const alphabet = fc.array(fc.constantFrom('\r', '\n', '-', 'b'), { maxLength: 40 }).map((chars) => chars.join(''))
    fc.assert(
      fc.property(
        alphabet,
        alphabet.filter((text) => text.length > 0),
        (text, mark) => {
          const bytes = new TextEncoder().encode(text)
          assert.equal(indexOfMark(bytes, toMark(mark)), text.indexOf(mark))
          const boundary = `\r\n--${mark.replaceAll('\r', 'x')}`
          const lengths = Array.from({ length: boundary.length - 1 }, (_, at) => boundary.length - 1 - at)
          const length = lengths.find((length) => text.endsWith(boundary.slice(0, length))) ?? 0
          assert.equal(startOfMark(bytes, toMark(boundary)), text.length - length)
        },
      ),
      { numRuns: 2_000 },
    )
  })
})

describe('media types', () => {
  it('reads parameters, quoted or not, the first of a name', () => {
    const { type, parameters } = parseMediaType(
      ' Text/CSV ; Charset="UTF-8" ;a=b c; a=2;; q="\\"\\\\x\\y;"; broken; z=1',
    )
    assert.equal(type, 'text/csv')
    assert.deepEqual(
      [...parameters],
      [
        ['charset', 'UTF-8'],
        ['a', 'b c'],
        ['q', '"\\x\\y;'],
      ],
    )
  })
  it('takes texts that are made for it in their length', () => {
    for (const text of [`x${';a="\\"'.repeat(20_000)}`, `x${'; '.repeat(60_000)}`, `x;a="${'\\'.repeat(100_001)}`]) {
      const before = process.cpuUsage().user
      parseMediaType(text)
      assert.ok(process.cpuUsage().user - before < 1_000_000)
    }
  })
})
