import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { codes } from './codes.ts'

const repository = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(repository, 'docs/errors.md'), 'utf8')

test('the page explains every code under its title, and no other', () => {
  const explained = [...page.matchAll(/^### (PK\d{4}): (.*)$/gm)].map(([, code, title]) => `${code}: ${title}`)
  assert.deepEqual(
    explained,
    Object.entries(codes).map(([code, title]) => `${code}: ${title}`),
  )
})

test('every code that is reported anywhere is in the table, and every one in the table is reported', () => {
  const reported = new Set<string>()
  for (const folder of ['contracts', 'cli']) {
    for (const name of readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.ts$/.test(name) || /\.test\.ts$|(^|\/)(testing|codes\.ts)/.test(name)) continue
      for (const [code] of readFileSync(join(repository, folder, name), 'utf8').matchAll(/(?<=')PK\d{4}(?=')/g))
        reported.add(code)
    }
  }
  assert.deepEqual([...reported].sort(), Object.keys(codes))
})
