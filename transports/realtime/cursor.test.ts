import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { Cursor, hashOf, mostTopics } from './cursor.ts'

describe('the cursor of a channel', () => {
  it('comes back as it went, whatever the topics are called', () => {
    const topics = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: mostTopics })
    fc.assert(
      fc.property(topics, fc.stringMatching(/^[\w:.-]{1,20}$/), (names, id) => {
        const cursor = new Cursor()
        for (const name of names) cursor.move(hashOf(name), id + names.indexOf(name))
        const back = new Cursor(`${cursor}`)
        for (const name of names) assert.equal(back.of(hashOf(name)), id + names.indexOf(name))
      }),
    )
  })
  it('takes any text, and knows nothing by it', () => {
    fc.assert(fc.property(fc.string(), (text) => new Cursor(text).of(hashOf('rooms:7')) === undefined))
  })
  it('moves with its topics', () => {
    const cursor = new Cursor('a.1,b.2')
    cursor.move('b', '3')
    assert.equal(`${cursor}`, 'a.1,b.3')
  })
})
