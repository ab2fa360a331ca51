import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem, type Target } from '../target.ts'

/** Posts a body to an operation by its name. */
async function post(target: Target, path: string, body: RequestInit['body'], headers: Record<string, string> = {}) {
  return target.call(path, { method: 'POST', body, headers, ...{ duplex: 'half' } } as RequestInit)
}

async function json(response: Response): Promise<unknown> {
  const text = await response.text()
  assert.equal(response.status, 200, text)
  return JSON.parse(text)
}

function form(fields: readonly (readonly [string, string | File])[]): FormData {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  return form
}

const cover = new File(['png'], 'cover.png', { type: 'image/png' })
const album = '/rpc/uploads.album'

/** A form as bytes, with lines of one's own. */
function multipart(target: Target, path: string, lines: string) {
  return post(target, path, lines.replaceAll('\n', '\r\n'), { 'content-type': 'multipart/form-data; boundary=b' })
}

function filePart(disposition: string, content = 'png'): string {
  return `--b\nContent-Disposition: form-data; ${disposition}\nContent-Type: image/png\n\n${content}\n`
}
const titlePart = '--b\nContent-Disposition: form-data; name="title"\n\nSummer\n'

export const uploads = group('uploads', (it) => {
  it('reads a form with files: texts by contract, and nothing that the contract does not name', async (target) => {
    const more = [new File(['a'], 'a.txt', { type: 'text/plain' }), new File([], 'empty.txt', { type: 'text/plain' })]
    const answer = await post(
      target,
      album,
      form([
        ['title', 'Sömmer 🌞'],
        ['stars', '5'],
        ['shared', 'false'],
        ['tags', 'a'],
        ['tags', 'b'],
        ['admin', 'true'],
        ['cover', cover],
        ...more.map((file) => ['more', file] as const),
        ['unknown', cover],
      ]),
    )
    assert.deepEqual(await json(answer), {
      title: 'Sömmer 🌞',
      stars: 5,
      shared: false,
      tags: ['a', 'b'],
      cover: { name: 'cover.png', type: 'image/png', size: 3, text: 'png' },
      more: [
        { name: 'a.txt', type: 'text/plain', size: 1, text: 'a' },
        { name: 'empty.txt', type: 'text/plain', size: 0, text: '' },
      ],
    })
  })
  it('takes a file field without a chosen file for none', async (target) => {
    const none =
      '--b\nContent-Disposition: form-data; name="more"; filename=""\nContent-Type: application/octet-stream\n\n\n'
    const answer = await multipart(target, album, `${titlePart}${filePart('name="cover"; filename="a"')}${none}--b--\n`)
    assert.deepEqual(((await json(answer)) as { more: unknown }).more, [])
  })
  it('names the fields of a form that do not fit', async (target) => {
    const answer = await post(
      target,
      album,
      form([
        ['title', 'x'],
        ['stars', 'many'],
        ['cover', 'no file'],
      ]),
    )
    const { issues = [] } = await problem(answer, 400, 'INVALID_INPUT')
    assert.deepEqual(issues.map(({ path }) => path[0]).sort(), ['stars'])
  })
  it('makes names of files fit to be names', async (target) => {
    const names: [disposition: string, name: string][] = [
      ['filename="../../etc/passwd"', 'passwd'],
      ['filename="C:\\windows\\system.ini"', 'system.ini'],
      ['filename="a\u0000b\u0007.txt"', 'ab.txt'],
      ['filename="gpj\u202etxt.exe"', 'gpjtxt.exe'],
      ['filename=".."', 'blob'],
      ['filename="say %22hi%22%0D%0A.txt"', 'say "hi".txt'],
      ['filename="say \\"hi\\".txt"', 'say "hi".txt'],
      [`filename="${'x'.repeat(300)}.tar"`, `${'x'.repeat(251)}.tar`],
      ['filename=plain.txt', 'plain.txt'],
      ['filename="no.txt"; filename*=UTF-8\'\'%e2%82%ac.txt', '€.txt'],
    ]
    for (const [disposition, name] of names) {
      const answer = await multipart(target, album, `${titlePart}${filePart(`name="cover"; ${disposition}`)}--b--`)
      assert.equal(((await json(answer)) as { cover: { name: string } }).cover.name, name, disposition)
    }
  })
  it('reads a form in any shape that the standard allows', async (target) => {
    const shape =
      'a preamble\r\n--b \t\r\ncontent-disposition:form-data;name=title\r\nX-Other: 1\r\n\r\n--b\n--bb\r\n' +
      '--b\r\nContent-Type: image/png\r\nContent-Disposition: Form-Data; filename="a;b.png"; NAME="cover"\r\n\r\n\r\n\r--b\r\n' +
      '--b--\r\nan epilogue'
    const answer = await post(target, album, shape, {
      'content-type': 'Multipart/Form-Data; charset=utf-8; BOUNDARY="b"',
    })
    const { title, cover } = (await json(answer)) as { title: string; cover: { name: string; text: string } }
    assert.equal(title, '--b\n--bb')
    assert.deepEqual([cover.name, cover.text], ['a;b.png', '\r\n\r--b'])
  })
  const broken: Record<string, string> = {
    empty: '',
    'without a boundary': 'hello',
    'that stops in the headers': '--b\nContent-Disposition: form-da',
    'that stops in a part': `${titlePart}--b\nContent-Disposition: form-data; name="cover"; filename="a"\n\npn`,
    'that lacks its last boundary': `${titlePart}${filePart('name="cover"; filename="a"')}`,
    'whose boundary goes on': `${titlePart.replace('--b', '--bx')}--b--`,
    'with a part without a name': '--b\nContent-Disposition: form-data\n\nx\n--b--',
    'with a part without headers': '--b\n\nx\n--b--',
    'with a part that is no form data': '--b\nContent-Disposition: attachment; name="title"\n\nx\n--b--',
    'with a part named __proto__': '--b\nContent-Disposition: form-data; name="__proto__"\n\nx\n--b--',
    'with headers without end': `--b\nX-Long: ${'x'.repeat(9_000)}\n\nx\n--b--`,
    'with a name without end': `--b\nContent-Disposition: form-data; name="${'x'.repeat(300)}"\n\nx\n--b--`,
    'with too many parts': `${'--b\nContent-Disposition: form-data; name="x"\n\n1\n'.repeat(101)}--b--`,
    'with a text that is no UTF-8': '--b\nContent-Disposition: form-data; name="title"\n\n\u00ff\n--b--',
  }
  for (const [name, lines] of Object.entries(broken)) {
    it(`answers 400 to a form ${name}`, async (target) => {
      const body = Buffer.from(lines.replaceAll('\n', '\r\n'), 'latin1')
      const answer = await post(target, album, body, { 'content-type': 'multipart/form-data; boundary=b' })
      await problem(answer, 400, 'BAD_REQUEST')
    })
  }
  for (const type of [
    'multipart/form-data',
    'multipart/form-data; boundary=',
    `multipart/form-data; boundary=${'b'.repeat(71)}`,
  ]) {
    it(`answers 400 to the content type ${type.slice(0, 40)}`, async (target) => {
      await problem(await post(target, album, '--b--', { 'content-type': type }), 400, 'BAD_REQUEST')
    })
  }
  it('answers 413 to a form that is too large, whether it announces that or not', async (target) => {
    const large = form([
      ['title', 'x'],
      ['cover', new File([new Uint8Array(1_100_000)], 'large')],
    ])
    await problem(await target.refusal(() => post(target, album, large)), 413, 'PAYLOAD_TOO_LARGE')
    const unannounced = () => {
      const { body, headers } = new Response(large)
      return post(target, album, body, { 'content-type': headers.get('content-type') ?? '' })
    }
    await problem(await target.refusal(unannounced), 413, 'PAYLOAD_TOO_LARGE')
  })
  it('reads a urlencoded form, and the same operation from JSON', async (target) => {
    const input = { name: 'Ann & Bö', age: 42, tags: ['a', 'b'] }
    const urlencoded = new URLSearchParams('name=Ann+%26+B%C3%B6&age=42&tags=a&tags=b&admin=1')
    assert.deepEqual(await json(await post(target, '/rpc/uploads.sign', urlencoded)), input)
    const type = { 'content-type': 'application/json' }
    assert.deepEqual(await json(await post(target, '/rpc/uploads.sign', JSON.stringify(input), type)), input)
  })
  it('refuses a urlencoded form that is odd, and pollutes nothing', async (target) => {
    const send = (body: string) =>
      post(target, '/rpc/uploads.sign', body, { 'content-type': 'application/x-www-form-urlencoded' })
    await problem(await send('name=a&age=x'), 400, 'INVALID_INPUT')
    await problem(await send('name=a&name=b&age=1'), 400, 'INVALID_INPUT')
    await problem(await send('__proto__=a&name=a&age=1'), 400, 'BAD_REQUEST')
    await problem(await send(`${'x=1&'.repeat(1_001)}name=a&age=1`), 400, 'BAD_REQUEST')
    assert.deepEqual(await json(await send('name=a&age=1&constructor=x&__proto__[polluted]=1&%')), {
      name: 'a',
      age: 1,
    })
    assert.equal(await target.ask('probe.polluted', {}), false)
  })
  it('hands a file over as it arrives, whole and in order', async (target) => {
    const bytes = new Uint8Array(3_000_000).map((_, at) => (at * 7) % 251)
    const expected = { size: bytes.length, sum: sumOf(bytes) }
    const film = new File([bytes], 'film.mp4', { type: 'video/mp4' })
    assert.deepEqual(
      await json(
        await post(
          target,
          '/rpc/uploads.film',
          form([
            ['title', 'x'],
            ['film', film],
          ]),
        ),
      ),
      {
        title: 'x',
        ...expected,
      },
    )
    const stored = await target.call('/uploads/7', { method: 'PUT', body: bytes })
    assert.deepEqual(await json(stored), { id: '7', ...expected })
    const chunks = new Blob([bytes.subarray(0, 1_000_001), bytes.subarray(1_000_001)]).stream()
    assert.deepEqual(await json(await post(target, '/rpc/uploads.store?id=8', chunks)), { id: '8', ...expected })
  })
  it('answers 400 when the form ends in the middle of such a file, or has fields after it', async (target) => {
    const begun = `${titlePart}--b\nContent-Disposition: form-data; name="film"; filename="f"\n\nhalf`
    await problem(await multipart(target, '/rpc/uploads.film', begun), 400, 'BAD_REQUEST')
    const { detail } = await problem(
      await multipart(target, '/rpc/uploads.film', `${begun}\n${titlePart}--b--`),
      400,
      'BAD_REQUEST',
    )
    assert.match(detail ?? '', /title/)
  })
  it(
    'answers 413 to a file that is longer than the function takes, counted as it arrives',
    'earlyRefusal',
    async (target) => {
      const large = form([
        ['title', 'x'],
        ['film', new File([new Uint8Array(17_000_000)], 'large')],
      ])
      await problem(await target.refusal(() => post(target, '/rpc/uploads.film', large)), 413, 'PAYLOAD_TOO_LARGE')
      const response = await target.refusal(() => post(target, '/rpc/uploads.store?id=8', endless()))
      await problem(response, 413, 'PAYLOAD_TOO_LARGE')
    },
  )
  it('answers a caller whose body it does not read', 'earlyRefusal', async (target) => {
    const response = await target.refusal(() => post(target, '/rpc/uploads.ignore', endless()))
    assert.equal(await json(response), 'ignored')
    assert.equal(await json(await post(target, '/rpc/uploads.ignore', 'short')), 'ignored')
  })
  it('takes no more of a body than its handler reads', 'earlyRefusal', async (target) => {
    await target.forget('upload may go on')
    await target.forget('upload waits')
    const size = 800
    let made = 0
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (made++ === size) controller.close()
          else controller.enqueue(new Uint8Array(65_536))
        },
      },
      { highWaterMark: 0 },
    )
    const answer = post(target, '/rpc/uploads.wait', body)
    await target.untilNoted('upload waits')
    for (let asked = 0, before = -1; asked < 20 || made !== before; asked++) {
      before = made
      await target.noted('something')
    }
    assert.ok(made < size / 2, `${made} of ${size} chunks were taken`)
    await target.ask('uploads.goOn', {})
    assert.equal(await json(await answer), size * 65_536)
  })
  it('tells the call and the reader of a body when its sender goes away', 'abandonedUploads', async (target) => {
    await target.forget('upload')
    await target.forget('upload begun')
    const leave = new AbortController()
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(70_000)) })
    const init = { method: 'POST', body, duplex: 'half', signal: leave.signal }
    const answer = assert.rejects(target.call('/rpc/uploads.watch', init as RequestInit))
    await target.untilNoted('upload begun')
    leave.abort()
    await answer
    assert.equal(await target.untilNoted('upload'), 'failed, the call knew')
  })
  it('reads bodies of the types that a function takes', async (target) => {
    const keep = (body: Blob) => post(target, '/rpc/uploads.keep', body)
    assert.deepEqual(await json(await keep(new Blob(['hi'], { type: 'audio/ogg' }))), {
      type: 'audio/ogg',
      size: 2,
      text: 'hi',
    })
    const headers = { 'content-type': 'image/webp', 'content-disposition': 'attachment; filename="../cat.webp"' }
    assert.deepEqual(await json(await post(target, '/rpc/uploads.picture', 'x', headers)), {
      name: 'cat.webp',
      type: 'image/webp',
      size: 1,
      text: 'x',
    })
    const csv = (text: string | Uint8Array<ArrayBuffer>, type = 'text/csv') =>
      post(target, '/rpc/uploads.rows', text, { 'content-type': type })
    assert.deepEqual(await json(await csv('a\nö\n')), ['a', 'ö'])
    assert.deepEqual(await json(await csv(new Uint8Array([0xf6]), 'text/csv; charset=iso-8859-1')), ['ö'])
    await problem(await csv(new Uint8Array([0xf6])), 400, 'BAD_REQUEST')
    await problem(await csv('a', 'text/csv; charset=none'), 415, 'UNSUPPORTED_MEDIA_TYPE')
    const binary = { 'content-type': 'application/octet-stream' }
    assert.deepEqual(
      await json(await post(target, '/rpc/uploads.bytes', new Uint8Array([1, 0, 255]), binary)),
      [1, 0, 255],
    )
    await problem(await post(target, '/rpc/uploads.bytes', new Uint8Array(65), binary), 413, 'PAYLOAD_TOO_LARGE')
  })
  it('answers 415 to a type that a function does not take, and says which it takes', async (target) => {
    for (const [path, taken] of [
      ['/rpc/uploads.picture', 'image/*'],
      ['/rpc/uploads.rows', 'text/csv'],
      [album, 'multipart/form-data'],
    ] as const) {
      const answer = await post(target, path, '{}', { 'content-type': 'application/json' })
      const { detail } = await problem(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
      assert.ok(detail?.includes(taken), detail)
    }
    await problem(await post(target, '/rpc/uploads.rows', new Uint8Array([1])), 415, 'UNSUPPORTED_MEDIA_TYPE')
  })
})

/** As the functions count. */
function sumOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => (sum * 31 + byte) % 1_000_003, 0)
}

/** Longer than anybody waits for, and not for ever: who sends it may not hear that nobody takes it. */
function endless(): ReadableStream<Uint8Array> {
  let left = 4_000
  return new ReadableStream(
    {
      async pull(controller) {
        if (left-- === 0) return controller.close()
        // Whoever fills a connection without pause never hears that it is closed.
        await new Promise((resolve) => setImmediate(resolve))
        controller.enqueue(new Uint8Array(65_536))
      },
    },
    { highWaterMark: 0 },
  )
}
