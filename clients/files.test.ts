import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createFetchClient, files, type Operations, PikkuError } from './fetch.ts'
import { type Answer, json, problem, type Seen, serve } from './testing/server.ts'

type Call = (input?: unknown, options?: { signal?: AbortSignal; timeout?: number }) => Promise<unknown>

/** A client of one operation, `it`. */
function clientOf(url: string, operation: Operations[string]): Call {
  return createFetchClient<{ it: Call }>(url, { it: operation }, { retries: 1 }, {}, { files }).it
}

/** What is sent for an input. */
async function sent(operation: Operations[string], input: unknown): Promise<Seen> {
  await using server = await serve(json(null))
  await clientOf(server.url, operation)(input)
  return server.seen[0] as Seen
}

/** The fields of a form, each as a text or the file that it was. */
async function fieldsOf({ headers, body }: Seen): Promise<unknown[]> {
  const form = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } }).formData()
  return Promise.all(
    [...form].map(async ([name, value]) =>
      value instanceof File ? [name, value.name, value.type, await value.text()] : [name, value],
    ),
  )
}

const text: (type: string, body: string, headers?: Record<string, string>) => Answer =
  (type, body, headers = {}) =>
  (response) =>
    response.writeHead(200, { 'content-type': type, ...headers }).end(body)

