import assert from 'node:assert/strict'
import { test } from 'node:test'
import { replaceFigures } from './document.ts'

const page = 'Before\n<!-- bench one -->\nold\n<!-- end of bench one -->\n<!-- bench two --><!-- end of bench two -->\n'

test('figures go between their own comments, and the rest of the page stays', () => {
  const first = replaceFigures(page, 'one', 'new $& 1\n')
  assert.equal(
    first,
    'Before\n<!-- bench one -->\n\nnew $& 1\n\n<!-- end of bench one -->\n<!-- bench two --><!-- end of bench two -->\n',
  )
  assert.equal(replaceFigures(first, 'one', 'new $& 1\n'), first)
})

test('a page without a place for them is not touched', () => {
  assert.throws(() => replaceFigures(page, 'three', 'new'), /no place for these figures/)
})
