import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isCatastrophic } from './patterns.ts'

describe('a pattern', () => {
  for (const pattern of [
    '^(a+)+$',
    '^(?:a|a)*$',
    '(.*)*x',
    '^(\\w+\\s?)*$',
    '^(a+){20}$',
    '^([a-z]+)*@',
    '^(?:\\d|\\w)+$',
  ]) {
    it(`${pattern} is catastrophic`, () => assert.equal(isCatastrophic(pattern), true))
  }
  const fine = [
    '\\S',
    '^[a-z0-9]+(?:-[a-z0-9]+)*$',
    '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    '^(?:\\d{1,3}\\.){3}\\d{1,3}$',
    '^[A-Za-z]+(?: [A-Za-z]+)*$',
    '(?=.*[a-z])(?=.*\\d).{8,}',
    "^[\\p{L}\\p{M}' -]+$",
    '^(?:GET|POST) /(?<path>.*)$',
    '.*foo.*bar.*',
  ]
  for (const pattern of fine) it(`${pattern} is not`, () => assert.equal(isCatastrophic(pattern), false))
})
