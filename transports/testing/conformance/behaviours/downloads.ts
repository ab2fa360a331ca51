import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem, type Target } from '../target.ts'

type HeaderValues = Record<string, string>

const get = (target: Target, path: string, headers: HeaderValues = {}) => target.call(`/downloads/${path}`, { headers })

function assertHeaders({ headers }: Response, expected: Record<string, string | null>): void {
  for (const [name, value] of Object.entries(expected)) {
    // Bun adds it to the type of every file of text.
    assert.equal(headers.get(name)?.replace(/;charset=utf-8$/, '') ?? null, value, name)
  }
}

export const downloads = group('downloads', (it) => {
  it('sends a file under its name, with its type, length and state', 'lengths', async (target) => {
    const response = await get(target, 'report/a.txt')
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '0123456789')
    assertHeaders(response, {
      'content-type': 'text/plain',
      'content-length': '10',
      'content-disposition': 'attachment; filename="a.txt"',
      'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
      'accept-ranges': 'bytes',
      'x-content-type-options': 'nosniff',
    })
    assert.match(response.headers.get('etag') ?? '', /^"[\w+/]+"$/)
  })
  it('sends a file by a call by name too', async (target) => {
    const response = await target.rpc('downloads.report', { name: 'a.txt' })
    assert.equal(await response.text(), '0123456789')
    assertHeaders(response, { 'content-disposition': 'attachment; filename="a.txt"', etag: null })
  })
  it('writes hostile names so that they stay names', async (target) => {
    const names: [name: string, disposition: string][] = [
      ['€ 100.txt', `attachment; filename="_ 100.txt"; filename*=UTF-8''%E2%82%AC%20100.txt`],
      [
        'a"; filename="b.exe',
        `attachment; filename="a_; filename=_b.exe"; filename*=UTF-8''a%22%3B%20filename%3D%22b.exe`,
      ],
      ['../../x\r\nset-cookie: a=b', `attachment; filename="xset-cookie: a=b"`],
      ["it's (1)*.txt", `attachment; filename="it's (1)*.txt"`],
      ['..', 'attachment'],
    ]
    for (const [name, disposition] of names) {
      const response = await target.rpc('downloads.report', { name })
      assertHeaders(response, { 'content-disposition': disposition, 'set-cookie': null })
      await response.text()
    }
  })
  it('lets a handler say otherwise', async (target) => {
    const response = await get(target, 'shown')
    assertHeaders(response, {
      'content-disposition': 'inline',
      'cache-control': 'max-age=60',
      'content-type': 'text/html',
    })
  })
  it('answers HEAD with the headers of GET', 'lengths', async (target) => {
    const response = await target.call('/downloads/report/a.txt', { method: 'HEAD' })
    assert.equal(response.status, 200)
    assert.equal(await response.text(), '')
    assertHeaders(response, { 'content-length': '10', 'content-type': 'text/plain' })
    const stream = await target.call('/downloads/stream/5', { method: 'HEAD' })
    assertHeaders(stream, { 'content-type': 'application/x-chunks' })
  })
  it('answers 304 to whom has the file already', async (target) => {
    const etag = (await get(target, 'report/a.txt')).headers.get('etag') ?? ''
    for (const headers of [
      { 'if-none-match': etag },
      { 'if-none-match': `"other", W/${etag}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': 'Fri, 02 Jan 2026 03:04:05 GMT' },
      { 'if-modified-since': 'Sat, 03 Jan 2026 00:00:00 GMT' },
    ] as HeaderValues[]) {
      const response = await get(target, 'report/a.txt', headers)
      assert.equal(response.status, 304, JSON.stringify(headers))
      assert.equal(await response.text(), '')
      assertHeaders(response, { etag, 'content-disposition': null })
    }
    for (const headers of [
      { 'if-none-match': '"other"' },
      { 'if-none-match': '"other"', 'if-modified-since': 'Sat, 03 Jan 2026 00:00:00 GMT' },
      { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' },
      { 'if-modified-since': 'yesterday' },
    ] as HeaderValues[]) {
      const response = await get(target, 'report/a.txt', headers)
      assert.equal(response.status, 200, JSON.stringify(headers))
      await response.text()
    }
  })
  it('tells the state of a long file by its date and length', async (target) => {
    const { headers } = await get(target, 'film', { range: 'bytes=0-0' })
    assert.match(headers.get('etag') ?? '', /^W\/"/)
  })
  it('sends the part of a file that is asked for', 'lengths', async (target) => {
    for (const [range, text, part] of [
      ['bytes=0-3', '0123', '0-3'],
      ['bytes=8-', '89', '8-9'],
      ['bytes=-3', '789', '7-9'],
      ['bytes=-99', '0123456789', '0-9'],
      ['bytes=9-99', '9', '9-9'],
    ] as const) {
      const response = await get(target, 'report/a.txt', { range })
      assert.equal(response.status, 206, range)
      assert.equal(await response.text(), text)
      assertHeaders(response, { 'content-range': `bytes ${part}/10`, 'content-length': String(text.length) })
    }
    for (const range of [
      'bytes=0-1,4-5',
      'bytes=5-4',
      'bytes=-',
      'bytes=x-1',
      'lines=1-2',
      'bytes=0-1 ',
      'bytes=--1',
    ]) {
      const response = await get(target, 'report/a.txt', { range })
      assert.equal(response.status === 206 ? range.trim() : range, response.status === 206 ? 'bytes=0-1' : range)
      if (response.status === 200) assert.equal(await response.text(), '0123456789')
    }
    for (const range of ['bytes=10-', 'bytes=-0', 'bytes=99-100']) {
      const response = await get(target, 'report/a.txt', { range })
      assert.equal(response.status, 416, range)
      assertHeaders(response, { 'content-range': 'bytes */10' })
    }
  })
  it('sends the whole file where the part was asked of another state', async (target) => {
    const etag = (await get(target, 'report/a.txt')).headers.get('etag') ?? ''
    const part = async (ifRange: string) =>
      (await get(target, 'report/a.txt', { range: 'bytes=0-3', 'if-range': ifRange })).status
    assert.equal(await part(etag), 206)
    assert.equal(await part('Fri, 02 Jan 2026 03:04:05 GMT'), 206)
    assert.equal(await part('"other"'), 200)
    assert.equal(await part('Sat, 03 Jan 2026 00:00:00 GMT'), 200)
  })
  it('sends blobs, bytes and texts of their types', 'lengths', async (target) => {
    const blob = await get(target, 'blob/2000000')
    assertHeaders(blob, { 'content-type': 'image/png', 'content-length': '2000000', 'content-disposition': null })
    assert.equal((await blob.arrayBuffer()).byteLength, 2_000_000)
    const empty = await get(target, 'blob/0')
    assertHeaders(empty, { 'content-length': '0' })
    assert.equal(await empty.text(), '')
    const bytes = await get(target, 'bytes', { range: 'bytes=1-3' })
    assertHeaders(bytes, { 'content-type': 'application/pdf' })
    assert.equal(await bytes.text(), 'PDF')
    const csv = await get(target, 'csv/1')
    assertHeaders(csv, { 'content-type': 'text/csv; charset=utf-8' })
    assert.equal(await csv.text(), 'name,größe\n')
  })
  it('sends a stream whole', 'duplex', async (target) => {
    const response = await get(target, 'stream/20')
    assertHeaders(response, { 'content-type': 'application/x-chunks', 'content-length': null })
    const bytes = new Uint8Array(await response.arrayBuffer())
    assert.equal(bytes.length, 20 * 65_536)
    assert.deepEqual([bytes[0], bytes.at(-1)], [1, 20])
  })
  it('sends back what arrives', 'duplex', async (target) => {
    const init = { method: 'POST', body: new Blob(['to and ', 'fro']).stream(), duplex: 'half' }
    assert.equal(await (await target.call('/rpc/downloads.echo', init as RequestInit)).text(), 'to and fro')
  })
  it('makes no more of a stream than its reader takes, and ends it when he leaves', 'disconnects', async (target) => {
    await target.forget('download')
    const response = await get(target, 'stream/5000')
    const reader = response.body?.getReader()
    await reader?.read()
    let made = ''
    for (let asked = 0, before = ''; asked < 20 || made !== before; asked++) {
      before = made
      made = (await target.noted('chunks made')) ?? ''
    }
    assert.ok(Number(made) < 2_500, `${made} of 5000 chunks were made`)
    await reader?.cancel()
    assert.equal(await target.untilNoted('download'), 'left')
  })
  it('cuts the connection when a stream fails, and keeps why on the server', 'streaming', async (target) => {
    await assert.rejects(async () => (await get(target, 'broken')).arrayBuffer())
    assert.equal((await target.logged('the disk is gone')).length > 0, true)
  })
  it('sends the response of a handler, whose headers win', async (target) => {
    const response = await get(target, 'page')
    assert.equal(response.status, 201)
    assert.equal(await response.text(), '<h1>Hello</h1>')
    assertHeaders(response, {
      'content-type': 'text/html; charset=utf-8',
      'x-both': 'response',
      'x-reply': 'reply',
      'x-content-type-options': null,
    })
    assert.deepEqual(response.headers.getSetCookie(), ['own=2', 'seen=1'])
    assert.match(response.headers.get('x-request-id') ?? '', /^[\w-]{36}$/)
    const away = await target.call('/downloads/away', { redirect: 'manual' })
    assert.equal(away.status, 303)
    assertHeaders(away, { location: 'https://example.com/' })
    assert.equal(await (await target.call('/downloads/page', { method: 'HEAD' })).text(), '')
  })
  it('answers 304 to a read that its handler made cacheable', async (target) => {
    const response = await get(target, 'cached/10')
    const etag = response.headers.get('etag') ?? ''
    assert.match(etag, /^W\/"/)
    assert.deepEqual(await response.json(), { text: 'xxxxxxxxxx' })
    const again = await get(target, 'cached/10', { 'if-none-match': etag })
    assert.equal(again.status, 304)
    assertHeaders(again, { etag, 'cache-control': 'private, max-age=60', 'content-type': null })
    assert.equal((await get(target, 'cached/11', { 'if-none-match': etag })).status, 200)
    assertHeaders(await target.rpc('downloads.cached', { size: 10 }), { etag: null })
  })
})

export const negotiation = group('negotiation', (it) => {
  const long = (target: Target, headers: HeaderValues, size = 5_000) => get(target, `long/${size}`, headers)

  it('compresses what is long enough, for whom takes it', 'compression', async (target) => {
    for (const [accepted, coding] of [
      ['gzip', 'gzip'],
      ['gzip;q=0.5, x', 'gzip'],
      ['gzip;q=0', null],
      ['identity', null],
      ['*', 'any'],
    ] as const) {
      const response = await long(target, { 'accept-encoding': accepted })
      const given = response.headers.get('content-encoding')
      assert.equal(coding === 'any' ? given !== null : given === coding, true, accepted)
      assert.match(response.headers.get('vary') ?? '', /accept-encoding/)
      assert.equal(((await response.json()) as { text: string }).text.length, 5_000)
    }
    assertHeaders(await long(target, { 'accept-encoding': 'gzip' }, 10), { 'content-encoding': null })
    const csv = await get(target, 'csv/1000', { 'accept-encoding': 'gzip' })
    assertHeaders(csv, { 'content-encoding': 'gzip' })
    assert.equal((await csv.text()).length, 11_000)
    assertHeaders(await get(target, 'blob/5000', { 'accept-encoding': 'gzip' }), { 'content-encoding': null })
  })
  it('compresses nothing for a session that came by a cookie', 'compression', async (target) => {
    const cookie = await long(target, { 'accept-encoding': 'gzip', cookie: target.cookie('sid=ann') })
    assertHeaders(cookie, { 'content-encoding': null })
    const bearer = await long(target, { 'accept-encoding': 'gzip', authorization: 'Bearer bob-token' })
    assertHeaders(bearer, { 'content-encoding': 'gzip' })
    await Promise.all([cookie.text(), bearer.text()])
  })
  it('has weak tags for what it compresses, and answers 304 by them', 'compression', async (target) => {
    const response = await get(target, 'cached/5000', { 'accept-encoding': 'gzip' })
    const etag = response.headers.get('etag') ?? ''
    assert.match(etag, /^W\//)
    await response.text()
    const again = await get(target, 'cached/5000', { 'accept-encoding': 'gzip', 'if-none-match': etag })
    assert.equal(again.status, 304)
  })
  it('answers 406 to whom takes nothing of what there is, before anything is done', async (target) => {
    await target.forget('2')
    for (const accept of ['text/html', 'application/json;q=0', 'image/*, text/*;q=0.5', '*/*;q=0']) {
      const response = await target.rpc('notes.echo', { text: 'a' }, { accept })
      assert.equal(response.status, 406, accept)
      await response.text()
    }
    for (const accept of ['application/*', 'text/html, */*;q=0.1', 'APPLICATION/JSON', 'application/json; q=0.2', '']) {
      assert.equal((await target.rpc('notes.echo', { text: 'a' }, { accept })).status, 200, accept)
    }
    assert.equal((await get(target, 'csv/1', { accept: 'application/json' })).status, 406)
    assert.equal((await get(target, 'csv/1', { accept: 'text/*' })).status, 200)
    assert.equal((await get(target, 'page', { accept: 'image/png' })).status, 201)
  })
  it('tells of errors in a type that the caller takes', async (target) => {
    const failing = (accept: string) => target.rpc('notes.echo', {}, { accept })
    await problem(await failing('application/problem+json, application/json'), 400, 'INVALID_INPUT')
    const json = await failing('application/json')
    assertHeaders(json, { 'content-type': 'application/json' })
    assert.equal(((await json.json()) as { code: string }).code, 'INVALID_INPUT')
    const text = await get(target, 'csv/many', { accept: 'text/csv, text/plain;q=0.5' })
    assert.equal(text.status, 400)
    assertHeaders(text, { 'content-type': 'text/plain; charset=utf-8' })
    assert.match(await text.text(), /^INVALID_INPUT: /)
  })
})
