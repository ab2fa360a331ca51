import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Attachments } from './attachments.ts'

const head = { at: ['file'], name: 'a.txt', type: 'text/plain', size: 3 }
const bytes = (text: string) => new TextEncoder().encode(text)

describe('files of a frame', () => {
  it('are whole when all their bytes are there, however these are cut', async () => {
    let done = 0
    const files = new Attachments([head, { ...head, at: ['list', 0], name: undefined, size: 0 }], 10, () => done++)
    assert.ok(files.add(bytes('a')))
    assert.equal(done, 0)
    assert.ok(files.add(bytes('bc')))
    assert.equal(done, 1)
    const input = files.into({ file: null, list: [null] }) as { file: File; list: File[] }
    assert.equal(await input.file.text(), 'abc')
    assert.equal(input.file.name, 'a.txt')
    assert.equal(input.list[0]?.size, 0)
    assert.equal(input.list[0]?.name, 'file')
  })
  it('take no more bytes than were announced', () => {
    assert.equal(new Attachments([head], 10, () => {}).add(bytes('abcd')), false)
  })
  it('may not be larger than is allowed, all together', () => {
    assert.throws(() => new Attachments([head, head], 5, () => {}), { code: 'PAYLOAD_TOO_LARGE' })
  })
  it('go where the input has null, and nowhere else', () => {
    for (const at of [['__proto__'], ['constructor'], ['other'], ['file', 'x'], []]) {
      const files = new Attachments([{ ...head, at, size: 0 }], 10, () => {})
      assert.throws(() => files.into({ file: null, other: 1 }), { code: 'BAD_REQUEST' }, String(at))
    }
  })
})
