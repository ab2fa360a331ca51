import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const streams = group('streams', (it) => {
  it('sends each item as an event, and says when it is done', async (target) => {
    const response = await target.call('/ticks/3')
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
    assert.equal(response.headers.get('x-heartbeat'), '15')
    assert.equal(await response.text(), ':\n\ndata: 1\n\ndata: 2\n\ndata: 3\n\nevent: done\ndata:\n\n')
  })
  it('refuses a bad input before the stream begins', async (target) => {
    await problem(await target.call('/ticks/x'), 400, 'INVALID_INPUT')
  })
  it('says that it failed, and not why', async (target) => {
    const text = await (await target.call('/ticks/20')).text()
    assert.match(text, /data: 12\n\nevent: error\ndata: \{.*"code":"INTERNAL"/)
    assert.doesNotMatch(text, /unlucky/)
  })
  it('sends items as they are made', 'streaming', async (target) => {
    const leave = new AbortController()
    const { body } = await target.call('/counting', { signal: leave.signal })
    let text = ''
    for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('data: 3\n\n')) break
    }
    leave.abort()
  })
  it('ends the generator when the reader leaves', 'departures', async (target) => {
    await target.forget('counting')
    const leave = new AbortController()
    await target.call('/counting', { signal: leave.signal })
    leave.abort()
    assert.equal(await target.untilNoted('counting'), 'ended')
  })
  it('gives items their ids, and who comes back what follows', async (target) => {
    const whole = await (await target.call('/counted/2')).text()
    assert.equal(
      whole,
      ':\n\nid: 1\ndata: {"count":1}\n\nid: 2\ndata: {"count":2}\n\nid: end\n\nevent: done\ndata:\n\n',
    )
    const rest = await (await target.call('/counted/2', { headers: { 'last-event-id': '1' } })).text()
    assert.equal(rest, ':\n\nid: 2\ndata: {"count":2}\n\nid: end\n\nevent: done\ndata:\n\n')
  })
  it('refuses an id that it cannot have given', 'headerBytes', async (target) => {
    const headers = { 'last-event-id': 'é' }
    await problem(await target.call('/counted/2', { headers }), 400, 'BAD_REQUEST')
    // A stream without ids goes by none.
    assert.equal((await target.call('/ticks/1', { headers })).status, 200)
  })
  for (const type of ['application/x-ndjson', 'application/jsonl']) {
    it(`is ${type} for who asks`, async (target) => {
      const headers = { accept: `${type}, text/event-stream;q=0.5` }
      const response = await target.call('/ticks/2', { headers })
      assert.equal(response.headers.get('content-type'), type)
      assert.equal(await response.text(), '\n{"item":1}\n{"item":2}\n{"done":true}\n')
      const tracked = await (await target.call('/counted/1', { headers })).text()
      assert.equal(tracked, '\n{"id":"1","item":{"count":1}}\n{"id":"end"}\n{"done":true}\n')
      const failed = (await (await target.call('/ticks/20', { headers })).text()).trimEnd().split('\n')
      assert.equal(JSON.parse(failed.at(-1) ?? '').error.code, 'INTERNAL')
    })
  }
  it('answers 406 to who takes neither form', async (target) => {
    await problem(await target.call('/ticks/1', { headers: { accept: 'image/png' } }), 406, 'NOT_ACCEPTABLE')
  })
  it('asks for no more than the reader takes', 'disconnects', async (target) => {
    const leave = new AbortController()
    const response = await target.call('/rpc/streams.flood', { method: 'POST', signal: leave.signal })
    // Nobody reads. What fits on the way there is made, and then no more, however often one looks.
    let given = await target.untilNoted('flood')
    for (let looks = 0; looks < 10; looks++) {
      const now = await target.untilNoted('flood')
      if (now !== given) looks = 0
      given = now
    }
    assert.match(given, /^\d+$/)
    // An answer that nobody holds would be given up when memory is cleaned up.
    assert.equal(response.bodyUsed, false)
    leave.abort()
  })
  it('ends a generator that waits when the reader leaves', 'disconnects', async (target) => {
    await target.forget('ticks')
    const leave = new AbortController()
    await target.call('/ticks/0', { signal: leave.signal })
    leave.abort()
    assert.equal(await target.untilNoted('ticks'), 'ended')
  })
})
