import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Tracked, tracked } from './tracked.ts'

describe('an item with an id', () => {
  test('has the id and the item, or the id alone', () => {
    assert.deepEqual({ ...tracked('7', { text: 'opened' }) }, { id: '7', value: { text: 'opened' } })
    assert.deepEqual({ ...tracked('7') }, { id: '7', value: undefined })
    assert.ok(tracked('7') instanceof Tracked)
  })

  test('takes no id that a header or an event would break or change', () => {
    for (const id of ['', ' 1', '1 ', 'a\nb', 'a\rb', 'a\0b', 'a\tb', 'é', '\u{1F600}', 'x'.repeat(257)]) {
      assert.throws(() => tracked(id, 1), { name: 'TypeError', message: /cannot be an id: it takes 1 to 256/ }, id)
    }
    for (const id of ['1', 'a b', '~!"{}', 'x'.repeat(256)]) assert.equal(tracked(id, 1).id, id)
  })

  test('comes back in a header as it was, whatever id it took', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 5 }), (id) => {
        try {
          tracked(id)
        } catch {
          return
        }
        assert.equal(new Headers({ 'last-event-id': id }).get('last-event-id'), id)
        assert.equal(`id: ${id}\n`.match(/^id: (.*)\n$/)?.[1], id)
      }),
      { numRuns: 2000 },
    )
  })
})
