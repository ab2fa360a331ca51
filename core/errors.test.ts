import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { defineError, PikkuError, statusOf } from './index.ts'

describe('errors', () => {
  it('carry their code, status, detail and data', () => {
    class ListFull extends defineError('LIST_FULL', { status: 409, detail: 'The list is full.' })<{ limit: number }> {}
    const error = new ListFull({ limit: 3 })
    assert.ok(error instanceof PikkuError && error instanceof Error)
    assert.deepEqual(
      [error.code, error.status, error.message, error.data],
      ['LIST_FULL', 409, 'The list is full.', { limit: 3 }],
    )
    assert.deepEqual([ListFull.code, ListFull.status], ['LIST_FULL', 409])
  })

  it('take the status of a code of the table, and 400 for others', () => {
    assert.equal(new PikkuError('CONFLICT').status, 409)
    assert.equal(new PikkuError('constructor').status, 400)
    assert.equal(defineError('NOT_FOUND').status, 404)
    assert.equal(defineError('MINE').status, 400)
  })

  it('are refused when their code or status is none', () => {
    for (const code of ['', 'lower', 'With Space', '__PROTO__', 'A-B'])
      assert.throws(() => defineError(code), /write it LIKE_THIS/)
    for (const status of [200, 399, 600, 404.5, Number.NaN])
      assert.throws(() => defineError('BAD', { status }), /400 to 599/)
  })

  it('are listed in the docs, and the docs list no others', async () => {
    const page = await readFile(new URL('../docs/functions.md', import.meta.url), 'utf8')
    const listed = [...page.matchAll(/^\| `([A-Z_]+)` \| (\d{3}) \|/gm)].map(([, code, status]) => [
      code,
      Number(status),
    ])
    assert.deepEqual(Object.fromEntries(listed), statusOf)
  })
})
