import assert from 'node:assert/strict'
import { group } from '../behaviour.ts'
import { problem } from '../target.ts'

export const streams = group('streams', (it) => {
  it('sends each item as an event, and says when it is done', async (target) => {
    const response = await target.call('/ticks/3')
    assert.equal(response.headers.get('content-type'), 'text/event-stream')
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
  it('ends a generator that waits when the reader leaves', 'disconnects', async (target) => {
    await target.forget('ticks')
    const leave = new AbortController()
    await target.call('/ticks/0', { signal: leave.signal })
    leave.abort()
    assert.equal(await target.untilNoted('ticks'), 'ended')
  })
})