describe('a form', () => {
  test('has its fields as text, then its files, a stream last; what is absent is not in it', async () => {
    const input = {
      video: new Blob(['moving']).stream(),
      photo: new File(['png'], 'ä b.png', { type: 'image/png' }),
      more: [new Blob(['1'], { type: 'text/plain' }), new File(['2'], 'two')],
      tags: ['a', 'b'],
      at: new Date(0),
      size: 5,
      shown: false,
      none: undefined,
    }
    const seen = await sent({ b: ['photo', 'more', 'gone', 'video'] }, input)
    assert.match(seen.headers['content-type'] ?? '', /^multipart\/form-data; boundary=/)
    assert.deepEqual(await fieldsOf(seen), [
      ['tags', 'a'],
      ['tags', 'b'],
      ['at', '1970-01-01T00:00:00.000Z'],
      ['size', '5'],
      ['shown', 'false'],
      ['photo', 'ä b.png', 'image/png', 'png'],
      ['more', 'blob', 'text/plain', '1'],
      ['more', 'two', 'application/octet-stream', '2'],
      ['video', 'blob', 'application/octet-stream', 'moving'],
    ])
  })

  test('leaves to the path what the path names', async () => {
    const seen = await sent({ m: 'POST', p: '/albums/:album', b: ['photo'] }, { album: 'a/b', photo: new Blob(['x']) })
    assert.equal(seen.url, '/albums/a%2Fb')
    assert.deepEqual(await fieldsOf(seen), [['photo', 'blob', 'application/octet-stream', 'x']])
  })

  test('without files is sent as a page would', async () => {
    const seen = await sent({ b: 'u' }, { name: 'A & B', days: [1, 2] })
    assert.equal(seen.headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8')
    assert.equal(seen.body, 'name=A+%26+B&days=1&days=2')
  })
})

describe('a body of bytes', () => {
  const put = { m: 'PUT', p: '/users/:id/avatar', b: 'p' } as const

  test('is sent as it is, beside what the path and the query have', async () => {
    const body = new Blob(['png'], { type: 'image/png' })
    const seen = await sent(put, { id: '1', body, crop: 'no', sizes: [1, 2] })
    const { method, url, headers } = seen
    assert.deepEqual([method, url], ['PUT', '/users/1/avatar?crop=no&sizes=1&sizes=2'])
    assert.deepEqual([headers['content-type'], headers['content-length'], seen.body], ['image/png', '3', 'png'])
  })

  test('may be a stream, of which nothing is held', async () => {
    const { headers, body } = await sent(put, { id: '1', body: new Blob(['a', 'b']).stream() })
    assert.deepEqual([headers['transfer-encoding'], headers['content-type']], ['chunked', 'application/octet-stream'])
    assert.equal(body, 'ab')
  })

  test('is the whole input: a text, bytes or a file with its name', async () => {
    const csv = await sent({ b: 'w', c: 'text/csv' }, 'a,b')
    assert.deepEqual([csv.url, csv.headers['content-type'], csv.body], ['/rpc/it', 'text/csv', 'a,b'])
    const bytes = await sent({ b: 'w' }, new Uint8Array([97, 98]))
    assert.deepEqual([bytes.headers['content-type'], bytes.body], ['application/octet-stream', 'ab'])
    const file = await sent({ b: 'W' }, new File(['x'], 'ö.txt', { type: 'text/plain' }))
    assert.equal(file.headers['content-disposition'], "attachment; filename*=UTF-8''%C3%B6.txt")
    const blob = await sent({ b: 'w' }, new File(['x'], 'ö.txt', { type: 'text/plain' }))
    assert.equal(blob.headers['content-disposition'], undefined)
  })

  test('is not sent again when it fails', async () => {
    await using server = await serve(problem('UNAVAILABLE', 503), json(null))
    const call = clientOf(server.url, { b: 'w' })
    await assert.rejects(call(new Blob(['x']).stream()), { code: 'UNAVAILABLE' })
    assert.equal(server.seen.length, 1)
  })
})

describe('an answer', () => {
  async function answered(operation: Operations[string], answer: Answer): Promise<unknown> {
    await using server = await serve(answer)
    return await clientOf(server.url, operation)()
  }

  test('is text, bytes or a blob', async () => {
    assert.equal(await answered({ a: 't' }, text('text/csv', 'a,ä')), 'a,ä')
    assert.deepEqual(await answered({ a: 'y' }, text('image/png', 'ab')), new Uint8Array([97, 98]))
    const blob = (await answered({ a: 'b' }, text('image/png', 'png'))) as Blob
    assert.deepEqual([blob.constructor, blob.type, await blob.text()], [Blob, 'image/png', 'png'])
  })

  const names: Readonly<Record<string, string>> = {
    'attachment; filename="a b.pdf"': 'a b.pdf',
    'attachment; filename=plain.pdf; size=3': 'plain.pdf',
    'attachment; filename="say \\"hi\\".txt"': 'say "hi".txt',
    'attachment; filename="x.pdf"; filename*=UTF-8\'\'%e2%82%ac%20rates.pdf': '€ rates.pdf',
    "attachment; filename*=utf-8'en'a%27b": "a'b",
    "attachment; filename*=UTF-8''%ff; filename=fallback": 'fallback',
    attachment: '',
  }
  for (const [disposition, name] of Object.entries(names)) {
    test(`is a file named ${JSON.stringify(name)} by ${disposition}`, async () => {
      const answer = text('application/pdf', 'pdf', { 'content-disposition': disposition })
      const file = (await answered({ a: 'f' }, answer)) as File
      assert.deepEqual(
        [file.constructor, file.name, file.type, await file.text()],
        [File, name, 'application/pdf', 'pdf'],
      )
    })
  }

  test('is a stream that goes on after the call, and the response itself', async () => {
    const answer: Answer = async (response) => {
      response.writeHead(201, { 'content-type': 'text/plain', 'x-mine': '1' })
      response.write('a')
      setImmediate(() => response.end('b'))
    }
    await using server = await serve(answer)
    const stream = (await clientOf(server.url, { a: 's' })()) as ReadableStream<Uint8Array>
    assert.equal(await new Response(stream).text(), 'ab')
    const response = (await clientOf(server.url, { a: 'r' })()) as Response
    assert.deepEqual([response.status, response.headers.get('x-mine')], [201, '1'])
    assert.equal(await response.text(), 'ab')
  })

  test('that goes on ends with the signal of its caller, and the server is told', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    await using server = await serve((response) => {
      response.on('close', resolve)
      response.writeHead(200).write('a')
    })
    const controller = new AbortController()
    const stream = (await clientOf(server.url, { a: 's' })(undefined, { signal: controller.signal })) as ReadableStream
    const reader = stream.getReader()
    await reader.read()
    const rest = assert.rejects(reader.read(), { message: 'enough' })
    controller.abort(new Error('enough'))
    await rest
    await closed
  })

  test('that goes on ends when its reader leaves', async () => {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    await using server = await serve((response) => {
      response.on('close', resolve)
      response.writeHead(200).write('a')
    })
    const stream = (await clientOf(server.url, { a: 's' })()) as ReadableStream
    await stream.cancel()
    await closed
  })

  test('that never begins runs into the timeout, and into the signal of its caller', async () => {
    await using server = await serve(() => {})
    const call = clientOf(server.url, { a: 's' })
    await assert.rejects(call(undefined, { timeout: 20 }), { code: 'TIMEOUT' })
    const signal = AbortSignal.timeout(20)
    await assert.rejects(call(undefined, { signal }), { name: 'TimeoutError' })
  })

  test('that is an error is thrown, and asked for again where that is safe', async () => {
    await using server = await serve(problem('NOT_FOUND', 404), problem('UNAVAILABLE', 503), text('text/csv', 'a'))
    const call = clientOf(server.url, { m: 'GET', p: '/csv', a: 't' })
    await assert.rejects(call(), (error) => error instanceof PikkuError && error.code === 'NOT_FOUND')
    assert.equal(await call(), 'a')
  })
})

test('what is JSON both ways is called as without the piece', async () => {
  await using server = await serve(json({ a: 1 }))
  assert.deepEqual(await clientOf(server.url, {})({ b: 2 }), { a: 1 })
  const [seen] = server.seen
  assert.deepEqual([seen?.headers['content-type'], seen?.body], ['application/json', '{"b":2}'])
})
