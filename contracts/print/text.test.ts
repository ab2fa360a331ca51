import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { hostileText as text } from './testing/hostile-text.ts'
import {
  commentText,
  identifierText,
  literalText,
  memberText,
  pascalCase,
  patternText,
  propertyText,
  stringText,
  templateChunk,
  valueText,
} from './text.ts'

/** Runs an expression where nothing is; anything hostile that got out is counted. */
function evaluate(expression: string): unknown {
  let runs = 0
  const value: unknown = runInNewContext(`(${expression})`, { ran: () => runs++ })
  assert.equal(runs, 0)
  return value
}

test('a string comes back as it was, whatever is in it', () => {
  fc.assert(fc.property(text, (value) => assert.equal(evaluate(stringText(value)), value)))
  fc.assert(fc.property(text, (value) => assert.equal(evaluate(`\`${templateChunk(value)}\``), value)))
})

test('nothing that a reader cannot see gets into the text', () => {
  const ranges = String.raw`\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069`
  const unseen = new RegExp(String.raw`[${ranges}]|\p{Surrogate}`, 'u')
  fc.assert(
    fc.property(text, (value) => {
      assert.doesNotMatch(stringText(value), unseen)
      assert.doesNotMatch(commentText(value), unseen)
    }),
  )
})

test('a JSON value comes back as it was, and __proto__ is a key like others', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(JSON.stringify(evaluate(valueText(value))), JSON.stringify(value))
    }),
  )
  const value = JSON.parse('{"__proto__":{"admin":true},"a":1}') as unknown
  assert.equal(JSON.stringify(evaluate(valueText(value))), JSON.stringify(value))
})

test('a property has its name in an object, and in a type', () => {
  fc.assert(
    fc.property(text, (name) => {
      const made = evaluate(`{ ${propertyText(name)}: 1 }`) as object
      assert.deepEqual(Object.getOwnPropertyNames(made), [name])
      if (name !== '__proto__') assert.deepEqual(Object.keys(evaluate(`{ ${memberText(name)}: 1 }`) as object), [name])
    }),
  )
})

test('a comment ends where it ends, and nothing in it runs', () => {
  fc.assert(
    fc.property(text, (words) => {
      const comment = commentText(words)
      assert.equal(evaluate(`${comment} 1`), 1)
      assert.equal(comment.split('*/').length, comment === '' ? 1 : 2)
    }),
  )
})

test('a comment keeps its words', () => {
  assert.equal(commentText('One line.'), '/** One line. */\n')
  assert.equal(commentText('\nTwo\n\nlines. \n', '  '), '  /**\n   * Two\n   *\n   * lines.\n   */\n')
  assert.equal(commentText('Ends */ early'), '/** Ends *\\/ early */\n')
  assert.equal(commentText(''), '')
})

test('a pattern matches what its source matches', () => {
  for (const source of ['', '/', '[/]', '\\/', '\n', 'a|b', '^\\p{L}+$', '[\\]/]', '\u2028']) {
    const made = evaluate(patternText(source)) as RegExp
    for (const candidate of ['', '/', '\n', 'a', 'é', ']', '\u2028', '//']) {
      assert.equal(made.test(candidate), new RegExp(source, 'u').test(candidate), `${source} on ${candidate}`)
    }
  }
  assert.throws(() => patternText('('), SyntaxError)
})

test('literals are the values they stand for', () => {
  fc.assert(
    fc.property(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.bigInt()), (value) =>
      assert.ok(Object.is(evaluate(literalText(value)), value)),
    ),
  )
})

test('a name that means something already gets another', () => {
  assert.equal(identifierText('Todo'), 'Todo')
  assert.equal(identifierText('Map'), 'Map_')
  assert.equal(identifierText('delete'), 'delete_')
  assert.equal(identifierText('Ünïcode$1'), 'Ünïcode$1')
  for (const name of ['', 'a b', '1a', 'a;b', "a'", 'a\n']) assert.throws(() => identifierText(name), TypeError)
  assert.equal(pascalCase('sign-up.now'), 'SignUpNow')
  assert.equal(pascalCase('1st'), '_1st')
})
