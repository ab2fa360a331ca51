import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { PikkuError } from '../../core/index.ts'
import { ItemStream } from './item-stream.ts'
import { streamFormatFor } from './stream-format.ts'

/** A stream of what is given to it, read from the other end. */
function open(heartbeat = 0) {
  const given: ((item: unknown) => void)[] = []
  const seen = { asked: 0, returned: false, ended: 0 }
  const leaving = new AbortController()
  async function* make() {
    try {
      for (;;) {
        seen.asked++
        yield await new Promise((resolve) => given.push(resolve))
      }
    } finally {
      seen.returned = true
    }
  }
  const format = streamFormatFor()
  const ended = () => void seen.ended++
  const stream = new ItemStream({ items: make(), format, requestId: 'r1', heartbeat, retry: 50, leaving, ended })
  const reader = stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>, {}).getReader()
  const read = async () => (await reader.read()).value
  const give = (item: unknown) => given.shift()?.(item)
  return { stream, reader, read, give, seen, leaving }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('a stream of items', () => {
  it('asks for an item when the reader wants more, and not before', async () => {
    const { read, give, seen } = open()
    await turn()
    assert.equal(seen.asked, 0)
    assert.equal(await read(), 'retry: 50\n\n')
    const next = read()
    await turn()
    assert.equal(seen.asked, 1)
    give(1)
    assert.equal(await next, 'data: 1\n\n')
    await turn()
    // The pipe between reads one ahead.
    assert.ok(seen.asked <= 2)
  })

  it('beats while there is nothing to send, and not while items flow', async () => {
    mock.timers.enable({ apis: ['setInterval'] })
    try {
      const { read, give } = open(15_000)
      await read()
      mock.timers.tick(7_500)
      const first = read()
      await turn()
      mock.timers.tick(7_500)
      assert.equal(await first, ':\n\n')
      const second = read()
      await turn()
      mock.timers.tick(7_400)
      give('late')
      assert.equal(await second, 'data: "late"\n\n')
      const third = read()
      await turn()
      mock.timers.tick(100)
      give('next')
      assert.equal(await third, 'data: "next"\n\n')
    } finally {
      mock.timers.reset()
    }
  })

  it('has timers that keep no process alive', async () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
    const { read, reader } = open(15_000)
    await read()
    assert.equal(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length, before)
    await reader.cancel()
  })

  it('ends with the reason when others end it, though its generator hears of nothing', async () => {
    const { read, reader, leaving, seen } = open()
    await read()
    const next = read()
    await turn()
    leaving.abort(new PikkuError('UNAVAILABLE', { detail: 'Come back.' }))
    assert.match((await next) ?? '', /^event: error\ndata: \{.*"detail":"Come back."/)
    assert.deepEqual(await reader.read(), { done: true, value: undefined })
    assert.equal(seen.ended, 1)
  })

  it('ends its generator when the reader leaves', async () => {
    const { reader, read, give, leaving, seen } = open()
    await read()
    void read()
    await turn()
    await reader.cancel()
    assert.equal(leaving.signal.aborted, true)
    give(1)
    await turn()
    assert.equal(seen.returned, true)
  })

  it('that nobody reads ends its generator too', async () => {
    const { stream, seen } = open()
    stream.leave()
    assert.ok(seen.ended > 0)
  })

  it('fails without what was thrown when an item cannot be written', async () => {
    const { read, give, seen } = open()
    await read()
    const next = read()
    await turn()
    give(1n)
    const text = (await next) ?? ''
    assert.match(text, /^event: error\ndata: \{.*"code":"INTERNAL"/)
    assert.doesNotMatch(text, /BigInt/)
    await turn()
    assert.equal(seen.returned, true)
  })
})
