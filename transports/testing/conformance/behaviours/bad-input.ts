import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const badInput = group('bad input', (it) => {
  const malformed = [
    '',
    ' ',
    '{',
    '{"text":}',
    '[1,]',
    'nul',
    '{"text":"a"} x',
    '\u0000',
    '{"a":1e}',
    '"\\x"',
    'undefined',
  ]
  for (const body of malformed) {
    it(`answers 400 to the body ${JSON.stringify(body)}`, async (target) => {
      await problem(await target.rpc('notes.echo', body), 400, 'BAD_REQUEST')
    })
  }
  it('answers no body with a 5xx, whatever its bytes are', async (target) => {
    const body = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.string().map(Buffer.from),
      fc.uint8Array(),
    )
    await fc.assert(
      fc.asyncProperty(body, fc.constantFrom('notes.echo', 'notes.small', 'notes.put'), async (bytes, name) => {
        const headers = { 'content-type': 'application/json', authorization: 'Bearer bob-token' }
        const { status } = await target.call(`/rpc/${name}`, { method: 'POST', headers, body: new Uint8Array(bytes) })
        assert.ok(status < 500, String(status))
      }),
      { numRuns: 300 },
    )
  })
  it('answers 400 to bytes that are no UTF-8', async (target) => {
    const response = await target.call('/rpc/notes.echo', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]),
    })
    await problem(response, 400, 'BAD_REQUEST')
  })
  it('names each place that does not fit, and never what was sent', async (target) => {
    const body = await problem(await target.rpc('notes.echo', { text: 5, count: 'hunter2' }), 400, 'INVALID_INPUT')
    assert.deepEqual(
      body.issues?.map(({ path }) => path),
      [['text'], ['count']],
    )
    assert.doesNotMatch(JSON.stringify(body), /hunter2/)
  })
  for (const wire of [null, 1, 'text', [], [{}], true]) {
    it(`answers 400 to ${JSON.stringify(wire)} in place of an object`, async (target) => {
      await problem(await target.rpc('notes.echo', JSON.stringify(wire)), 400, 'INVALID_INPUT')
    })
  }
  it('answers 400 to a missing key', async (target) => {
    const body = await problem(await target.rpc('notes.echo', {}), 400, 'INVALID_INPUT')
    assert.deepEqual(body.issues?.[0]?.path, ['text'])
  })
  it('answers 400 to query values that are not what the contract has', async (target) => {
    for (const query of ['page=x', 'page=', 'page=0x10', 'page=1&page=2', 'page=Infinity', 'open=1', 'open=']) {
      await problem(await target.call(`/notes/find?${query}`), 400, 'INVALID_INPUT')
    }
  })
  it('answers 415 to another content type, and to none', async (target) => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
    ]) {
      await problem(
        await target.rpc('notes.echo', '{"text":"a"}', { 'content-type': type }),
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      )
    }
    const response = await target.call('/rpc/notes.echo', { method: 'POST', body: new Uint8Array([0x7b, 0x7d]) })
    await problem(response, 415, 'UNSUPPORTED_MEDIA_TYPE')
  })
  it('takes a request without a body for one with {}', async (target) => {
    await problem(await target.call('/rpc/notes.echo', { method: 'POST' }), 400, 'INVALID_INPUT')
    const init = { method: 'POST', headers: { authorization: 'Bearer bob-token' } }
    assert.equal(await (await target.call('/rpc/notes.mine', init)).json(), 'bob')
  })
  it('takes JSON with a charset', async (target) => {
    const response = await target.rpc('notes.echo', '{"text":"a"}', {
      'content-type': 'application/json; charset=UTF-8',
    })
    assert.equal(response.status, 200)
  })
  it('answers 413 by the announced length', async (target) => {
    for (const [name, size] of [
      ['notes.echo', 1_048_577],
      ['notes.small', 65],
    ] as const) {
      const headers = { 'content-type': 'application/json', 'content-length': String(size) }
      const response = await target.refusal(() => target.request(`/rpc/${name}`, { headers, body: 'x'.repeat(size) }))
      await problem(response, 413, 'PAYLOAD_TOO_LARGE')
    }
  })
  it('answers 413 to a body that was announced and has not begun', 'earlyRefusal', async (target) => {
    const headers = { 'content-type': 'application/json', 'content-length': '65' }
    const response = await target.request('/rpc/notes.small', { headers, body: new Readable({ read() {} }) })
    await problem(response, 413, 'PAYLOAD_TOO_LARGE')
  })
  it('answers 413 to chunks that announce no length', async (target) => {
    const headers = { 'content-type': 'application/json' }
    const chunks = Array.from({ length: 20 }, () => 'x'.repeat(65_536))
    const response = await target.refusal(() => target.request('/rpc/notes.echo', { headers, body: chunks }))
    await problem(response, 413, 'PAYLOAD_TOO_LARGE')
  })
  it('answers 413 to chunks that never end', 'earlyRefusal', async (target) => {
    const headers = { 'content-type': 'application/json' }
    const endless = function* () {
      for (;;) yield 'x'.repeat(65_536)
    }
    const response = await target.refusal(() => target.request('/rpc/notes.echo', { headers, body: endless() }))
    await problem(response, 413, 'PAYLOAD_TOO_LARGE')
  })
  it('reads chunks that announce no length and fit', async (target) => {
    const body = new Blob(['{"text":', '"a"}']).stream()
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
    assert.deepEqual(await (await target.call('/rpc/notes.echo', init as RequestInit)).json(), { text: 'a' })
  })
  it('answers 400 to deep JSON, whatever it is made of', async (target) => {
    await problem(await target.rpc('notes.echo', '['.repeat(5000)), 400, 'BAD_REQUEST')
    await problem(await target.rpc('notes.echo', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`), 400, 'BAD_REQUEST')
    const brackets = JSON.stringify({ text: '"[{\\'.repeat(1000) })
    assert.equal((await target.rpc('notes.echo', brackets)).status, 200)
  })
  it('refuses __proto__ as a key, spelled out or escaped, and pollutes nothing', async (target) => {
    await problem(await target.rpc('notes.echo', '{"text":"a","__proto__":{"polluted":1}}'), 400, 'BAD_REQUEST')
    await problem(await target.rpc('notes.echo', '{"text":"a","\\u005f_proto__":{"polluted":1}}'), 400, 'BAD_REQUEST')
    assert.deepEqual(
      await (await target.rpc('notes.echo', '{"text":"__proto__","constructor":{"prototype":1}}')).json(),
      {
        text: '__proto__',
      },
    )
    assert.equal(await target.ask('probe.polluted', {}), false)
  })
  for (const name of [
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'notes',
    'notes.',
    'notes.__proto__',
    'notes.nope',
  ]) {
    it(`answers 404 to the operation ${name}`, async (target) => {
      await problem(await target.rpc(name, {}), 404, 'NOT_FOUND')
    })
  }
  it('answers 404 to unknown and hostile routes', async (target) => {
    for (const path of ['/nothing', '/__proto__', '/notes', '/rpc', '/rpc/', '/notes/1/2', '/%2e%2e/etc/passwd']) {
      await problem(await target.call(path), 404, 'NOT_FOUND')
    }
    await problem(await target.call('/notes/constructor'), 404, 'NOTE_MISSING')
  })
  it('takes an escape that means nothing for text', 'brokenEscapes', async (target) => {
    await problem(await target.call('/notes/%E0%A4%A'), 404, 'NOTE_MISSING')
  })
  it('answers 405 with Allow to another method, and 204 to OPTIONS', async (target) => {
    const response = await target.call('/notes/1', { method: 'DELETE' })
    assert.equal(response.headers.get('allow'), 'GET, HEAD, OPTIONS, PUT')
    await problem(response, 405, 'METHOD_NOT_ALLOWED')
    await problem(await target.call('/rpc/notes.echo'), 405, 'METHOD_NOT_ALLOWED')
    assert.equal((await target.call('/rpc/notes.echo', { method: 'OPTIONS' })).status, 204)
  })
  it('is not held up by paths that are made for it', 'longHeads', async (target) => {
    const path = `/${'a'.repeat(4000)}%21`
    await problem(await target.call(path), 404, 'NOT_FOUND')
    await problem(await target.call(`/${'a/'.repeat(2000)}%21`), 404, 'NOT_FOUND')
  })
  it('lives through request targets that are no addresses', 'rawTargets', async (target) => {
    for (const path of ['//', 'http://[', '/\\', '*', '/%', '/rpc/%00', '///x', 'notes']) {
      const answer = await target.send(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 4\d\d /, path)
    }
    assert.equal((await target.call('/notes/1')).status, 200)
  })
})
