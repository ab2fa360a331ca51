import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readEvents, type ServerSentEvent } from './event-stream.ts'

async function parse(...chunks: (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  const bytes = chunks.map((chunk) => (typeof chunk === 'string' ? new TextEncoder().encode(chunk) : chunk))
  const read = async () => (bytes.length === 0 ? { done: true } : { done: false, value: bytes.shift() })
  const events: ServerSentEvent[] = []
  for await (const event of readEvents(read)) events.push(event)
  return events
}

describe('server-sent events', () => {
  test('have a name and data', async () => {
    assert.deepEqual(await parse('event: done\ndata: x\n\n'), [{ event: 'done', data: 'x\n' }])
  })
  test('without a name are ordinary ones', async () => {
    assert.deepEqual(await parse('event: a\ndata: 1\n\ndata: 2\n\n'), [{ event: 'a', data: '1\n' }, { data: '2\n' }])
  })
  test('have several lines of data', async () => {
    assert.deepEqual(await parse('data: a\ndata:b\ndata:  c\ndata\n\n'), [{ data: 'a\nb\n c\n\n' }])
  })
  test('have ids and delays, beside comments, other fields and a byte order mark', async () => {
    assert.deepEqual(await parse('\uFEFF: hello\nid: 7\nretry: 10\n:\ndata: 1\nfoo\n__proto__: 1\ndataset\n\n'), [
      { id: '7', retry: '10', data: '1\n' },
    ])
  })
  test('without data leave nothing behind', async () => {
    assert.deepEqual(await parse('event: ping\n\ndata: 1\n\n'), [{ event: 'ping', data: '' }, { data: '1\n' }])
  })
  test('with an empty data line are events', async () => {
    assert.deepEqual(await parse('event: done\ndata:\n\n'), [{ event: 'done', data: '\n' }])
  })
  test('that are not complete at the end are dropped', async () => {
    assert.deepEqual(await parse('data: 1\n\ndata: 2\n'), [{ data: '1\n' }])
  })
  test('keep line separators of JavaScript, colons and carriage returns within their data', async () => {
    assert.deepEqual(await parse('data: a\u2028data: b:\rc\n\n'), [{ data: 'a\u2028data: b:\rc\n' }])
  })

  test('are the same wherever the bytes are cut, and with either line ending', async () => {
    const event = fc.record({
      event: fc.constantFrom('', 'done', 'error'),
      data: fc.array(
        fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.replace(/[\r\n]/g, '')),
        { minLength: 1, maxLength: 3 },
      ),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 4 }),
        fc.constantFrom('\n', '\r\n'),
        fc.array(fc.nat(), { maxLength: 10 }),
        async (events, end, cuts) => {
          const text = events
            .map(
              ({ event, data }) =>
                (event ? `event: ${event}${end}` : '') + data.map((line) => `data: ${line}${end}`).join('') + end,
            )
            .join(`: a comment${end}`)
          const bytes = new TextEncoder().encode(text)
          const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
          const chunks = places.slice(1).map((place, at) => bytes.subarray(places[at], place))
          assert.deepEqual(
            await parse(...chunks),
            events.map(({ event, data }) => ({
              ...(event && { event }),
              data: data.map((line) => `${line}\n`).join(''),
            })),
          )
        },
      ),
      { numRuns: 300 },
    )
  })
})
